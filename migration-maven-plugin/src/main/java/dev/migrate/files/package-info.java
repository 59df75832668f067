/**
 * Crash-safe file changes: {@link dev.migrate.files.Disk} is the one door for every file that is
 * written, moved or removed, so that each operation can be counted, and made the last one.
 */
package dev.migrate.files;
