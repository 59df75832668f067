/** Sanitising and quoting of text that came from somewhere else. */
package dev.migrate.text;
