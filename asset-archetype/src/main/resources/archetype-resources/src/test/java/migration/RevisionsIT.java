package ${package}.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ${package}.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** What mvn migrate:verify proves of each revision; and here with Flyway alone, as a whole. */
@DisplayName("The revisions")
class RevisionsIT {
  /** Everything that a revision can leave behind, rights included. */
  private static final String OBJECTS =
      """
      select 'relation ' || relname || ' ' || relkind::text || ' ' || coalesce(relacl::text, '')
      from pg_class where relnamespace = 'public'::regnamespace
        and relname !~ '^flyway_schema_history'
      union all
      select 'column ' || attrelid::regclass || '.' || attname || ' ' || format_type(atttypid, atttypmod)
      from pg_attribute join pg_class on pg_class.oid = attrelid
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'v') and attnum > 0
        and not attisdropped and relname !~ '^flyway_schema_history'
      union all
      select 'constraint ' || conname || ' ' || pg_get_constraintdef(oid) from pg_constraint
      where connamespace = 'public'::regnamespace and conrelid::regclass::text <> 'flyway_schema_history'
      union all
      select 'function ' || pg_get_functiondef(p.oid) from pg_proc p
      where pronamespace = 'public'::regnamespace and prokind = 'f'
        and not exists (select from pg_depend where objid = p.oid and deptype = 'e')
      union all
      select 'trigger ' || pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
      union all
      select 'type ' || typname from pg_type
      where typnamespace = 'public'::regnamespace and typtype = 'e'
      union all
      select 'extension ' || extname from pg_extension where extname <> 'plpgsql'
      union all
      select 'default right ' || defaclacl::text from pg_default_acl
      union all
      select 'right on schema ' || acl::text from pg_namespace cross join unnest(nspacl) as acl
      where nspname = 'public' and acl::text like 'asset_tracker%'
      order by 1
      """;

  @Test
  @DisplayName("go up, down without a trace, and up to the same schema again")
  void goUpDownAndUp() throws Exception {
    TestDatabase database = TestDatabase.empty();
    database.migrate();
    List<String> head = objects(database);
    assertThat(head).hasSizeGreaterThan(100);

    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      for (Resource script : downgrades()) {
        run(statement, script.getContentAsString(StandardCharsets.UTF_8));
      }
      assertThat(objects(database)).isEmpty();
      statement.execute("drop table flyway_schema_history");
    }

