/** Revision files on disk: found and read, written, renamed. */
package dev.migrate.script;
