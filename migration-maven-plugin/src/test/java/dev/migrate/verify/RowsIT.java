package dev.migrate.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.observe.RowGenerator;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import dev.migrate.verify.CheckResult.Status;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Made-up rows")
class RowsIT {
  private static final String SCHEMA =
      """
      create schema app;
      create type app.colour as enum ('red', 'green', 'blue');
      create domain app.email as text check (value ~ '^[^@]+@[^@]+$');
      create domain app.percent as int not null check (value between 0 and 100);
      create table app.parent (a int, b text, primary key (a, b));
      create table app.child (
        id serial primary key,
        parent_a int not null, parent_b text not null,
        foreign key (parent_a, parent_b) references app.parent,
        self int references app.child,
        one uuid not null unique default gen_random_uuid(),
        two app.colour not null, three app.email not null, four app.percent,
        five numeric(3,1) not null check (five >= 0.5), six char(2) not null check (six = upper(six)),
        seven text not null check (seven in ('open', 'closed')),
        eight timestamptz not null, nine timestamptz, check (nine is null or nine > eight),
        ten jsonb not null check (jsonb_typeof(ten) = 'object'), eleven int[] not null,
        twelve daterange not null, thirteen bytea not null, fourteen inet not null,
        fifteen bit(3) not null, sixteen smallint not null check (sixteen between 3 and 9),
        seventeen text not null check (length(seventeen) = 5),
        eighteen int generated always as (sixteen * 2) stored,
        check (case when seven = 'closed' then nine is not null else true end));
      create table app.only_one (parent int not null unique, primary key (parent));
      create table "Odd \"\"name\"\"\" ("Order" int primary key, "a b" text);
      create table app.part (at date not null) partition by range (at);
      create table app.part_all partition of app.part for values from (minvalue) to (maxvalue);
      """;

  @TempDir private Path folder;

  @Test
  @DisplayName("satisfy types, checks, domains, enums, unique and foreign keys")
  void everyTable() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("rows");
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(SCHEMA);
      RowGenerator rows = new RowGenerator(connection, "flyway_schema_history");
      assertThat(rows.fill()).isEmpty();
      for (String table :
          List.of("app.parent", "app.child", "app.only_one", "\"Odd \"\"name\"\"\"", "app.part")) {
        assertThat(count(statement, table)).as(table).isGreaterThanOrEqualTo(2);
      }
      assertThat(count(statement, "(select distinct two from app.child) c")).isEqualTo(3);
      assertThat(count(statement, "(select distinct seven from app.child) c")).isEqualTo(2);
      long before = count(statement, "app.child");
      assertThat(rows.fill()).isEmpty();
      assertThat(count(statement, "app.child")).as("nothing has changed").isEqualTo(before);
    }
  }

  @Test
  @DisplayName("satisfy regular expressions, and say of which no example is known")
  void regularExpressions() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("regex");
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          create domain phone as text check (value ~ '^\\+[0-9]{2} [0-9]{4,8}$');
          create table good (
            code text not null unique check (code ~ '^[A-Z]{3}-[0-9]{4}$'),
            mail text not null check (mail ~* '^[a-z]+@[a-z]+\\.(org|com)$'),
            slug varchar(12) not null check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
            phone phone not null,
            plate text not null, constraint plate check (plate ~ '^[[:upper:]]{2}[[:digit:]]{1,4}$'));
          create table hard (word text not null check (word ~ '^(?=.*[0-9])(?=.*[A-Z]).{40}$'));
          """);
      assertThat(new RowGenerator(connection, "").fill())
          .singleElement()
          .asString()
          .contains("hard", "violates check constraint \"hard_word_check\"");
      assertThat(count(statement, "good")).isGreaterThanOrEqualTo(2);
      assertThat(count(statement, "hard")).isZero();
    }
  }

  @Test
  @DisplayName("that are not to be had are said, with the reason")
  void impossible() throws SQLException {
    try (ScratchDatabase database = TestPostgres.database("impossible");
        Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table never (a int, check (false))");
      assertThat(new RowGenerator(connection, "").fill())
          .singleElement()
          .asString()
          .contains("never")
          .contains("violates check constraint");
    }
  }

  @Test
  @DisplayName("do not get in the way of rows that revisions insert themselves")
  void seeds() {
    VerifiedProject project =
        new VerifiedProject(folder)
            .skip("files", "replay", "reversible", "model")
            .revision(1, "none", "create table kind (id serial primary key, name text unique);", "")
            .revision(2, "1", "insert into kind values (1, 'a'), (2, '1'), (3, '2');", "")
            .revision(
                3,
                "2",
                "create table two (id int generated by default as identity primary key);",
                "")
            .revision(4, "3", "insert into two values (1), (2);", "");
    assertThat(project.verify().of(Check.DATA).status()).isEqualTo(Status.PASSED);
  }

  @Test
  @DisplayName("that no database has can be accepted, revision by revision")
  void accepted() {
    VerifiedProject project =
        new VerifiedProject(folder)
            .skip("files", "replay", "reversible", "model")
            .revision(1, "none", "create table kind (name text);", "")
            .revision(2, "1", "alter table kind add check (name in ('a', 'b'));", "")
            .revision(3, "2", "alter table kind add size int not null;", "");
    CheckResult found = project.verify().of(Check.DATA);
    assertThat(found.findings())
        .extracting(CheckFinding::subject)
        .containsExactly(VerifiedProject.id(2), VerifiedProject.id(3));
    CheckResult after = project.accept(2).verify().of(Check.DATA);
    assertThat(after.findings())
        .extracting(CheckFinding::subject)
        .containsExactly(VerifiedProject.id(3));
    assertThat(after.notes()).anyMatch(note -> note.startsWith("Accepted"));
  }

  private static long count(Statement statement, String table) throws SQLException {
    try (ResultSet result = statement.executeQuery("select count(*) from " + table)) {
      result.next();
      return result.getLong(1);
    }
  }
}
