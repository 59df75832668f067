/**
 * What the planner knows about each kind of fact: how it is made, dropped and altered. One small
 * class for a kind or a few that are alike; {@link dev.migrate.plan.rules.AllRules} lists them.
 */
package dev.migrate.plan.rules;
