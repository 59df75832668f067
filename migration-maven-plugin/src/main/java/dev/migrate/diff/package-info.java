/** Two schemas, and what changes from one to the other; it knows no kind, no SQL and no order. */
package dev.migrate.diff;
