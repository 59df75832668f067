package dev.migrate.history;

import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.ParsedScript;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import dev.migrate.sql.DollarQuote;
import dev.migrate.sql.SqlComment;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.SearchPath;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Renders an upgrade or a downgrade as one psql script, history rows included, so that a database
 * administrator can read it, run it, and leave the database in the same state. The script takes the
 * same lock, and refuses a database whose history has moved since.
 */
public final class SqlPreview {
  private final TargetSession session;
  private final TargetSession.Surroundings surroundings;
  private final RevisionFiles files;
  private final TargetState state;
  private final boolean tableExists;
  private final StringBuilder sql = new StringBuilder();

  private SqlPreview(TargetSession session, RevisionFiles files) throws SQLException {
    this.session = session;
    this.files = files;
    this.surroundings = TargetSession.Surroundings.of(session);
    this.tableExists = HistoryReader.exists(session.connection(), session.table());
    this.state = TargetState.of(files, HistoryReader.read(session.connection(), session.table()));
  }

  /** Chooses a plan from where the target stands. */
  @FunctionalInterface
  public interface Route {
    /**
     * @param state where the target stands
     * @return what to do
     */
    RevisionPlan from(TargetState state);
  }

  /**
   * Writes the script of an upgrade.
   *
   * @param target the database, which is only read
   * @param purpose what for, shown in {@code pg_stat_activity}
   * @param options how its history is kept and moved
   * @param files the revisions in the project
   * @param route what to run
   * @return the script
   */
  public static String upgrade(
      Target target, String purpose, HistoryOptions options, RevisionFiles files, Route route) {
    return write(target, purpose, options, files, preview -> preview.up(route.from(preview.state)));
  }

  /**
   * Writes the script of a downgrade.
   *
   * @param target the database, which is only read
   * @param purpose what for, shown in {@code pg_stat_activity}
   * @param options how its history is kept and moved
   * @param files the revisions in the project
   * @param route what to take back
   * @return the script
   */
  public static String downgrade(
      Target target, String purpose, HistoryOptions options, RevisionFiles files, Route route) {
    return write(
        target, purpose, options, files, preview -> preview.down(route.from(preview.state)));
  }

  /** One direction of a preview. */
  private interface Direction {
    void write(SqlPreview preview);
  }

  private static String write(
      Target target,
      String purpose,
      HistoryOptions options,
      RevisionFiles files,
      Direction direction) {
    try (Connection connection = target.connect(purpose)) {
      connection.setReadOnly(true);
      SearchPath path = SearchPath.configured(connection);
      HistoryTable table = HistoryTable.locate(path, options.schema(), options.table());
      SqlPreview preview =
          new SqlPreview(
              TargetSession.over(connection, path, table, options, Progress.SILENT), files);
      preview.comment("For " + target);
      direction.write(preview);
      return preview.sql.toString();
    } catch (SQLException e) {
      throw DatabaseFailure.of("The history cannot be read", e);
    }
  }

  private static void refuseJava(List<JavaMigration> steps) {
    if (!steps.isEmpty()) {
      throw new MigrateException(
          FailureCode.NOT_SUPPORTED,
          "The upgrade runs Java migrations, which no SQL tells: %s. Nothing was written."
              .formatted(
                  steps.stream().map(JavaMigration::toString).collect(Collectors.joining(", "))),
          "Run it with mvn migrate:upgrade, or write the part below them with -Dmigrate.to=….");
    }
  }

  private void up(RevisionPlan plan) {
    session.requireStart();
    refuseJava(state.java().with(plan));
    ScriptReader reader = new ScriptReader(session.reading());
    begin(plan);
    state.history().failed().values().stream()
        .filter(
            row ->
                plan.revisions().stream().anyMatch(one -> row.id().equals(Optional.of(one.id()))))
        .forEach(row -> line(insert(row.tombstone(row.took(), true))));
    for (Map.Entry<RevisionFile, ParsedScript> entry :
        Upgrade.read(reader, state, plan.revisions()).entrySet()) {
      RevisionFile file = entry.getKey();
      boolean transactional = entry.getValue().transactional();
      script(
          file.revision(),
          file.upgrade(),
          List.of(applied(Optional.of(file.id()), file.upgrade(), typeOf(file))),
          transactional);
    }
    state.repeatables().after(plan).forEach(this::repeatable);
    end();
  }

  private void down(RevisionPlan plan) {
    ScriptReader reader = new ScriptReader(session.reading());
    Set<HistoryRow> forgotten = new HashSet<>();
    begin(plan);
    for (RevisionFile file : files.get(plan.revisions())) {
      Script script = Downgrade.scriptOf(file, state.history(), files);
      boolean transactional = reader.read(script).transactional();
      HistoryRow row = state.history().appliedRow(file.id()).orElseThrow();
      List<HistoryRow> rows = new ArrayList<>(List.of(row.tombstone(Duration.ZERO, true)));
      file.repeatables().stream()
          .flatMap(name -> state.history().repeatableOf(name).filter(forgotten::add).stream())
          .forEach(one -> rows.add(one.tombstone(Duration.ZERO, true)));
      script(file.revision(), script, rows, transactional);
    }
    end();
  }

  private void begin(RevisionPlan plan) {
    comment("Run it with: psql -X -f <this file> <database>");
    for (Revision revision : plan.revisions()) {
      comment("  " + revision.title());
    }
    line("\\set ON_ERROR_STOP on");
    line(enter());
    line("SELECT pg_catalog.pg_advisory_lock(%s);".formatted(session.table().lockNumber()));
    line(guard());
    if (!tableExists) {
      line(createTable());
    }
  }

