/**
 * Embedded PostgreSQL servers and scratch databases: the embedded server of a project, and
 * throw-away databases to try things in.
 *
 * <p>The doors: {@link dev.migrate.scratch.PostgresInstallation} (binaries, unpacked once), {@link
 * dev.migrate.scratch.EmbeddedServer} (a target that keeps its data between runs) and {@link
 * dev.migrate.scratch.Scratch} (databases that nobody will miss).
 */
package dev.migrate.scratch;
