/** Formatting of results: the graph, text for people, JSON for programs. */
package dev.migrate.report;