  /** The script fits one history, and must not run on another. */
  private String guard() {
    String table = session.table().quoted();
    int rank = state.history().rows().stream().mapToInt(HistoryRow::rank).max().orElse(0);
    String moved =
        tableExists
            ? "(SELECT coalesce(pg_catalog.max(installed_rank), 0) FROM %s) OPERATOR(pg_catalog.<>) %s"
                .formatted(table, rank)
            : "pg_catalog.to_regclass(%s) IS NOT NULL".formatted(literal(table));
    return block(
        """

        BEGIN
          IF %s THEN
            RAISE EXCEPTION 'The history of this database has moved since this script was written'
              USING HINT = 'Write the script again.';
          END IF;
        END
        """
            .formatted(moved));
  }

  private String createTable() {
    String name = session.table().name();
    String schema = SqlNames.inQuotes(session.table().schema());
    String schemaFirst =
        block(
            """

            BEGIN
              -- IF NOT EXISTS would ask for the right to create schemas although there is nothing to do.
              IF pg_catalog.to_regnamespace(%s) IS NULL THEN
                EXECUTE %s;
              END IF;
            END
            """
                .formatted(literal(schema), literal("CREATE SCHEMA " + schema)));
    return """
        %4$s
        CREATE TABLE %1$s (
          "installed_rank" INT NOT NULL,
          "version" VARCHAR(50),
          "description" VARCHAR(200) NOT NULL,
          "type" VARCHAR(20) NOT NULL,
          "script" VARCHAR(1000) NOT NULL,
          "checksum" INTEGER,
          "installed_by" VARCHAR(100) NOT NULL,
          "installed_on" TIMESTAMP NOT NULL DEFAULT pg_catalog.now(),
          "execution_time" INTEGER NOT NULL,
          "success" BOOLEAN NOT NULL,
          CONSTRAINT %2$s PRIMARY KEY ("installed_rank")
        );
        CREATE INDEX %3$s ON %1$s ("success");"""
        .formatted(
            session.table().quoted(),
            SqlNames.inQuotes(name + "_pk"),
            SqlNames.inQuotes(name + "_s_idx"),
            schemaFirst);
  }

  private static String block(String body) {
    return "DO " + DollarQuote.of(body, "migrate") + ";";
  }

  /** The first row is about the revision. */
  private void script(
      Revision revision, Script script, List<HistoryRow> rows, boolean transactional) {
    line("");
    comment("==== %s: %s".formatted(script.name(), revision.message()));
    line(enter());
    if (transactional) {
      line("BEGIN;");
      body(script);
      line(leave());
      rows.forEach(row -> line(insert(row)));
      line("COMMIT;");
    } else {
      line(insert(rows.get(0).withSuccess(false)));
      body(script);
      line(leave());
      line(
          "UPDATE %1$s SET success = true WHERE installed_rank OPERATOR(pg_catalog.=) (SELECT pg_catalog.max(installed_rank) FROM %1$s);"
              .formatted(session.table().quoted()));
      rows.stream().skip(1).forEach(row -> line(insert(row)));
    }
  }

  private void repeatable(Script script) {
    line("");
    comment("==== " + script.name());
    line(enter());
    line("BEGIN;");
    body(script);
    line(leave());
    line(insert(applied(Optional.empty(), script, "SQL")));
    line("COMMIT;");
  }

  /** Whatever the script before has set. */
  private String enter() {
    return """
        %s;
        SET client_encoding = 'UTF8';
        SET lock_timeout = '%sms';
        SET statement_timeout = '%sms';
        SELECT pg_catalog.set_config('search_path', %s, false), pg_catalog.set_config('role', %s, false);"""
        .formatted(
            SessionReset.FRESH,
            session.options().timeouts().lockTimeout().toMillis(),
            session.options().timeouts().statementTimeout().toMillis(),
            literal(surroundings.searchPathFor(session.table())),
            literal(surroundings.role()));
  }

  /** What is recorded is recorded by whoever runs the file, not by whom a script has become. */
  private String leave() {
    return "SET SESSION AUTHORIZATION DEFAULT; RESET ALL; SELECT pg_catalog.set_config('role', %s, false);"
        .formatted(literal(surroundings.role()));
  }

  /** A script's last statement may lack its semicolon. */
  private void body(Script script) {
    line(new ScriptReader(session.reading()).text(script));
    line(";");
  }

  private void end() {
    line("");
    line("SELECT pg_catalog.pg_advisory_unlock(%s);".formatted(session.table().lockNumber()));
  }

  private static String typeOf(RevisionFile file) {
    return file.revision().baseline() ? HistoryRow.BASELINE_SCRIPT : "SQL";
  }

  private HistoryRow applied(Optional<RevisionId> id, Script script, String type) {
    return new HistoryRow(
        0,
        id,
        script.description(),
        type,
        files.relative(script),
        Optional.of(script.checksum()),
        "",
        LocalDateTime.MIN,
        Duration.ZERO,
        true);
  }

  private String insert(HistoryRow row) {
    return """
        INSERT INTO %1$s (installed_rank, version, description, type, script, checksum, installed_by, execution_time, success)
          SELECT coalesce(pg_catalog.max(installed_rank), 0) OPERATOR(pg_catalog.+) 1, %2$s, %3$s, %4$s, %5$s, %6$s, current_user, %7$s, %8$s FROM %1$s;"""
        .formatted(
            session.table().quoted(),
            row.id().map(id -> literal(id.toString())).orElse("NULL"),
            literal(row.description()),
            literal(row.type()),
            literal(row.script()),
            row.checksum().map(String::valueOf).orElse("NULL"),
            row.took().toMillis(),
            row.success());
  }

  private void comment(String text) {
    line(SqlComment.line(text));
  }

  private void line(String text) {
    sql.append(text).append(text.endsWith("\n") ? "" : "\n");
  }
}
