/**
 * How a project arrives that another tool has served: what it has configured there, and what of it
 * goes where here.
 */
package dev.migrate.adopt;
