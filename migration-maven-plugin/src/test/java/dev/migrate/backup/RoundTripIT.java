package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.GzipMember.Part;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * There and back, judged by somebody else: {@code pg_dump} where one is to be had that knows the
 * server, which is PostgreSQL 15 and older; on the newest by fingerprints.
 */
@DisplayName("A backup of a database with objects of every kind")
class RoundTripIT {
  /** One for each server: filling it takes longer than backing it up. */
  private static final Map<Integer, Target> SOURCES = new HashMap<>();

  @TempDir Path folder;

  private BackupOptions options(BackupEngine.Choice engine) {
    return BackupOptions.in(folder).with(engine).withChecksums();
  }

  private static Manifest take(Target target, BackupOptions options) {
    return new Backup(target, "test", "flyway_schema_history", options, BackupProgress.SILENT)
        .take(connection -> List.of("1"));
  }

  private static RestoreResult restore(Target target, BackupOptions options) {
    RestoreOptions allowed = new RestoreOptions(false, false, true);
    return Restoring.run(target, "test", options, allowed, BackupProgress.SILENT, "latest");
  }

  /** A server's database postgres. */
  private static Target server(int major) throws Exception {
    if (major == InstalledServer.MAJOR) {
      Optional<InstalledServer> installed = InstalledServer.get();
      Assumptions.assumeTrue(
          installed.isPresent(), "PostgreSQL 15 with pg_dump is not installed here: not judged");
      return installed.get().target("postgres");
    }
    PostgresVersion version = PostgresVersion.of(String.valueOf(major));
    var address = TestPostgres.server(version).address();
    return Target.of(
        address.jdbcUrl("postgres"), address.user(), address.password(), "test server " + major);
  }

  private static Target source(int major) throws Exception {
    Target known = SOURCES.get(major);
    if (known != null) {
      return known;
    }
    Target source = created(major, "every_kind");
    EveryKind.fill(source);
    SOURCES.put(major, source);
    return source;
  }

  private static Target created(int major, String name) throws Exception {
    Target server = server(major);
    execute(server, "create database " + name + " template template0 encoding 'UTF8'");
    return server.withDatabase(name);
  }

  @ParameterizedTest(name = "PostgreSQL {0}, {1}")
  @CsvSource({"13, PG_DUMP", "13, JDBC", "15, PG_DUMP", "15, JDBC"})
  @DisplayName("comes back so that pg_dump says the same, with the same rows")
  void judgedByPgDump(int major, BackupEngine.Choice engine) throws Exception {
    Assumptions.assumeTrue(InstalledServer.get().isPresent(), "no pg_dump here: not judged by it");
    Target source = source(major);
    Target copy = created(major, "copy_" + engine.name().toLowerCase(Locale.ROOT));

    Manifest manifest = take(source, options(engine));
    RestoreResult restored = restore(copy, options(engine));

    assertThat(manifest.engine().name()).isEqualTo(engine.name());
    assertThat(manifest.serverMajor()).isEqualTo(major);
    assertThat(restored.sameVersion()).isTrue();
    assertSameDump(source, copy);
    assertSameContent(manifest, source, copy);
  }

  @Test
  @DisplayName("comes back on the newest PostgreSQL with the same fingerprint and the same rows")
  void newest() throws Exception {
    try (ScratchDatabase copy = TestPostgres.database("copy")) {
      Target source = source(PostgresVersion.DEFAULT.major());
      Target target = BackupIT.target(copy);

      Manifest manifest = take(source, options(BackupEngine.Choice.JDBC));
      RestoreResult restored = restore(target, options(BackupEngine.Choice.JDBC));

      assertThat(manifest.engine()).isEqualTo(BackupEngine.JDBC);
      assertThat(manifest.warnings()).isEmpty();
      assertThat(restored.sameVersion()).isTrue();
      assertThat(restored.kept()).isEmpty();
      assertSameContent(manifest, source, target);
    }
  }

  @Test
  @DisplayName("comes back without owners and privileges where the roles are not wanted")
  void withoutRights() throws Exception {
    try (ScratchDatabase copy = TestPostgres.database("copy")) {
      take(source(PostgresVersion.DEFAULT.major()), options(BackupEngine.Choice.JDBC));
      Target target = BackupIT.target(copy);

      RestoreResult restored =
          Restoring.run(
              target,
              "test",
              options(BackupEngine.Choice.JDBC),
              new RestoreOptions(false, false, false),
              BackupProgress.SILENT,
              "latest");

      assertThat(restored.sameVersion()).isTrue();
      assertThat(query(target, "select tableowner from pg_tables where tablename = 'settings'"))
          .containsExactly(copy.user());
      assertThat(query(target, "select evtname from pg_event_trigger")).containsExactly("watch");
    }
  }

