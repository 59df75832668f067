/**
 * Upgrade and downgrade as use cases: takes the lock of the history, decides whether a backup comes
 * first and takes it, runs the revisions, and says after a failure how to get back. Knows nothing
 * of Maven, so that all of it can be tested without a build.
 */
package dev.migrate.run;
