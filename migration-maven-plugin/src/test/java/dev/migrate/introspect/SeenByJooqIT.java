package dev.migrate.introspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.conformance.Corpus;
import dev.migrate.conformance.Pair;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Statement;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.replay.PlanExecution;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.testing.Sample;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * On PostgreSQL 18, for which there is no {@code pg_dump} here, jOOQ's code generator is the second
 * reader. A sample of the corpus; {@code -Dtest.all=true} runs all of it. Left out are
 * subscriptions, whose databases cannot be dropped, and bodies that the driver would split at their
 * semicolons.
 */
@DisplayName("What jOOQ sees of a schema")
class SeenByJooqIT {
  private static final Scope SCOPE = Scope.standard().withPrivileges(true).withOwners(true);
  private static final int NEWEST = 18;

  /**
   * What differs, and nobody who migrates can make equal: the constructors of a range type that is
   * renamed keep their names, and belong to the role that has made the cluster.
   */
  private static final Set<String> KNOWN = Set.of("renames/range-type");

  @BeforeAll
  static void roles() {
    for (String role : Corpus.ROLES) {
      String name = SqlNames.unquoted(role);
      TestPostgres.server()
          .administer(
              "DO $$BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s') THEN CREATE ROLE %s; END IF; END$$"
                  .formatted(name, SqlNames.quote(name)));
    }
  }

  static Stream<Arguments> pairs() throws IOException {
    List<String> known = Files.readAllLines(Corpus.FOLDER.resolve("failures.txt"));
    return Sample.of(
        5,
        Corpus.entries().stream()
            .filter(one -> one.refused().isEmpty() && !known.contains(NEWEST + " " + one.id()))
            .filter(one -> !one.id().contains("subscription"))
            .filter(one -> !isSplit(one.pair()))
            .map(one -> Arguments.of(one.id(), one.pair())));
  }

  private static boolean isSplit(Pair pair) {
    return (pair.fromSql() + pair.toSql()).toUpperCase(Locale.ROOT).contains("ATOMIC");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("pairs")
  @DisplayName("after a plan is what it sees of the wanted schema")
  void equal(String id, Pair pair) throws SQLException {
    try (ScratchDatabase from = database(pair.fromSql() + pair.rows());
        ScratchDatabase to = database(pair.toSql())) {
      migrate(from, read(to), new PlanOptions(pair.up().renames()));
      if (KNOWN.contains(id)) {
        assertThat(seen(from)).as(id + " is right by now").isNotEqualTo(seen(to));
      } else {
        assertThat(seen(from)).as(id).isEqualTo(seen(to)).isNotEmpty();
      }
    }
  }

  @Test
  @DisplayName("is another where only a comment, a default, a key or a check is another")
  void differs() throws SQLException {
    try (ScratchDatabase database = database("create table t (a int primary key, b text)")) {
      SortedSet<String> before = seen(database);
      for (String more :
          List.of(
              "comment on column t.b is 'x'",
              "alter table t alter b set default 'x'",
              "alter table t add unique (b)",
              "alter table t add check (a > 0)",
              "alter table t add foreign key (a) references t",
              "create index on t (b desc)",
              "create view v as select a from t",
              "create function f(a int) returns int language sql return a")) {
        try (Connection connection = database.connect()) {
          Queries.execute(connection, more);
        }
        SortedSet<String> after = seen(database);
        assertThat(after).as(more).isNotEqualTo(before);
        before = after;
      }
    }
  }

  private static void migrate(ScratchDatabase database, Schema wanted, PlanOptions options)
      throws SQLException {
    Plan plan = AllRules.planner().plan(read(database), wanted, options);
    for (List<Statement> group : plan.transactions()) {
      try (Connection connection = database.connect();
          PlanExecution execution = PlanExecution.in(database, connection)) {
        connection.setAutoCommit(!group.get(0).transactional());
        for (Statement statement : execution.ordered(group)) {
          execution.run(statement.sql());
        }
        execution.finish();
        if (!connection.getAutoCommit()) {
          connection.commit();
        }
      }
    }
  }

  private static Schema read(ScratchDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return new Introspector(SCOPE).read(connection);
    }
  }

  private static SortedSet<String> seen(ScratchDatabase database) throws SQLException {
    try (Connection connection = database.connect()) {
      return JooqView.of(connection);
    }
  }

  private static ScratchDatabase database(String sql) throws SQLException {
    ScratchDatabase database = TestPostgres.database("jooq");
    try (Connection connection = database.connect()) {
      Queries.execute(connection, sql);
      return database;
    } catch (SQLException e) {
      database.close();
      throw e;
    }
  }
}
