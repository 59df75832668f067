/** The target database of a goal: resolving its address, and connecting to it. */
package dev.migrate.target;
