package dev.migrate.plan;

import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import java.util.Set;

/**
 * What a rule can look at: both schemas, and what the plan makes and takes away besides.
 *
 * @param from the schema as it is
 * @param to the schema as it is wanted
 * @param created what the plan makes; empty while alterations are being decided
 * @param dropped what the plan takes away; empty while alterations are being decided
 * @param included what is made by the statement of what it belongs to
 */
public record Scene(
    Schema from, Schema to, Set<FactId> created, Set<FactId> dropped, Set<FactId> included) {}
