/**
 * SQL building blocks that every package needs: names, literals and comments, small queries, and
 * what PostgreSQL answered.
 */
package dev.migrate.sql;
