/**
 * The revision graph: ids, parents, dependencies, labels, the expressions that name revisions, and
 * the plans that lead from one applied set to another. Values only; no files, no database.
 */
package dev.migrate.revision;
