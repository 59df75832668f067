package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Introspector;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Flips bits of every kind of backup file and cuts them off: {@code -Dcorruptions=50} of each, one
 * by default; {@code -Dcorruptions.seed} for others.
 */
@DisplayName("A backup that was damaged")
class CorruptBackupIT {
  private static final int TRIES = Integer.getInteger("corruptions", 1);
  private static final long SEED = Long.getLong("corruptions.seed", 3);

  @TempDir Path folder;

  /** What is damaged. */
  enum Kind {
    PIECES,
    ARCHIVE,
    PLAIN_SQL,
    MANIFEST;

    BackupOptions options(Path folder) {
      return new BackupOptions(
          folder,
          this == ARCHIVE || this == PLAIN_SQL
              ? BackupEngine.Choice.PG_DUMP
              : BackupEngine.Choice.JDBC,
          this == PLAIN_SQL,
          6,
          2,
          null,
          List.of(),
          true,
          false);
    }
  }

  /** What became of it. */
  enum Outcome {
    REFUSED_BEFORE,
    FAILED_UNTOUCHED,
    EXACT,
    DIFFERENT
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  @DisplayName("comes back exactly or not at all, also when its checksum says that it is undamaged")
  void damaged(Kind kind) throws Exception {
    Optional<InstalledServer> server = InstalledServer.get();
    Assumptions.assumeTrue(server.isPresent(), "PostgreSQL 15 is not installed: not judged by it");
    Target admin = server.get().target("postgres");
    String name = "corrupt_" + kind.name().toLowerCase(Locale.ROOT);
    execute(admin, "create database " + name, "create database " + name + "_copy");
    Target source = admin.withDatabase(name);
    execute(
        source,
        "create table a (i int primary key, w text not null default 'word')",
        "insert into a select i, md5(i::text) from generate_series(1, 400) i",
        "create table b (i int references a, n numeric check (n < 1000))",
        "insert into b select i, i * 1.5 from generate_series(1, 400) i",
        "create index on b (n)",
        "create sequence s start 77",
        "select nextval('s')",
        "create view v as select a.w, b.n from a join b using (i)",
        "comment on table a is 'all of them'",
        "select lo_from_bytea(4711, 'large')");
    final List<String> wanted = picture(source);
    BackupOptions options = kind.options(folder);
    final Manifest manifest =
        new Backup(source, "test", "flyway_schema_history", options, BackupProgress.SILENT)
            .take(connection -> List.of());
    Path data = folder.resolve(manifest.file());
    Path description = folder.resolve(manifest.name() + ManifestFile.EXTENSION);
    Path file = kind == Kind.MANIFEST ? description : data;
    final byte[] whole = Files.readAllBytes(file);
    final byte[] described = Files.readAllBytes(description);
    Target copy = admin.withDatabase(name + "_copy");

    Random random = new Random(SEED);
    Map<Outcome, Integer> honest = new EnumMap<>(Outcome.class);
    Map<Outcome, Integer> forged = new EnumMap<>(Outcome.class);
    Map<Outcome, Integer> resealed = new EnumMap<>(Outcome.class);
    for (int i = 0; i < 2 * TRIES; i++) {
      byte[] damaged = i < TRIES ? flipped(whole, random) : cut(whole, random);
      Files.write(file, damaged);
      honest.merge(outcome(copy, options, manifest, wanted), 1, Integer::sum);
      if (kind != Kind.MANIFEST) {
        String sum = PgDump.checksum(data);
        String text =
            new String(described, StandardCharsets.UTF_8)
                .replace(manifest.sha256(), sum)
                .replace("\"bytes\": " + manifest.bytes(), "\"bytes\": " + damaged.length);
        Files.writeString(description, text);
        forged.merge(outcome(copy, options, manifest, wanted), 1, Integer::sum);
        Files.write(description, ManifestFile.write(of(manifest, damaged.length, sum)));
        resealed.merge(outcome(copy, options, manifest, wanted), 1, Integer::sum);
        Files.write(description, described);
      }
    }

    System.out.printf(
        "%s, %d flips and %d cuts: %s; with a forged checksum %s; with the manifest sealed anew %s%n",
        kind, TRIES, TRIES, honest, forged, resealed);
    assertThat(honest).doesNotContainKeys(Outcome.DIFFERENT, Outcome.FAILED_UNTOUCHED);
    assertThat(forged).doesNotContainKeys(Outcome.DIFFERENT, Outcome.FAILED_UNTOUCHED);
    assertThat(resealed).doesNotContainKey(Outcome.DIFFERENT);
  }

  private static Manifest of(Manifest one, long bytes, String sum) {
    return new Manifest(
        one.format(),
        one.name(),
        one.file(),
        one.layout(),
        one.engine(),
        one.tool(),
        one.database(),
        one.server(),
        one.serverVersion(),
        one.serverMajor(),
        one.revisions(),
        one.historyTable(),
        one.fingerprint(),
        one.tables(),
        one.roles(),
        one.warnings(),
        bytes,
        sum,
        one.created(),
        one.millis(),
        one.verified(),
        one.superuserExtensions(),
        one.state());
  }

  private static byte[] flipped(byte[] whole, Random random) {
    byte[] damaged = whole.clone();
    damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
    return damaged;
  }

  private static byte[] cut(byte[] whole, Random random) {
    return Arrays.copyOf(whole, random.nextInt(whole.length));
  }

  /** Restores into an empty database, and looks at what is there afterwards. */
  private static Outcome outcome(
      Target copy, BackupOptions options, Manifest manifest, List<String> wanted)
      throws SQLException, IOException {
    List<String> databases = databases(copy);
    try {
      Restoring.run(
          copy,
          "test",
          options,
          new RestoreOptions(false, false, true),
          BackupProgress.SILENT,
          manifest.name());
    } catch (MigrateException e) {
      assertThat(databases(copy)).isEqualTo(databases);
      assertThat(query(copy, "select count(*) from pg_class where oid > 16384"))
          .containsExactly("0");
      return e.code() == FailureCode.RESTORE_FAILED
          ? Outcome.FAILED_UNTOUCHED
          : Outcome.REFUSED_BEFORE;
    }
    List<String> now = picture(copy);
    execute(
        copy.withDatabase("postgres"),
        "drop database " + copy.database(),
        "create database " + copy.database());
    if (now.equals(wanted)) {
      return Outcome.EXACT;
    }
    for (int i = 0; i < Math.min(now.size(), wanted.size()); i++) {
      if (!now.get(i).equals(wanted.get(i))) {
        System.out.println("different: " + now.get(i) + " instead of " + wanted.get(i));
      }
    }
    return Outcome.DIFFERENT;
  }

  private static List<String> databases(Target target) throws SQLException {
    return query(target.withDatabase("postgres"), "select datname from pg_database order by 1");
  }

  /** Schema with owners and privileges, rows, positions of sequences, large objects. */
  private static List<String> picture(Target target) throws SQLException {
    List<String> picture = new ArrayList<>();
    try (Connection connection = target.connect("test")) {
      picture.add(new Introspector(JdbcDump.everything()).read(connection).fingerprint());
    }
    TableChecksums.of(target, "test", 1, true).forEach(table -> picture.add(table.toString()));
    picture.addAll(query(target, "select sequencename || last_value from pg_sequences"));
    picture.addAll(
        query(
            target,
            "select oid || ' ' || md5(lo_get(oid)) from pg_largeobject_metadata order by oid"));
    return picture;
  }
}
