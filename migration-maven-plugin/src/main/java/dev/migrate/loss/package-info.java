/**
 * Static analysis of data loss: what a script can take away from a database that no other script
 * brings back.
 */
package dev.migrate.loss;
