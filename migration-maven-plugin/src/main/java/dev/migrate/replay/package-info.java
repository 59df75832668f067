/**
 * Replay of revisions on empty scratch databases, by the engine that upgrades targets; what came of
 * it is kept between builds.
 */
package dev.migrate.replay;
