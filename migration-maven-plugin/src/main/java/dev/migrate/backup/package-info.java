/** Backups: taking them, proving them, listing and rotating them, and bringing them back. */
package dev.migrate.backup;
