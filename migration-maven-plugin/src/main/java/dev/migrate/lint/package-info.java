/**
 * What the statements of revisions do to a database that is in use: read with PostgreSQL's grammar,
 * watched while they run on scratch.
 */
package dev.migrate.lint;
