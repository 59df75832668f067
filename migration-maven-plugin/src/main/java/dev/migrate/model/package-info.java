/** The wanted schema: where it comes from, and how a file of it is written. */
package dev.migrate.model;
