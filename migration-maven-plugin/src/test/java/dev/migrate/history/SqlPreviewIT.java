package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The SQL script of a run, run with psql,")
class SqlPreviewIT {
  private static final String HISTORY =
      "SELECT concat_ws('|', installed_rank, version, description, type, script, checksum, success)"
          + " FROM flyway_schema_history ORDER BY installed_rank";

  @TempDir private Path folder;
  private ScratchDatabase direct;
  private ScratchDatabase byHand;
  private RevisionProject directly;
  private RevisionProject withPsql;

  @BeforeEach
  void start() throws IOException {
    assumeTrue(hasPsql(), "psql is not on the PATH");
    direct = TestPostgres.database("direct");
    byHand = TestPostgres.database("by_hand");
    directly = new RevisionProject(folder, target(direct));
    withPsql = new RevisionProject(folder, target(byHand));
    directly
        .revision(
            1,
            "CREATE TABLE a (id int, name text) -- no semicolon, and a comment at the end",
            "DROP TABLE a")
        .revision(
            2,
            "COPY a (id, name) FROM STDIN;\n1\to'ne\n2\t\\\\two\n\\.\nSELECT '${x}', ':name', $$;$$;\n",
            "DELETE FROM a;")
        .revision(3, "CREATE INDEX CONCURRENTLY a_id ON a (id);", "DROP INDEX CONCURRENTLY a_id;")
        .file("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT id FROM a;");
  }

  @AfterEach
  void end() {
    Stream.of(direct, byHand).filter(database -> database != null).forEach(ScratchDatabase::close);
  }

  @Test
  @DisplayName("leaves the database and its history as the run itself does, upward and downward")
  void sameAsTheRunItself() throws Exception {
    directly.upgrade("head");
    assertThat(psql(upward("head"))).isZero();
    assertThat(withPsql.query(HISTORY)).isEqualTo(directly.query(HISTORY)).hasSize(4);
    assertThat(withPsql.query("SELECT concat_ws('|', id, name) FROM a ORDER BY id"))
        .containsExactly("1|o'ne", "2|\\two");
    assertThat(withPsql.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");

    directly.execute("DROP VIEW v");
    withPsql.execute("DROP VIEW v");
    directly.downgrade("base");
    assertThat(psql(downward("base"))).isZero();
    assertThat(withPsql.query(HISTORY)).isEqualTo(directly.query(HISTORY)).hasSize(7);
    assertThat(withPsql.tables()).isEmpty();

    directly.upgrade("1");
    assertThat(psql(upward("1"))).isZero();
    assertThat(withPsql.query(HISTORY)).isEqualTo(directly.query(HISTORY)).hasSize(8);
  }

  @Test
  @DisplayName("refuses a database whose history has moved since")
  void refusesAMovedHistory() throws Exception {
    String script = upward("2");
    withPsql.upgrade("1");
    assertThat(psql(script)).isEqualTo(3);
    assertThat(withPsql.states()).containsExactly("1 APPLIED", "2 PENDING", "3 PENDING");
    String next = upward("2");
    withPsql.downgrade("base");
    assertThat(psql(next)).isEqualTo(3);
    assertThat(withPsql.tables()).isEmpty();
  }

  @Test
  @DisplayName("gives every script the same settings and records as the one who runs it")
  void scriptsDoNotLeak() throws Exception {
    String role = "shown_" + byHand.name();
    withPsql.execute("CREATE ROLE " + role + "; GRANT ALL ON SCHEMA public TO " + role);
    try {
      directly
          .revision(
              1,
              "SET lock_timeout = 0; SET check_function_bodies = off; SET search_path = '';"
                  + " SET ROLE "
                  + role
                  + "; CREATE TABLE public.a (id int);",
              null)
          .revision(
              2,
              "CREATE TABLE b AS SELECT current_setting('lock_timeout') AS t, current_user AS who;",
              null)
          .revision(3, "-- transaction: none\nSET ROLE " + role + "; SELECT 1;", null)
          .file("R__view.sql", "SET ROLE " + role + "; SELECT 1;");
      assertThat(psql(upward("head"))).isZero();
      assertThat(withPsql.states()).containsExactly("1 APPLIED", "2 APPLIED", "3 APPLIED");
      assertThat(withPsql.query("SELECT t || ' ' || who FROM b"))
          .containsExactly("5s " + byHand.user());
    } finally {
      withPsql.execute("DROP OWNED BY " + role + " CASCADE; DROP ROLE " + role);
    }
  }

  @Test
  @DisplayName("changes nothing while it is written")
  void onlyReads() {
    assertThat(upward("head")).contains("CREATE TABLE", "BEGIN;", "COMMIT;");
    assertThat(withPsql.query("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly("0");
  }

  private String upward(String to) {
    return SqlPreview.upgrade(
        withPsql.target(),
        "test",
        HistoryOptions.defaults(),
        withPsql.files(),
        state -> state.graph().upgrade(state.applied(), to));
  }

  private String downward(String to) {
    return SqlPreview.downgrade(
        withPsql.target(),
        "test",
        HistoryOptions.defaults(),
        withPsql.files(),
        state -> state.graph().downgrade(state.applied(), to));
  }

  private int psql(String script) throws Exception {
    Path file = Files.writeString(folder.resolve("script.sql"), script, StandardCharsets.UTF_8);
    String url = byHand.jdbcUrl().replace("jdbc:postgresql:", "postgresql:");
    ProcessBuilder builder =
        new ProcessBuilder(
                List.of("psql", "-X", "-q", "-U", byHand.user(), "-f", file.toString(), url))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(folder.resolve("psql.err").toFile());
    builder.environment().put("PGPASSWORD", byHand.password());
    return builder.start().waitFor();
  }

  private static boolean hasPsql() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "psql")));
  }

  private static Target target(ScratchDatabase database) {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }
}
