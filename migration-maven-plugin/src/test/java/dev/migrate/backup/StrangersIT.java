package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.generate.ModelFromDatabase;
import dev.migrate.goal.Goals;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.rehearse.Rehearsal;
import dev.migrate.rehearse.RehearsalResult;
import dev.migrate.replay.ScratchSource;
import dev.migrate.scratch.BorrowedScratch;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.scratch.Sandbox;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A database whose owner is hostile and no superuser, and goals that a superuser runs: wherever
 * code of the owner's can stand, it tries to run a program and to make its owner a superuser, and
 * resets the role before. Nothing of that may come off, on the target's server or on that of the
 * scratch.
 */
@DisplayName("The code of a stranger in a target")
class StrangersIT {
  private static final String HOSTILE = "hostile_owner";

  @TempDir Path root;

  /** Where programs would leave their mark: everybody may write there. */
  private Path marks;

  @BeforeEach
  void marks() throws IOException {
    marks = Files.createTempDirectory("marks");
    Files.setPosixFilePermissions(marks, PosixFilePermissions.fromString("rwxrwxrwx"));
  }

  @AfterEach
  void nothingCameOff() throws IOException {
    try (Stream<Path> found = Files.list(marks)) {
      List<String> seen = found.map(path -> path.getFileName().toString()).sorted().toList();
      for (String one : seen) {
        Files.delete(marks.resolve(one));
      }
      Files.delete(marks);
      assertThat(seen).as("places whose code ran as a superuser").isEmpty();
    }
  }

  /** What the owner does, as himself. */
  private String objects() {
    return """
        create schema s;
        create function s.attack(place text) returns boolean language plpgsql as $body$
        begin
          begin
            perform pg_catalog.set_config('session_authorization', 'default', false);
          exception when others then null;
          end;
          begin
            perform pg_catalog.set_config('role', 'none', false);
          exception when others then null;
          end;
          begin
            execute 'copy (select 1) to program ' || pg_catalog.quote_literal(
              'touch %1$s/' || place || '-as-' || session_user);
          exception when others then null;
          end;
          begin
            execute 'alter role %2$s superuser';
          exception when others then null;
          end;
          return true;
        end $body$;
        create function s.quiet(place text) returns int immutable language plpgsql as
          $body$ begin perform s.attack(place); return 1; end $body$;
        create function s.quiet(place text, v anyelement) returns int immutable language plpgsql as
          $body$ begin perform s.attack(place); return 1; end $body$;
        create table s.checked (v int check (s.attack('check')));
        create table s.constant (v int, check (s.quiet('check-constant') = 1));
        create table s.defaulted (v int default s.quiet('default'), w int);
        create table s.generated (v int, g int generated always as (s.quiet('generated', v)) stored);
        create table s.indexed (v int);
        create index indexed_1 on s.indexed ((v + s.quiet('index-constant')));
        create index indexed_2 on s.indexed ((s.quiet('index', v)));
        create index indexed_3 on s.indexed (v) where s.quiet('predicate') = 1;
        create table s.secured (v int);
        create policy p on s.secured using (s.attack('policy'));
        alter table s.secured enable row level security;
        create table s.triggered (v int);
        create function s.fire() returns trigger language plpgsql as
          $body$ begin perform s.attack('trigger'); return new; end $body$;
        create trigger fires before insert or update or delete on s.triggered
          for each row execute function s.fire();
        create table s.ruled (v int);
        create rule r as on insert to s.ruled do also select s.attack('rule');
        create view s.seen as select s.attack('view') as v;
        create materialized view s.kept as select s.attack('materialized view') as v;
        create domain s.positive as int check (s.attack('domain'));
        create table s.domains (v s.positive);
        create type s.pair as (a int, b int);
        create function s.told(s.pair) returns text immutable language plpgsql as
          $body$ begin perform s.attack('cast'); return 'x'; end $body$;
        create cast (s.pair as text) with function s.told(s.pair);
        create table s.pairs (v s.pair);
        create function s.told(s.indexed) returns text immutable language plpgsql as
          $body$ begin perform s.attack('cast of a row'); return 'x'; end $body$;
        create cast (s.indexed as text) with function s.told(s.indexed);
        create function s.step(int, int) returns int immutable language plpgsql as
          $body$ begin perform s.attack('aggregate'); return 1; end $body$;
        create aggregate s.total(int) (sfunc = s.step, stype = int, initcond = '0');
        create view s.totals as select s.total(v) as v from s.indexed;
        create table s.parts (v int) partition by list ((s.quiet('partition', v)));
        create table s.part_1 partition of s.parts for values in (1);
        create function s.compare(int, int) returns int immutable language plpgsql as
          $body$ begin perform s.attack('operator class'); return case when $1 < $2 then -1
            when $1 = $2 then 0 else 1 end; end $body$;
        create table s.classed (v int);
        create function s.apart(int, int) returns double precision immutable language plpgsql as
          $body$ begin perform s.attack('distance in a range'); return $1 - $2; end $body$;
        create type s.span as range (subtype = int, subtype_diff = s.apart);
        create table s.spans (v s.span);
        create index spans_1 on s.spans using gist (v);
        insert into s.spans select s.span(n, n + 5) from pg_catalog.generate_series(1, 5) n;
        create publication told for table s.indexed;
        comment on table s.indexed is E'x\\n\\\\! touch %1$s/comment\\n\\\\.\\n;copy (select 1) to program \\'touch %1$s/program\\'';
        insert into s.checked values (1), (2);
        insert into s.constant values (1);
        insert into s.defaulted (w) values (1);
        insert into s.generated values (1);
        insert into s.indexed values (1), (2);
        insert into s.secured values (1);
        insert into s.triggered values (1);
        insert into s.ruled values (1);
        insert into s.domains values (1);
        insert into s.pairs values (row(1, 2));
        insert into s.parts values (5);
        insert into s.classed values (1), (2), (3)
        """
        .formatted(marks, HOSTILE);
  }

