/**
 * Adoption of a project that another migration tool (Flyway, golang-migrate, dbmate, Sqitch) has
 * served: reads what it has configured, and says what goes where here.
 */
package dev.migrate.adopt;
