/** Whether the revisions of a project are fit to be released: named checks, and what they found. */
package dev.migrate.verify;
