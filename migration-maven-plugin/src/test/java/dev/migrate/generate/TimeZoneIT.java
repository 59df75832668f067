package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a machine in Tokyo, with data from Berlin. */
@DisplayName("The time zone in which a script reads times")
class TimeZoneIT {
  private static final String BEFORE =
      "create table t (a timestamp, b timestamptz, c date, d timestamptz, e time, f text,"
          + " g timestamp[], i timestamptz, j timetz);";
  private static final String AFTER =
      "create table t (a timestamptz, b timestamp, c timestamptz, d date, e timetz, f timestamptz,"
          + " g timestamptz[], i text, j timetz);";
  private static final String ROWS =
      "insert into t values ('2020-01-15 12:00', '2020-01-15 11:00+00', '2020-01-15',"
          + " '2020-01-14 23:00+00', '12:00', '2020-01-15 12:00', array['2020-01-15 12:00'::timestamp],"
          + " '2020-01-15 11:00+00', '12:00+05')";

  /** All but a text that says its zone when it comes back. */
  private static final String KEPT =
      "set timezone = 'UTC'; select row(a, b, c, d, e, g, i, j)::text from t";

  private static final String READ =
      "set timezone = 'UTC'; set datestyle = 'ISO'; select concat_ws(' | ', a, b, c, d,"
          + " extract(timezone from e) = extract(epoch from (now() at time zone 'Europe/Berlin') -"
          + " (now() at time zone 'UTC')), f, g, i, j) from t";
  private static final String IN_BERLIN =
      "2020-01-15 11:00:00+00 | 2020-01-15 12:00:00 | 2020-01-14 23:00:00+00 | 2020-01-15 | t"
          + " | 2020-01-15 11:00:00+00 | {\"2020-01-15 11:00:00+00\"}"
          + " | 2020-01-15 12:00:00+01 | 12:00:00+05";

  @TempDir private Path folder;
  private final TimeZone here = TimeZone.getDefault();

  @BeforeEach
  void toTokyo() {
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
  }

  @AfterEach
  void back() {
    TimeZone.setDefault(here);
  }

  private ModelProject project(String before, String after) {
    return ModelProject.empty(folder).revision(1, before, "drop table t;").model(after);
  }

  private static RevisionFile written(ModelProject project) {
    return ((GenerateResult.Written) project.generate("Change types", "none")).files().get(0);
  }

