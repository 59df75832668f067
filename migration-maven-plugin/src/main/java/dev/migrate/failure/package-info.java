/** How everything here fails: one exception, a stable code, what is wrong and what to do. */
package dev.migrate.failure;
