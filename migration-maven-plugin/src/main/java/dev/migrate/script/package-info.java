/** Migration script files on disk: found and read, parsed, written, renamed. */
package dev.migrate.script;