    database.migrate();
    assertThat(objects(database)).isEqualTo(head);
  }

  @Test
  @DisplayName("sort assets into categories by their tags, and back")
  void sortAssetsIntoCategories() throws Exception {
    TestDatabase database = TestDatabase.empty();
    org.flywaydb.core.Flyway.configure()
        .configuration(database.flyway().getConfiguration())
        .target("20260202083000")
        .load()
        .migrate();
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute("insert into assets (tag, name) values ('NB-0001', 'a'), ('XYZ-0002', 'b')");

      database.migrate();
      assertThat(strings(statement, "select c.name from assets a join categories c on c.id = category_id order by tag"))
          .containsExactly("Notebooks", "XYZ");
      assertThat(strings(statement, "select table_name from audit_log where table_name = 'categories'"))
          .as("older than the trail")
          .isEmpty();

      statement.execute(
          Arrays.stream(scripts())
              .filter(script -> String.valueOf(script.getFilename()).contains("20260203090000"))
              .findFirst()
              .orElseThrow()
              .getContentAsString(StandardCharsets.UTF_8));
      assertThat(strings(statement, "select tag from assets where category_id is null")).hasSize(2);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "create table more (id integer)",
        "drop table assets",
        "alter table assets add column more text",
        "create index more on assets (name)",
        "truncate assets",
        "drop trigger assets_audit on assets",
        "insert into audit_log (changed_by, table_name, row_id, action) values ('me', 'x', 1, 'insert')",
        "update audit_log set changed_by = 'somebody else'",
        "delete from audit_log",
        "update flyway_schema_history set success = true",
        "create role more"
      })
  @DisplayName("let the application work with rows and with nothing else")
  void letTheApplicationWorkWithRowsOnly(String forbidden) throws SQLException {
    try (Connection connection = ForRefusals.DATABASE.connectAsApplication();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.execute(forbidden))
          .isInstanceOf(SQLException.class)
          .extracting(failure -> ((SQLException) failure).getSQLState())
          .isEqualTo("42501");
    }
  }

  @Test
  @DisplayName("let the application write rows, and leave a trail that it cannot alter")
  void leaveATrail() throws SQLException {
    TestDatabase database = TestDatabase.atHead();
    try (Connection connection = database.connectAsApplication();
        Statement statement = connection.createStatement()) {
      statement.execute("select set_config('app.user', 'mia', false)");
      statement.execute("insert into assets (tag, name) values ('NB-0001', 'Old')");
      statement.execute("update assets set name = 'New'");
      statement.execute("update assets set name = 'New'");
      statement.execute("delete from assets");

      assertThat(
              strings(
                  statement,
                  "select action || ' ' || changed_by || ' ' || coalesce(old_values ->> 'name', '-')"
                      + " || ' ' || coalesce(new_values ->> 'name', '-') from audit_log order by id"))
          .containsExactly("insert mia - Old", "update mia Old New", "delete mia New -");
    }
  }

  @Test
  @DisplayName("give the application rights on the tables of revisions to come")
  void giveRightsOnTablesToCome() throws SQLException {
    TestDatabase database = TestDatabase.atHead();
    try (Connection owner = database.connectAsOwner();
        Statement create = owner.createStatement()) {
      create.execute("create table notes (id bigint generated always as identity, text text)");
    }
    try (Connection connection = database.connectAsApplication();
        Statement statement = connection.createStatement()) {
      statement.execute("insert into notes (text) values ('x')");
      assertThat(strings(statement, "select text from notes")).containsExactly("x");
    }
  }

  @Test
  @DisplayName("forbid that two people have an asset at the same time")
  void forbidOverlaps() throws SQLException {
    try (Connection connection = TestDatabase.atHead().connectAsApplication();
        Statement statement = connection.createStatement()) {
      statement.execute("insert into people (full_name, email) values ('A', 'a@b'), ('C', 'c@d')");
      statement.execute("insert into assets (tag, name) values ('NB-0001', 'x')");
      String insert =
          "insert into assignments (asset_id, person_id, assigned_at, returned_at)"
              + " select assets.id, people.id, %s from assets, people where full_name = '%s'";
      statement.execute(insert.formatted("'2026-01-01', '2026-02-01'", "A"));
      statement.execute(insert.formatted("'2026-02-01', null", "C"));
      assertThatThrownBy(
              () -> statement.execute(insert.formatted("'2026-01-20', '2026-01-25'", "C")))
          .hasMessageContaining("assignments_no_overlap");
    }
  }

  /** One for all, since what is refused changes nothing. */
  private static final class ForRefusals {
    private static final TestDatabase DATABASE = TestDatabase.atHead();
  }

  /** As a whole, or statement by statement where no transaction may be around them. */
  private static void run(Statement statement, String script) throws SQLException {
    if (!script.contains("-- transaction: none")) {
      statement.execute(script);
      return;
    }
    // Functions and blocks are quoted with two dollars, and have semicolons of their own.
    String quote = "\u0024".repeat(2);
    StringBuilder whole = new StringBuilder();
    for (String part : script.split("(?<=;\n)")) {
      whole.append(part);
      boolean quoteIsOpen = whole.toString().split(Pattern.quote(quote), -1).length % 2 == 0;
      if (!quoteIsOpen) {
        statement.execute(whole.toString());
        whole.setLength(0);
      }
    }
    assertThat(whole).as("the end of the script").isBlank();
  }

  private static List<Resource> downgrades() throws IOException {
    List<Resource> scripts = new ArrayList<>(List.of(scripts()));
    scripts.sort(Comparator.comparing(Resource::getFilename).reversed());
    return scripts;
  }

  private static Resource[] scripts() throws IOException {
    return new PathMatchingResourcePatternResolver().getResources("classpath:db/undo/U*.sql");
  }

  private static List<String> objects(TestDatabase database) throws SQLException {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      return strings(statement, OBJECTS);
    }
  }

  private static List<String> strings(Statement statement, String query) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery(query)) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    return rows;
  }
}
