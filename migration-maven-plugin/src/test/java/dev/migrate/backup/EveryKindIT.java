package dev.migrate.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.sql.Connection;
import java.sql.Statement;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The schema of every kind")
class EveryKindIT {
  /**
   * What the databases of backup tests do not have: it hinders dropping, or is no schema of users.
   */
  private static final String MORE =
      """
      alter operator family app.family using hash add operator 1 = (int4, int4);
      create type app.label;
      create function app.label_in(cstring) returns app.label language internal immutable strict
        as 'textin';
      create function app.label_out(app.label) returns cstring language internal immutable strict
        as 'textout';
      create type app.label (input = app.label_in, output = app.label_out);
      create transform for int language sql (from sql with function prsd_lextype(internal));
      create subscription every_kind connection 'dbname=none' publication none
        with (connect = false, slot_name = none);
      """;

  @Test
  @DisplayName("has an object of every kind, and a reader finds it")
  void everyKindIsThereAndRead() throws Exception {
    try (var database = TestPostgres.database("every_kind")) {
      Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "test");
      EveryKind.fill(target);
      try (Connection connection = target.connect("test");
          Statement statement = connection.createStatement()) {
        statement.execute(MORE);
        Scope everything = Scope.standard().withPrivileges(true).withOwners(true);
        Set<Kind> read =
            new Introspector(everything)
                .read(connection).facts().keySet().stream()
                    .map(FactId::kind)
                    .collect(Collectors.toSet());
        statement.execute("drop subscription every_kind");
        assertThat(EnumSet.complementOf(EnumSet.copyOf(read)))
            .as("kinds without an object")
            .isEmpty();
      }
    }
  }
}
