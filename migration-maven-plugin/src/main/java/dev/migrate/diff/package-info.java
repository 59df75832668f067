/**
 * Schema comparison: two schemas in, the list of changes out; it knows no object kind, no SQL and
 * no order.
 */
package dev.migrate.diff;
