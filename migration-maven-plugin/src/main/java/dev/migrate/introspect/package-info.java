/**
 * Introspection of PostgreSQL's catalog into a {@link dev.migrate.schema.Schema}: one class for
 * each group of catalogs, one query each, whatever the number of objects.
 */
package dev.migrate.introspect;
