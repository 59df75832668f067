package dev.migrate.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Ten changes that write a table again, each action by itself and together, on a server that shows
 * by the table's file how often it was written. The table of what was counted goes to standard
 * output with {@code -DoneRewrite.print=true}.
 */
@DisplayName("Changes that write a table again")
class AlterTableMergerIT {
  private record Example(String name, String from, String to, int rewritesApart) {}

  private static final String TABLE = "create table t (id int primary key, %s);";

  private static Example of(String name, String from, String to, int rewritesApart) {
    return new Example(name, TABLE.formatted(from), TABLE.formatted(to), rewritesApart);
  }

  private static final List<Example> EXAMPLES =
      List.of(
          of("two types", "a int, b int", "a bigint, b bigint", 2),
          of(
              "three types with defaults",
              "a int default 1, b int default 2, c int",
              "a bigint default 1, b bigint default 2, c bigint",
              3),
          of("type and NOT NULL", "a int, b int", "a bigint, b int not null", 1),
          of("type and check", "a int, b int", "a bigint, b int, constraint c check (b > 0)", 1),
          of(
              "type and a volatile default",
              "a int",
              "a bigint, u uuid default gen_random_uuid()",
              2),
          of(
              "two volatile defaults",
              "a int",
              "a int, u uuid default gen_random_uuid(), w timestamptz default clock_timestamp()",
              2),
          of(
              "type and a stored generated column",
              "a int, b int",
              "a bigint, b int, g int generated always as (b + 1) stored",
              2),
          new Example(
              "type and SET UNLOGGED",
              TABLE.formatted("a int"),
              "create unlogged table t (id int primary key, a bigint);",
              2),
          of("times with a zone", "a timestamp, b timestamp", "a timestamptz, b timestamptz", 2),
          new Example(
              "two types under a view and an index",
              TABLE.formatted("a int, b int")
                  + "create index i on t (a);create view v as select a, b from t;",
              TABLE.formatted("a bigint, b bigint")
                  + "create index i on t (a);create view v as select a, b from t;",
              2));

  private Schema made(Connection connection, String sql) throws SQLException {
    execute(connection, "drop table if exists t cascade; " + sql);
    return new Introspector(Scope.standard()).read(connection);
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long file(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery("select pg_catalog.pg_relation_filenode('public.t')::int8")) {
      row.next();
      return row.getLong(1);
    }
  }

  /** How often the table was written. */
  private static int run(Connection connection, Plan plan) throws SQLException {
    int rewrites = 0;
    connection.setAutoCommit(false);
    for (dev.migrate.plan.Statement statement : plan.statements()) {
      long before = file(connection);
      execute(connection, statement.sql());
      rewrites += file(connection) == before ? 0 : 1;
    }
    connection.commit();
    connection.setAutoCommit(true);
    return rewrites;
  }

  @Test
  @DisplayName("write it once, and come to the same, both ways")
  void tenChanges() throws Exception {
    Planner planner = AllRules.planner();
    List<String> lines = new ArrayList<>();
    try (ScratchDatabase database = TestPostgres.database("onerewrite");
        Connection connection = database.connectToRead()) {
      execute(connection, "set search_path = public");
      for (Example example : EXAMPLES) {
        Schema to = made(connection, example.to());
        Schema from = made(connection, example.from());
        Plan apart = planner.apart(from, to, PlanOptions.standard());
        Plan together = planner.plan(from, to, PlanOptions.standard());
        Plan back = planner.plan(to, from, PlanOptions.standard());
        int before = run(connection, apart);
        made(connection, example.from() + "insert into t (id) values (1) on conflict do nothing");
        execute(connection, "delete from t");
        int after = run(connection, together);
        Schema reached = new Introspector(Scope.standard()).read(connection);
        int down = run(connection, back);
        Schema restored = new Introspector(Scope.standard()).read(connection);
        lines.add(
            "| %s | %d | %d | %d | %d | %d |"
                .formatted(
                    example.name(),
                    apart.statements().size(),
                    before,
                    together.statements().size(),
                    after,
                    down));
        assertThat(before).as(example.name()).isEqualTo(example.rewritesApart());
        assertThat(after).as(example.name()).isEqualTo(1);
        assertThat(down).as("back: " + example.name()).isLessThanOrEqualTo(1);
        assertThat(reached).as(example.name()).isEqualTo(to);
        assertThat(restored).as("back: " + example.name()).isEqualTo(from);
        assertThat(together.statements().stream().flatMap(one -> one.hazards().stream()))
            .as("hazards: " + example.name())
            .containsAll(
                apart.statements().stream().flatMap(one -> one.hazards().stream()).toList());
      }
    }
    if (Boolean.getBoolean("oneRewrite.print")) {
      System.out.println("| change | statements | rewrites | now | rewrites now | back |");
      lines.forEach(System.out::println);
    }
  }

  @Test
  @DisplayName("stay apart where something has to run between them, and where a lock would rise")
  void apart() throws Exception {
    Planner planner = AllRules.planner();
    try (ScratchDatabase database = TestPostgres.database("onerewriteapart");
        Connection connection = database.connectToRead()) {
      execute(connection, "set search_path = public");
      Schema to =
          made(
              connection,
              "create table t (id int primary key, a bigint not null, p int references t);");
      Schema from = made(connection, "create table t (id int primary key, a int, p int);");
      List<String> sql =
          planner.plan(from, to, PlanOptions.standard()).statements().stream()
              .map(dev.migrate.plan.Statement::sql)
              .toList();
      assertThat(sql)
          .anySatisfy(
              one ->
                  assertThat(one)
                      .startsWith("ALTER TABLE public.t\n  ALTER COLUMN a TYPE bigint,")
                      .contains("ALTER COLUMN a SET NOT NULL"))
          .anySatisfy(one -> assertThat(one).startsWith("ALTER TABLE public.t ADD CONSTRAINT"));
    }
  }
}
