package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.target.Target;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A database with an extension that a superuser has installed")
class ExtensionRestoreIT {
  @TempDir Path folder;

  private final HeardBackup progress = new HeardBackup();
  private final List<String> warnings = progress.warnings();

  private static Target admin() throws Exception {
    Optional<InstalledServer> server = InstalledServer.get();
    Assumptions.assumeTrue(server.isPresent(), "PostgreSQL 15 is not installed: not judged by it");
    return server.get().target("postgres");
  }

  private static Target owned(Target admin, String name, String rights) throws Exception {
    execute(
        admin,
        "create role %s login password 'word' %s".formatted(name, rights),
        "create database %1$s owner %1$s".formatted(name));
    return Target.of(admin.withDatabase(name).jdbcUrl(), name, "word", "test");
  }

  private BackupOptions options(BackupEngine.Choice engine) {
    return BackupOptions.in(folder).with(engine).withChecksums();
  }

  private Manifest take(Target target, BackupEngine.Choice engine) {
    return new Backup(target, "test", "flyway_schema_history", options(engine), progress)
        .take(connection -> List.of());
  }

  @ParameterizedTest
  @CsvSource({"JDBC, createdb", "JDBC, nocreatedb", "PG_DUMP, createdb", "PG_DUMP, nocreatedb"})
  @DisplayName("is backed up and restored by its owner, who cannot touch the extension; it stays")
  void stays(BackupEngine.Choice engine, String rights) throws Exception {
    Target admin = admin();
    Target target = owned(admin, ("ext_" + engine + rights).toLowerCase(Locale.ROOT), rights);
    execute(
        target,
        "create schema tools",
        "create table t (i int primary key, w text)",
        "insert into t select i, 'w' from generate_series(1, 500) i");
    execute(
        admin.withDatabase(target.database()),
        "create extension pg_stat_statements schema tools",
        "comment on extension pg_stat_statements is 'the administrator''s'",
        "create extension pageinspect",
        "create extension pgcrypto",
        "grant select on tools.pg_stat_statements to public");
    execute(target, "create view seen as select 1 as n where exists (select from pg_extension)");
    Manifest manifest = take(target, engine);
    assertThat(manifest.complete()).isTrue();
    assertThat(manifest.superuserExtensions()).containsExactly("pageinspect", "pg_stat_statements");
    assertThat(warnings)
        .anySatisfy(
            text ->
                assertThat(text)
                    .contains("Only a superuser can bring back")
                    .contains("pageinspect, pg_stat_statements"));
    String extensions =
        "select extname, oid::text from pg_extension where extname like 'p%s%' order by 1";
    List<String> before = query(target, extensions.replace("extname, oid", "oid"));
    execute(target, "delete from t where i > 3", "create table extra (i int)");

    RestoreResult restored =
        Restoring.run(
            target,
            "test",
            options(engine),
            new RestoreOptions(true, false, true),
            progress,
            manifest.name());

    assertThat(restored.kept()).isEmpty();
    assertThat(restored.safetyBackup()).isPresent();
    assertThat(TableChecksums.of(target, "test", 1, true)).isEqualTo(manifest.tables());
    assertThat(query(target, extensions.replace("extname, oid", "oid"))).isEqualTo(before);
    assertThat(query(target, "select n from seen")).containsExactly("1");
    assertThat(
            query(
                target,
                "select obj_description(oid) from pg_extension where extname ="
                    + " 'pg_stat_statements'"))
        .containsExactly("the administrator's");
  }

  @Test
  @DisplayName("is restored elsewhere only where the extension is, and that is said before")
  void missing() throws Exception {
    Target admin = admin();
    Target target = owned(admin, "ext_source", "createdb");
    execute(admin.withDatabase("ext_source"), "create extension pageinspect");
    execute(target, "create table t (i int)", "insert into t values (1)");
    Manifest manifest = take(target, BackupEngine.Choice.JDBC);
    execute(admin, "create database ext_copy owner ext_source");
    Target copy = target.withDatabase("ext_copy");

    assertThatThrownBy(() -> restore(copy, manifest))
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> {
              assertThat(e.code()).isEqualTo(FailureCode.RESTORE_REFUSED);
              assertThat(e.remedy()).contains("CREATE EXTENSION pageinspect;");
            });
    execute(admin.withDatabase("ext_copy"), "create extension pageinspect");
    restore(copy, manifest);
    assertThat(query(copy, "select i from t")).containsExactly("1");

    execute(admin, "create database ext_super");
    restore(admin.withDatabase("ext_super"), manifest);
    assertThat(
            query(
                admin.withDatabase("ext_super"),
                "select extname from pg_extension where extname = 'pageinspect'"))
        .hasSize(1);
  }

  private RestoreResult restore(Target target, Manifest manifest) {
    return Restoring.run(
        target,
        "test",
        options(BackupEngine.Choice.JDBC),
        new RestoreOptions(false, false, true),
        progress,
        manifest.name());
  }

  @ParameterizedTest
  @CsvSource({"JDBC", "PG_DUMP"})
  @DisplayName("is backed up a second time only when something was written, or nobody verified it")
  void secondBackup(BackupEngine.Choice engine) throws Exception {
    Target admin = admin();
    Target target = owned(admin, ("state_" + engine).toLowerCase(Locale.ROOT), "");
    execute(
        target,
        "create table t (i int)",
        "insert into t values (1)",
        "create sequence s",
        "select nextval('s')");
    // Nothing of the server's own is to write in between.
    execute(admin, "alter system set autovacuum = off", "select pg_reload_conf()");
    Backup backup = new Backup(target, "test", "flyway_schema_history", options(engine), progress);
    final Manifest manifest = backup.take(connection -> List.of());
    assertThat(manifest.state()).isNotNull();
    assertThat(backup.ofThisVeryState()).as("nobody has verified it").isEmpty();
    new BackupFolder(folder).write(manifest.verifiedAt(Instant.now()));

    query(target, "select * from t");
    assertThat(backup.ofThisVeryState().map(Manifest::name)).contains(manifest.name());

    query(target, "select nextval('s')");
    assertThat(backup.ofThisVeryState()).as("a sequence moved").isEmpty();
    final Manifest second = backup.take(connection -> List.of());
    new BackupFolder(folder).write(second.verifiedAt(Instant.now()));
    assertThat(backup.ofThisVeryState().map(Manifest::name)).contains(second.name());
    execute(target, "update t set i = 1");
    assertThat(backup.ofThisVeryState()).as("a row was written").isEmpty();
    execute(admin, "alter system reset autovacuum", "select pg_reload_conf()");
  }

  @Test
  @DisplayName("has no mark of its state while somebody writes")
  void writing() throws Exception {
    Target target = owned(admin(), "state_writing", "");
    execute(target, "create table t (i int)");
    try (Connection other = target.connectForScripts("test")) {
      other.setAutoCommit(false);
      Queries.execute(other, "insert into t values (1)");
      Manifest during = take(target, BackupEngine.Choice.JDBC);
      other.commit();
      new BackupFolder(folder).write(during.verifiedAt(Instant.now()));
      assertThat(
              new Backup(
                      target,
                      "test",
                      "flyway_schema_history",
                      options(BackupEngine.Choice.JDBC),
                      progress)
                  .ofThisVeryState())
          .isEmpty();
    }
  }
}
