/** Real Maven builds, driven from Java: for the integration tests and for the quick start. */
package dev.migrate.it;