  /** A database of the server's that the hostile role owns; the superuser has helped. */
  private Target hostile(Target server, String name, boolean eventTrigger) throws Exception {
    if (query(server, "select rolname from pg_roles where rolname = '" + HOSTILE + "'").isEmpty()) {
      execute(server, "create role " + HOSTILE + " login password 'hostile'");
    }
    execute(
        server,
        "drop database if exists " + name,
        "create database " + name + " template template0 encoding 'UTF8' owner " + HOSTILE);
    Target superuser = server.withDatabase(name);
    Target owner = Target.of(superuser.jdbcUrl(), HOSTILE, "hostile", "test");
    execute(owner, objects());
    execute(
        superuser,
        "create operator class s.own for type int using btree as operator 1 <, operator 2 <=,"
            + " operator 3 =, operator 4 >=, operator 5 >, function 1 s.compare(int, int)",
        "alter operator class s.own using btree owner to " + HOSTILE);
    if (!query(server, "select 1 where current_setting('server_version_num')::int >= 140000")
        .isEmpty()) {
      execute(
          owner,
          "create statistics s.counted on (v + s.quiet('statistics')), (v + 1) from s.indexed");
    }
    execute(owner, "create index classed_1 on s.classed (v s.own)");
    if (eventTrigger) {
      hear(owner, superuser);
    }
    try (Stream<Path> found = Files.list(marks)) {
      for (Path one : found.toList()) {
        Files.delete(one); // of the superuser who has helped
      }
    }
    requireHarmless(server);
    return superuser;
  }

  private static void hear(Target owner, Target superuser) throws Exception {
    execute(
        owner,
        "create function s.hear() returns event_trigger language plpgsql as"
            + " $body$ begin perform s.attack('event trigger'); end $body$");
    execute(superuser, "create event trigger hears on ddl_command_end execute function s.hear()");
  }

  private static void requireHarmless(Target server) throws Exception {
    execute(server, "alter role " + HOSTILE + " nosuperuser");
  }

  private static void assertHarmless(Target server) throws Exception {
    assertThat(query(server, "select rolsuper from pg_roles where rolname = '" + HOSTILE + "'"))
        .containsExactly("f");
  }

