/**
 * The migration history of a target: which revisions it has applied, and the three ways to change
 * it: upgrade (through Flyway), downgrade (our runner), stamp. Everything that changes a target
 * does so under one lock, on the connection that holds the lock.
 */
package dev.migrate.history;
