/**
 * The linter: what the statements of revisions do to a database that is in use, read with
 * PostgreSQL's grammar and observed while they run on scratch.
 */
package dev.migrate.lint;