  private static Target server(int major) throws Exception {
    if (major == InstalledServer.MAJOR) {
      Optional<InstalledServer> installed = InstalledServer.get();
      Assumptions.assumeTrue(installed.isPresent(), "PostgreSQL 15 is not installed here");
      return installed.get().target("postgres");
    }
    var address = TestPostgres.server(PostgresVersion.of(String.valueOf(major))).address();
    return Target.of(
        address.jdbcUrl("postgres"), address.user(), address.password(), "test server " + major);
  }

  /** A server of our own; or for PostgreSQL 15, of which there is none, the superuser's, lent. */
  private static Sandbox sandbox(int major) throws Exception {
    Scratch scratch =
        major == InstalledServer.MAJOR
            ? BorrowedScratch.on(server(major).jdbcUrl(), "postgres", "secret word")
            : TestPostgres.server(PostgresVersion.of(String.valueOf(major)));
    return scratch.sandbox();
  }

  private BackupOptions options(BackupEngine.Choice engine, boolean plain) {
    BackupOptions usual = BackupOptions.in(root).with(engine).withChecksums();
    return new BackupOptions(
        usual.folder(),
        usual.engine(),
        plain,
        usual.level(),
        usual.jobs(),
        usual.pgDump(),
        usual.command(),
        usual.checksums(),
        usual.incomplete());
  }

  @ParameterizedTest(name = "PostgreSQL {0}, {1}, plain: {2}")
  @CsvSource({
    "13, JDBC, false",
    "13, PG_DUMP, false",
    "15, JDBC, false",
    "15, PG_DUMP, false",
    "15, PG_DUMP, true",
    "18, JDBC, false"
  })
  @DisplayName("runs without power when a backup is taken and verified")
  void backup(int major, BackupEngine.Choice engine, boolean plain) throws Exception {
    Assumptions.assumeTrue(
        engine == BackupEngine.Choice.JDBC || InstalledServer.get().isPresent(), "no pg_dump here");
    Target server = server(major);
    Target target = hostile(server, "hostile_backup", true);
    BackupOptions options = options(engine, plain);

    Manifest taken =
        new Backup(target, "test", "flyway_schema_history", options, BackupProgress.SILENT)
            .take(connection -> List.of("1"));
    Manifest verified =
        new BackupVerification(sandbox(major), options, BackupProgress.SILENT).verify(taken);

    assertThat(verified.verifiedAt()).isPresent();
    assertHarmless(server);
  }

  @ParameterizedTest(name = "PostgreSQL {0}")
  @CsvSource({"13", "15", "18"})
  @DisplayName("runs without power when revisions are rehearsed that set all of it off")
  void rehearsal(int major) throws Exception {
    Target server = server(major);
    RevisionFolders folders = RevisionFolders.of(root);
    Files.createDirectories(folders.upgrade());
    Files.createDirectories(folders.downgrade());
    Files.writeString(folders.upgrade().resolve("V1__a.sql"), "create table public.a (v int);");
    Target target = hostile(server, "hostile_rehearsal", false);
    RevisionFiles first = RevisionFiles.read(folders, MissingFolder.REFUSE);
    Target owner = Target.of(target.jdbcUrl(), HOSTILE, "hostile", "test");
    execute(
        server.withDatabase("hostile_rehearsal"), "grant create on schema public to " + HOSTILE);
    HistoryOptions options = HistoryOptions.defaults();
    execute(owner, "create table public.a (v int)");
    try (LockedTarget locked = LockedTarget.open(owner, "test", options, Progress.SILENT)) {
      locked.stamp(first, first.graph().stamp(locked.state(first).applied(), "1"), false);
    }
    hear(owner, target);
    Files.writeString(
        folders.upgrade().resolve("V2__b.sql"),
        "insert into s.checked values (3); insert into s.constant values (3);"
            + " insert into s.defaulted (w) values (3); insert into s.generated values (3);"
            + " insert into s.indexed values (3); insert into s.triggered values (3);"
            + " insert into s.ruled values (3); insert into s.domains values (3);"
            + " insert into s.parts values (6);"
            + " refresh materialized view s.kept; create table s.fresh (v int);");
    RevisionFiles files = RevisionFiles.read(folders, MissingFolder.REFUSE);

    DatabaseCopy copy =
        new DatabaseCopy(
            target, "test", options.table(), root.resolve("work"), BackupProgress.SILENT);
    try (ScratchDatabase database = copy.into(sandbox(major), 0)) {
      RehearsalResult seen =
          new Rehearsal(DatabaseCopy.target(database), "test", files, options, Progress.SILENT)
              .run(
                  state -> state.graph().upgrade(state.applied(), "head"),
                  target.toString(),
                  0,
                  Duration.ofMillis(1));
      assertThat(seen.runs().get(0).failed()).isEmpty();
    }
    assertHarmless(server);
  }

