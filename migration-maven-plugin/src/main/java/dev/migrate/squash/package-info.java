/**
 * Squash: one baseline in the place of many revisions, and the proof that it gives the same
 * database.
 */
package dev.migrate.squash;
