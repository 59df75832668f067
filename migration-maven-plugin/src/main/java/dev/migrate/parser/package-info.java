/** SQL parser: PostgreSQL's own grammar, SQL in, the tree that the server itself would see out. */
package dev.migrate.parser;
