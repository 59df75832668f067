/**
 * The Maven goals: each takes its parameters, makes one call into the packages behind it, and hands
 * out the result. Nothing else here knows Maven, and nothing here knows more than that.
 */
package dev.migrate.goal;
