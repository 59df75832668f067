/**
 * Online schema changes, the form of a plan that runs under load: strong locks for a moment only,
 * long work without them, and a commit between the two.
 */
package dev.migrate.plan.online;
