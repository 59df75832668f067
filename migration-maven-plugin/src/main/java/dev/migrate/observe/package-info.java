/**
 * Observation of running statements: the locks that they take, the tables that they rewrite, and
 * what becomes of rows, made-up ones where there are none.
 */
package dev.migrate.observe;
