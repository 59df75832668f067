/** Rows made up from a schema, for whoever has to know what a statement does to rows. */
package dev.migrate.rows;
