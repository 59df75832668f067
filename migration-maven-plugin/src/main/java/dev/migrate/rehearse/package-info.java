/** Rehearsals: the pending revisions run up, down and up again on a copy, watched. */
package dev.migrate.rehearse;
