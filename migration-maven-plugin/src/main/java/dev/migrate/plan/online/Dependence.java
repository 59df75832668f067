package dev.migrate.plan.online;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Schema;

/** Whether two forms must keep their order. */
final class Dependence {
  private final Schema to;
  private final dev.migrate.plan.Dependence facts;

  Dependence(Schema from, Schema to) {
    this.to = to;
    this.facts = new dev.migrate.plan.Dependence(from, to);
  }

  boolean between(Form one, Form other) {
    return facts.between(one.about(), other.about());
  }

  /** What PostgreSQL demands finished columns for: that they are not null, that they are valid. */
  boolean waitsForAll(Form form) {
    return form.about().stream()
        .anyMatch(
            id ->
                switch (id.kind()) {
                  case IDENTITY, PARTITION, INHERITANCE, REPLICA_IDENTITY, TABLE -> true;
                  case CONSTRAINT ->
                      to.find(id)
                          .filter(one -> one.text(Attribute.TYPE).equals("primary key"))
                          .isPresent();
                  default -> false;
                });
  }
}
