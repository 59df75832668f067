/** Error handling: one exception type, a stable failure code, what is wrong and what to do. */
package dev.migrate.failure;