  @Test
  @DisplayName("runs without power when the database is looked at, compared and verified")
  void looks() throws Exception {
    Target server = server(InstalledServer.MAJOR);
    Target target = hostile(server, "hostile_looks", true);
    RevisionFolders folders = RevisionFolders.of(root);
    Files.createDirectories(folders.upgrade());
    Files.createDirectories(root.resolve("target"));
    Files.writeString(folders.upgrade().resolve("V1__a.sql"), "create table public.a (v int);");
    Goals goals =
        new Goals(
            root,
            Map.of(
                "url", target.jdbcUrl(),
                "user", "postgres",
                "password", "secret word",
                "scratchUrl", server.jdbcUrl(),
                "scratchUser", "postgres",
                "scratchPassword", "secret word"));
    for (String line :
        List.of(
            "current",
            "diff from=target to=head",
            "diff from=head to=target",
            "lint",
            "rehearse",
            "backup backupEngine=jdbc backupVerify=true")) {
      goals.run(line);
    }
    assertThat(goals.run("diff from=target to=head")).anyMatch(line -> line.contains("spans"));
    assertThatThrownBy(() -> goals.run("verify verifyTarget=true skipChecks=data"))
        .hasMessageContaining("Failed: ");
    assertHarmless(server);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({"JDBC", "PG_DUMP"})
  @DisplayName("gets no power when the owner restores a backup that a superuser has taken")
  void restored(BackupEngine.Choice engine) throws Exception {
    Target server = server(InstalledServer.MAJOR);
    Target target = hostile(server, "hostile_restored", false);
    execute(target, "drop operator family s.own using btree cascade");
    BackupOptions options = options(engine, false);
    Manifest taken =
        new Backup(target, "test", "flyway_schema_history", options, BackupProgress.SILENT)
            .take(connection -> List.of("1"));
    execute(
        server,
        "drop database if exists hostile_empty",
        "create database hostile_empty template template0 encoding 'UTF8' owner " + HOSTILE);
    Target owner =
        Target.of(server.withDatabase("hostile_empty").jdbcUrl(), HOSTILE, "hostile", "the owner");
    Restoring.run(
        owner,
        "test",
        options,
        new RestoreOptions(false, false, false),
        BackupProgress.SILENT,
        taken.name());
    assertThat(query(owner, "select v::text from s.spans limit 1")).hasSize(1);
    assertHarmless(server);
  }

  @Test
  @DisplayName("runs without power when a project is begun from the database")
  void init() throws Exception {
    Target server = server(PostgresVersion.DEFAULT.major());
    Target target = hostile(server, "hostile_init", false);
    RevisionFolders folders = RevisionFolders.of(root);
    ScratchSource scratchSource =
        new ScratchSource.Embedded(TestPostgres.installation(), root.resolve("scratch"));

    ModelFromDatabase.Adopted adopted =
        new ModelFromDatabase(scratchSource, HistoryOptions.defaults(), Scope.standard())
            .run(
                target,
                RevisionFiles.read(folders, MissingFolder.ALLOW),
                root.resolve("schema.sql"));

    assertThat(adopted.revision().upgrade().text()).contains("attack");
    assertHarmless(server);
  }
}