  @Test
  @DisplayName("names indexes and foreign keys as what can be made at once, and triggers last")
  void parts() throws Exception {
    Manifest manifest =
        take(source(PostgresVersion.DEFAULT.major()), options(BackupEngine.Choice.JDBC));
    List<Part> parts = new ArrayList<>();
    Map<Part, List<String>> statements = new EnumMap<>(Part.class);
    try (InputStream in = Files.newInputStream(folder.resolve(manifest.file()))) {
      GzipMember member;
      while ((member = GzipMember.next(in)) != null) {
        Part part = member.part();
        if (parts.isEmpty() || parts.get(parts.size() - 1) != part) {
          parts.add(part);
        }
        if (part != Part.DATA) {
          statements
              .computeIfAbsent(part, key -> new ArrayList<>())
              .add(new String(member.unpack(), StandardCharsets.UTF_8));
        }
      }
    }

    assertThat(parts)
        .containsSubsequence(
            Part.BEFORE_DATA,
            Part.DATA,
            Part.INDEX,
            Part.AFTER_DATA,
            Part.FOREIGN_KEY,
            Part.RIGHTS,
            Part.EVENT_TRIGGER);
    assertThat(statements.get(Part.INDEX))
        .hasSizeGreaterThan(10)
        .allMatch(sql -> sql.matches("(?s)CREATE (UNIQUE )?INDEX .*|ALTER TABLE .* ADD .*"))
        .noneMatch(sql -> sql.contains("app.events") || sql.contains("app.regions"));
    assertThat(statements.get(Part.FOREIGN_KEY))
        .hasSizeGreaterThan(3)
        .allMatch(sql -> sql.contains("FOREIGN KEY"));
    assertThat(statements.get(Part.EVENT_TRIGGER)).anyMatch(sql -> sql.contains("EVENT TRIGGER"));
  }

  @Test
  @DisplayName("by our own engine is a file that gunzip and psql load")
  void psqlLoadsIt() throws Exception {
    Target source = source(InstalledServer.MAJOR);
    Target copy = created(InstalledServer.MAJOR, "copy_psql");
    Manifest manifest = take(source, options(BackupEngine.Choice.JDBC));

    InstalledServer.get()
        .orElseThrow()
        .psql(copy.database(), "gunzip --stdout " + folder.resolve(manifest.file()));

    assertSameDump(source, copy);
    assertSameContent(manifest, source, copy);
  }

  /** Files, because a difference of files is shown as the few lines that it is. */
  private void assertSameDump(Target source, Target copy) throws Exception {
    Path expected = Files.write(folder.resolve("expected"), InstalledServer.dump(source));
    Path actual = Files.write(folder.resolve("actual"), InstalledServer.dump(copy));
    assertThat(actual).hasSameTextualContentAs(expected);
  }

  private static void assertSameContent(Manifest manifest, Target source, Target copy)
      throws SQLException {
    assertThat(manifest.rows()).isGreaterThan(7_000);
    assertThat(TableChecksums.of(copy, "test", 2, true)).isEqualTo(manifest.tables());
    for (Target one : List.of(source, copy)) {
      assertThat(sorted(one)).isEqualTo(sorted(source));
    }
    for (String query : List.of(SEQUENCES, LARGE_OBJECTS, POPULATED)) {
      assertThat(query(copy, query)).isNotEmpty().isEqualTo(query(source, query));
    }
  }

  /** The rows themselves, in order; the manifest's sums are our own invention. */
  private static List<String> sorted(Target target) throws SQLException {
    List<String> tables =
        query(
            target,
            "select format('%I.%I', schemaname, tablename) from pg_tables"
                + " where schemaname in ('app', 'public') order by 1");
    List<String> sums =
        query(
            target,
            tables.stream()
                .map(
                    table ->
                        "select '%1$s ' || md5(coalesce(string_agg(t::text, e'\\n' order by t::text), ''))"
                                .formatted(table.replace("'", "''"))
                            + " from only "
                            + table
                            + " t")
                .reduce((one, other) -> one + " union all " + other)
                .orElseThrow());
    return sums.stream().sorted().toList();
  }

  private static final String SEQUENCES =
      "select concat_ws(' ', schemaname, sequencename, last_value, start_value, increment_by,"
          + " min_value, max_value, cycle, cache_size) from pg_sequences order by 1";

  private static final String LARGE_OBJECTS =
      "select concat_ws(' ', oid, pg_get_userbyid(lomowner), md5(lo_get(oid)), lomacl,"
          + " obj_description(oid, 'pg_largeobject')) from pg_largeobject_metadata order by 1";

  private static final String POPULATED =
      "select matviewname || ' ' || ispopulated from pg_matviews order by 1";
}
