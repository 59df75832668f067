/**
 * The schema of a database as an immutable value: facts by identity, and what was seen and is not
 * covered. Pure; it knows neither where the facts come from nor what is done with them.
 */
package dev.migrate.schema;
