/** Backups of a database: taking, verifying, listing and rotating them, and restoring them. */
package dev.migrate.backup;
