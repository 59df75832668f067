/** The database that goals work on: which one, found where, and a connection to it. */
package dev.migrate.target;
