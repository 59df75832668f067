/**
 * The model, the wanted schema of a project: where it comes from, and how a file of it is written.
 */
package dev.migrate.model;
