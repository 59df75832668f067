/**
 * The schema of a database as a value: facts by identity, and what was seen and is not covered.
 * Pure; it knows neither where the facts come from nor what is done with them.
 */
package dev.migrate.schema;
