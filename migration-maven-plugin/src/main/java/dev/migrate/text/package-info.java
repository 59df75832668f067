/** Text that came from somewhere else, made fit for where it goes. */
package dev.migrate.text;
