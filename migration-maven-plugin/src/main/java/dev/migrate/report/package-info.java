/** What people and programs get to see: graph, text, JSON, HTML. */
package dev.migrate.report;
