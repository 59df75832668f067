/**
 * Rehearsal of an upgrade: the pending revisions run up, down and up again on a copy of the target,
 * observed.
 */
package dev.migrate.rehearse;
