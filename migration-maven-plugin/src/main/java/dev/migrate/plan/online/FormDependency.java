package dev.migrate.plan.online;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Schema;

/** Dependency test between two online forms: whether they must keep their order. */
final class FormDependency {
  private final Schema to;
  private final dev.migrate.plan.ChangeDependency facts;

  FormDependency(Schema from, Schema to) {
    this.to = to;
    this.facts = new dev.migrate.plan.ChangeDependency(from, to);
  }

  boolean between(OnlineForm one, OnlineForm other) {
    return facts.between(one.about(), other.about());
  }

  /** What PostgreSQL demands finished columns for: that they are not null, that they are valid. */
  boolean waitsForAll(OnlineForm form) {
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