  private static void move(ModelProject project, ScratchDatabase database, boolean up, String to) {
    RevisionFiles files = project.files();
    Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
    try (LockedTarget locked =
        LockedTarget.open(target, "test", HistoryOptions.defaults(), Progress.SILENT)) {
      if (up) {
        locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), to));
      } else {
        locked.downgrade(files, files.graph().downgrade(locked.state(files).applied(), to));
      }
    }
  }

  private static void execute(ScratchDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String one(ScratchDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      boolean rows = statement.execute(sql);
      while (!rows) {
        rows = statement.getMoreResults();
      }
      try (ResultSet result = statement.getResultSet()) {
        result.next();
        return result.getString(1);
      }
    }
  }

  @Test
  @DisplayName("is the one that was given, whoever runs the script, both ways")
  void given() throws Exception {
    ModelProject project = project(BEFORE, AFTER).inTimeZone("Europe/Berlin");
    RevisionFile file = written(project);
    assertThat(file.upgrade().text())
        .contains("USING a AT TIME ZONE 'Europe/Berlin'", "SET LOCAL TimeZone = 'Europe/Berlin'")
        .doesNotContain("UTC", "takes public.t");
    try (ScratchDatabase database = TestPostgres.database("zonegiven");
        ScratchDatabase other = TestPostgres.database("zoneother")) {
      move(project, database, true, "1");
      execute(database, ROWS);
      String before = one(database, KEPT);
      move(project, database, true, "head");
      assertThat(one(database, READ)).isEqualTo(IN_BERLIN);
      move(project, database, false, "1");
      assertThat(one(database, KEPT)).isEqualTo(before);

      execute(other, BEFORE + ROWS);
      execute(
          other, "set timezone = 'America/New_York'; begin; " + file.upgrade().text() + "; commit");
      assertThat(one(other, READ)).isEqualTo(IN_BERLIN);
    }
  }

  @Test
  @DisplayName("counts for times inside composite types, domains and lists of them")
  void inside() throws Exception {
    String schema =
        "create type c as (x %1$s, n int); create domain d as %1$s; create type of as (x %1$s, n int);"
            + " create table t (a c, b d, e c[], f d[]); create table u of of;";
    String before = schema.formatted("timestamp");
    ModelProject project =
        ModelProject.empty(folder)
            .revision(
                1, before, "drop table t; drop table u; drop type c; drop type of; drop domain d;")
            .model(schema.formatted("timestamptz"))
            .inTimeZone("Europe/Berlin");
    assertThat(written(project).upgrade().text()).contains("SET LOCAL TimeZone = 'Europe/Berlin'");
    String read =
        "set timezone = 'UTC'; select concat_ws(' | ', (a).x, b, (e[1]).x, f[1], (select x from u))"
            + " from t";
    try (ScratchDatabase database = TestPostgres.database("zoneinside")) {
      move(project, database, true, "1");
      execute(
          database,
          "insert into t values (row('2020-01-15 12:00', 1), '2020-01-15 12:00',"
              + " array[row('2020-01-15 12:00', 1)::c], array['2020-01-15 12:00'::d]);"
              + " insert into u values ('2020-01-15 12:00', 1)");
      String first = one(database, read);
      move(project, database, true, "head");
      assertThat(one(database, read))
          .isEqualTo(String.join(" | ", Collections.nCopies(5, "2020-01-15 11:00:00+00")));
      move(project, database, false, "1");
      assertThat(one(database, read)).isEqualTo(first);
    }
  }

  @Test
  @DisplayName("is said to be assumed where nobody gave it, and asked for at a terminal")
  void assumed() {
    String before = "create table t (a timestamp);";
    String after = "create table t (a timestamptz);";
    assertThat(written(project(before, after)).upgrade().text())
        .contains(
            "USING a AT TIME ZONE 'UTC'",
            "-- Takes column public.t.a for times in UTC: generate with -Dmigrate.timeZone=<zone>");
  }

  @Test
  @DisplayName("is asked for at a terminal")
  void asked() {
    ModelProject project =
        project("create table t (a timestamp);", "create table t (a timestamptz);")
            .with(
                new UserPrompt() {
                  @Override
                  public boolean possible() {
                    return true;
                  }

                  @Override
                  public Optional<String> answer(String question, String suggestion) {
                    return Optional.of("Europe/Rome");
                  }
                });
    assertThat(written(project).upgrade().text()).contains("AT TIME ZONE 'Europe/Rome'");
  }

  @Test
  @DisplayName("is refused when PostgreSQL does not know it, and nothing is written")
  void unknown() {
    ModelProject project =
        project("create table t (a timestamp);", "create table t (a timestamptz);")
            .inTimeZone("Europe/Nowhere");
    assertThat(ModelProject.failureOf(() -> project.generate("Change", "none")).code())
        .isEqualTo(FailureCode.INVALID_PARAMETER);
    assertThat(project.files().all()).hasSize(1);
  }

  @Test
  @DisplayName("is named for a new column whose default is the present time without its zone")
  void presentTime() {
    RevisionFile file =
        written(
            project(
                "create table t (a int);",
                "create table t (a int, b timestamp default now()::timestamp, c date default"
                    + " current_date, d timestamptz default now());"));
    assertThat(file.upgrade().text())
        .contains(
            "Takes column public.t.b for times in UTC", "Takes column public.t.c for times in UTC")
        .doesNotContain("Takes column public.t.d");
  }

  @Test
  @DisplayName("is UTC in every session that a goal opens, until its script says otherwise")
  void sessions() throws Exception {
    ModelProject project =
        ModelProject.empty(folder)
            .revision(
                1,
                "create table t (z text default current_setting('timezone')); insert into t"
                    + " default values; set timezone = 'Asia/Kolkata';",
                "drop table t;")
            .revision(2, "insert into t default values;", "select 1;");
    try (ScratchDatabase database = TestPostgres.database("zonesession")) {
      move(project, database, true, "head");
      assertThat(one(database, "select string_agg(z, ',') from t")).isEqualTo("UTC,UTC");
      Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "test");
      try (Connection connection = target.connect("test");
          Statement statement = connection.createStatement();
          ResultSet result = statement.executeQuery("show timezone")) {
        result.next();
        assertThat(result.getString(1)).isEqualTo("UTC");
      }
    }
  }
}
