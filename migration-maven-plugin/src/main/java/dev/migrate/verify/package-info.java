/** Verification of a project's revisions before a release: named checks, and what they found. */
package dev.migrate.verify;
