package dev.migrate.introspect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.schema.Uncovered;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Introspection")
class IntrospectorIT {
  private static final Introspector INTROSPECTOR =
      new Introspector(Scope.standard().withPrivileges(true).withOwners(true));

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static Schema read(String... statements) throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("introspect");
        Connection connection = database.connect()) {
      for (String statement : statements) {
        run(connection, statement);
      }
      return INTROSPECTOR.read(connection);
    }
  }

  @Test
  @DisplayName("sees the same default privileges whoever owns the schema, unless owners are read")
  void defaultPrivilegesOfWhoeverMigrates() throws SQLException {
    Introspector introspector = new Introspector(Scope.standard().withPrivileges(true));
    String grant = "alter default privileges in schema public grant select on tables to public";
    FactId nobody = FactId.of(Kind.DEFAULT_PRIVILEGE, "", "public", "TABLES", "public");
    try (ScratchDatabase database = TestPostgres.database("defaults");
        Connection connection = database.connect()) {
      run(connection, "create role migrator_of_defaults");
      try {
        run(connection, grant);
        Schema superuser = introspector.read(connection);
        run(connection, grant.replace("grant", "revoke").replace("to public", "from public"));
        run(connection, "grant create on schema public to migrator_of_defaults");
        run(connection, "set role migrator_of_defaults");
        run(connection, grant);
        Schema migrator = introspector.read(connection);
        Schema named =
            new Introspector(Scope.standard().withPrivileges(true).withOwners(true))
                .read(connection);

        assertThat(superuser.has(nobody)).isTrue();
        assertThat(migrator.find(nobody)).isEqualTo(superuser.find(nobody));
        assertThat(named.has(nobody)).isFalse();
        assertThat(
                named.has(
                    FactId.of(
                        Kind.DEFAULT_PRIVILEGE,
                        "migrator_of_defaults",
                        "public",
                        "TABLES",
                        "public")))
            .isTrue();
      } finally {
        run(connection, "reset role");
        run(connection, "drop owned by migrator_of_defaults");
        run(connection, "drop role migrator_of_defaults");
      }
    }
  }

  @Test
  @DisplayName("asks the same number of queries of a small and of a large schema")
  void constantNumberOfQueries() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("queries");
        Connection connection = database.connect()) {
      int empty = queries(connection);
      run(
          connection,
          """
          do $$ begin
            for i in 1..60 loop
              execute format('create table t%s (id bigserial primary key, a text unique,
                b int check (b > 0), c int references t%s(id))', i, greatest(i - 1, 1));
              execute format('create view v%s as select * from t%s', i, i);
              execute format('comment on table t%s is %L', i, 'number ' || i);
            end loop;
          end $$
          """);

      assertThat(queries(connection)).isEqualTo(empty).isLessThan(60);
    }
  }

  private static int queries(Connection connection) {
    AtomicInteger number = new AtomicInteger();
    Connection counting =
        (Connection)
            Proxy.newProxyInstance(
                IntrospectorIT.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("createStatement")
                      || method.getName().equals("prepareStatement")) {
                    number.incrementAndGet();
                  }
                  try {
                    return method.invoke(connection, arguments);
                  } catch (InvocationTargetException e) {
                    throw e.getCause();
                  }
                });
    INTROSPECTOR.read(counting);
    return number.get();
  }

  @Test
  @DisplayName("sees whether indexes and keys of partitioned tables are valid")
  void validity() throws SQLException {
    Schema schema =
        read(
            "create table p (id int, d int not null) partition by list (id)",
            "create table p1 partition of p for values in (1)",
            "create index part on only p (d)",
            "create index whole on p (d, id)",
            "alter table only p add constraint k unique (id, d)");
    FactId part = FactId.of(Kind.INDEX, "public", "part");
    assertThat(schema.find(part).orElseThrow().has(Attribute.INVALID)).isTrue();
    assertThat(
            schema
                .find(FactId.of(Kind.INDEX, "public", "whole"))
                .orElseThrow()
                .has(Attribute.INVALID))
        .isFalse();
    assertThat(
            schema
                .find(FactId.of(Kind.CONSTRAINT, "public", "p", "k"))
                .orElseThrow()
                .has(Attribute.INVALID))
        .isTrue();
  }

  @Test
  @DisplayName("of equal databases gives equal values, whatever was made first and dropped between")
  void equalDatabases() throws SQLException {
    Schema one =
        read(
            "create schema app",
            "create table app.a (id int primary key, b text default 'x' not null)",
            "create table app.c (d int references app.a, check (d > 0))",
            "create index on app.c (d) where d > 7",
            "comment on column app.c.d is 'd'");
    Schema other =
        read(
            "create table noise (x int)",
            "create schema app",
            "create table app.c (gone text, d int, check (d > 0))",
            "create table app.a (b text, id int)",
            "comment on column app.c.d is 'd'",
            "create index on app.c (d) where d > 7",
            "alter table app.c drop column gone",
            "alter table app.a add primary key (id), alter b set default 'x', alter b set not null",
            "alter table app.c add foreign key (d) references app.a",
            "drop table noise");

    assertThat(other).isEqualTo(one);
    assertThat(other.fingerprint()).isEqualTo(one.fingerprint());
    assertThat(one.differentColumnOrder(other)).containsExactly(FactId.of(Kind.TABLE, "app", "a"));
  }

  @Test
  @DisplayName("leaves out what an extension owns, the history table and schemas out of scope")
  void leftOut() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("scope");
        Connection connection = database.connect()) {
      run(connection, "create extension hstore");
      run(connection, "create table flyway_schema_history (installed_rank int primary key)");
      run(connection, "create schema other create table o (x int)");
      run(connection, "create table t (h hstore)");

      Schema all = new Introspector(Scope.standard()).read(connection);
      Schema some =
          new Introspector(Scope.standard().withSchemas(List.of("public"))).read(connection);

      assertThat(all.facts().keySet().stream().filter(id -> id.kind() == Kind.FUNCTION)).isEmpty();
      assertThat(all.facts().keySet().stream().filter(id -> id.kind() == Kind.TABLE))
          .containsExactly(
              FactId.of(Kind.TABLE, "other", "o"), FactId.of(Kind.TABLE, "public", "t"));
      assertThat(some.has(FactId.of(Kind.TABLE, "other", "o"))).isFalse();
      assertThat(some.find(FactId.of(Kind.COLUMN, "public", "t", "h")).orElseThrow().dependsOn())
          .contains(FactId.of(Kind.EXTENSION, "hstore"));
    }
  }

  @Test
  @DisplayName("names what it does not cover")
  void uncovered() throws SQLException {
    Schema schema =
        read(
            "create table a (id int primary key)",
            "create table b (a int references a)",
            "alter table b disable trigger all");

    assertThat(schema.uncovered())
        .extracting(Uncovered::what)
        .containsOnly("disabled internal trigger");
  }

  @Test
  @DisplayName("gives the connection back as it was")
  void leavesNoTrace() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("trace");
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      run(connection, "set search_path = pg_catalog, public");
      INTROSPECTOR.read(connection);

      assertThat(connection.getAutoCommit()).isTrue();
      try (var rows = statement.executeQuery("show search_path")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("pg_catalog, public");
      }
    }
  }
}
