/**
 * Planning rules for each kind of object: how it is created, dropped and altered. One small class
 * for a kind or a few that are alike; {@link dev.migrate.plan.rules.AllRules} lists them.
 */
package dev.migrate.plan.rules;
