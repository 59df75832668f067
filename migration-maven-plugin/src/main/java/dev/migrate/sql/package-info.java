/**
 * What every room needs to say SQL: names, literals and comments, small queries, and what
 * PostgreSQL answered.
 */
package dev.migrate.sql;
