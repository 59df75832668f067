/**
 * The planner, from changes to SQL statements: what each change needs, in which order, with which
 * hazards. What is particular to a kind of object stands in {@link dev.migrate.plan.rules}, nowhere
 * else.
 */
package dev.migrate.plan;
