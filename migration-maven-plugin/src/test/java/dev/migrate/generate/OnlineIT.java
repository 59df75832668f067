package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("generate -Dmigrate.online=true")
class OnlineIT {
  private static final String TABLE = "create table t (id int primary key, a int, b text);";

  @TempDir private Path folder;

  private ModelProject project(String model) {
    return ModelProject.empty(folder).online().revision(1, TABLE, "drop table t;").model(model);
  }

  private static List<RevisionFile> written(ModelProject project) {
    return ((GenerateResult.Written) project.generate("Change it", "none")).files();
  }

  private static Target target(ScratchDatabase database) {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  private static void upgrade(ModelProject project, ScratchDatabase database, String to) {
    RevisionFiles files = project.files();
    try (LockedTarget locked =
        LockedTarget.open(target(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), to));
    }
  }

  private static void downgrade(ModelProject project, ScratchDatabase database, String to) {
    RevisionFiles files = project.files();
    try (LockedTarget locked =
        LockedTarget.open(target(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      locked.downgrade(files, files.graph().downgrade(locked.state(files).applied(), to));
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
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getString(1);
    }
  }

  @Test
  @DisplayName("validates a check after the commit that added it, and limits how long it waits")
  void check() {
    List<RevisionFile> files =
        written(project(TABLE.replace("b text", "b text, constraint c check (a > 0)")));
    assertThat(files).hasSize(2);
    assertThat(files.get(0).upgrade().text())
        .contains("SET LOCAL lock_timeout", "CHECK (a > 0) NOT VALID;")
        .doesNotContain("VALIDATE");
    assertThat(files.get(1).upgrade().text())
        .contains("SET LOCAL lock_timeout", "VALIDATE CONSTRAINT c;");
    assertThat(files).allMatch(file -> file.upgrade().transactional());
  }

  @Test
  @DisplayName("builds an index concurrently, for any Flyway, and drops it so in the downgrade")
  void index() {
    RevisionFile file = written(project(TABLE + " create index i on t (a);")).get(0);
    assertThat(file.upgrade().text())
        .contains("-- transaction: none", "-- rerun:    safe", "CREATE INDEX CONCURRENTLY");
    assertThat(file.downgradeScript().text()).contains("DROP INDEX CONCURRENTLY");
    assertThat(Path.of(file.upgrade().path() + ".conf"))
        .content()
        .contains("executeInTransaction=false");
  }

  @Test
  @DisplayName("names what has no such form and keeps it")
  void noForm() {
    GenerateResult.Written written =
        (GenerateResult.Written)
            project(TABLE.replace("a int", "a bigint")).generate("Widen", "none");
    assertThat(written.files().get(0).upgrade().text())
        .contains("-- No online form: others wait while all of public.t is read or written.");
  }

  @Test
  @DisplayName("asks for the value of a new column, in a script that runs again once it is said")
  void fillIn() throws Exception {
    ModelProject project = project(TABLE.replace("b text", "b text, d int not null"));
    List<RevisionFile> files = written(project);
    try (ScratchDatabase database = TestPostgres.database("fillin")) {
      upgrade(project, database, "1");
      execute(database, "insert into t select i, i, 'x' from generate_series(1, 5000) i");
      MigrateException failure = ModelProject.failureOf(() -> upgrade(project, database, "head"));
      assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
      assertThat(failure.problem()).contains("It is not said which value public.t.d gets");
      assertThat(failure.remedy()).contains("goes on where it stopped");
      Path script = files.get(1).upgrade().path();
      String text = Files.readString(script);
      Files.writeString(
          script,
          text.replaceFirst("(?s)DO \\$\\$\nBEGIN\n  -- FILL IN.*?END\n\\$\\$;", "")
              .replace("NULL::integer", "a + 1"));
      upgrade(project, database, "head");
      assertThat(one(database, "select count(*) from t where d = a + 1")).isEqualTo("5000");
      downgrade(project, database, "1");
      upgrade(project, database, "head");
    }
  }

  @Test
  @DisplayName("replaces an index that a killed attempt left invalid, and keeps one that is valid")
  void killedIndex() throws Exception {
    ModelProject project = project(TABLE + " create index i on t (a);");
    written(project);
    try (ScratchDatabase database = TestPostgres.database("killedindex");
        Connection holder = database.connect()) {
      upgrade(project, database, "1");
      execute(database, "insert into t select i, i, 'x' from generate_series(1, 100) i");
      holder.setAutoCommit(false);
      try (Statement open = holder.createStatement()) {
        open.execute("update t set a = 0 where id = 1"); // the build waits for this transaction
      }
      Thread killer = killer(database, "%CREATE INDEX CONCURRENTLY%");
      MigrateException failure = ModelProject.failureOf(() -> upgrade(project, database, "head"));
      killer.join();
      assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
      holder.rollback();
      assertThat(one(database, "select indisvalid from pg_index where indexrelid = 'i'::regclass"))
          .isEqualTo("f");
      upgrade(project, database, "head");
      assertThat(
              one(
                  database,
                  "select string_agg(relname || indisvalid, ',') from pg_index join pg_class on"
                      + " pg_class.oid = indexrelid where indrelid = 't'::regclass and not"
                      + " indisprimary"))
          .isEqualTo("itrue");
    }
  }

  @Test
  @DisplayName("fills a column in batches: killed three times, each row is changed once")
  void killedBackfill() throws Exception {
    ModelProject project =
        project(TABLE.replace("b text", "b text, u uuid not null default gen_random_uuid()"));
    List<RevisionFile> files = written(project);
    assertThat(files.get(1).upgrade().text()).contains("SET u = gen_random_uuid()");
    try (ScratchDatabase database = TestPostgres.database("killedfill")) {
      upgrade(project, database, "1");
      execute(database, "insert into t select i, i, 'x' from generate_series(1, 100000) i");
      execute(
          database,
          "create table log (id int);"
              + " create function f() returns trigger language plpgsql as"
              + " $f$ begin insert into log values (new.id); return new; end $f$;"
              + " create trigger g after update on t for each row execute function f()");
      upgrade(project, database, files.get(0).id().toString());
      for (int row : List.of(20_000, 50_000, 80_000)) {
        // The walk waits at this row, so that it is killed there however fast the machine is.
        try (Connection holder = database.connect();
            Statement open = holder.createStatement()) {
          holder.setAutoCommit(false);
          open.execute("select from t where id = " + row + " for update");
          Thread killer = killer(database, "%<<walk>>%");
          MigrateException failure =
              ModelProject.failureOf(
                  () -> upgrade(project, database, files.get(1).id().toString()));
          killer.join();
          assertThat(failure.code()).isEqualTo(FailureCode.CONNECTION);
          holder.rollback();
        }
        assertThat(Integer.parseInt(one(database, "select count(*) from log")))
            .isBetween(row - 20_000, row - 1);
      }
      upgrade(project, database, "head");
      assertThat(one(database, "select count(*) || ' ' || count(distinct id) from log"))
          .isEqualTo("100000 100000");
      assertThat(one(database, "select count(*) from t where u is null")).isEqualTo("0");
    }
  }

  private static final String PARTITIONED =
      "create table ev (id int not null, d int not null, v text) partition by range (d);"
          + " create table ev_24 partition of ev for values from (24) to (25);";

  @Test
  @DisplayName("gives an index to partitions that the model does not know, at any depth")
  void unknownPartitions() throws Exception {
    ModelProject project =
        ModelProject.empty(folder)
            .online()
            .revision(1, PARTITIONED, "drop table ev;")
            .model(
                PARTITIONED
                    + " create unique index u on ev (id, d); create index w on ev (lower(v))"
                    + " where v is not null;");
    List<RevisionFile> files = written(project);
    assertThat(files).hasSize(1);
    try (ScratchDatabase database = TestPostgres.database("unknownparts")) {
      upgrade(project, database, "1");
      execute(
          database,
          "create table ev_26 partition of ev for values from (26) to (27);"
              + " create unique index mine on ev_26 (id, d);"
              + " create table ev_27 partition of ev for values from (27) to (28)"
              + " partition by list (id);"
              + " create table ev_27_1 partition of ev_27 for values in (1);"
              + " create table ev_27_x (v text, d int not null, id int not null);"
              + " alter table ev_27 attach partition ev_27_x default;"
              + " insert into ev values (5, 27, 'x'), (5, 27, 'x')");
      MigrateException failure = ModelProject.failureOf(() -> upgrade(project, database, "head"));
      assertThat(failure.problem()).contains("ev_27_x", "duplicate");
      assertThat(failure.remedy())
          .as("the script itself gives the others their index when it runs again")
          .startsWith("Mend what PostgreSQL names, then run mvn migrate:upgrade again");
      execute(database, "delete from ev where ctid = (select min(ctid) from ev)");
      upgrade(project, database, "head");
      assertThat(one(database, "select count(*) from pg_index where not indisvalid"))
          .isEqualTo("0");
      assertThat(
              one(database, "select count(*) from pg_partition_tree('u') where isleaf is not null"))
          .isEqualTo("6");
      assertThat(one(database, "select count(*) from pg_index where indrelid = 'ev_26'::regclass"))
          .isEqualTo("2"); // mine was taken
      downgrade(project, database, "1");
      upgrade(project, database, "head");
    }
  }

  @ParameterizedTest(name = "{0}")
  @ValueSource(strings = {"unique (id, d)", "primary key (id, d)"})
  @DisplayName("gives a key to partitions that the model does not know, at any depth")
  void keyOfUnknownPartitions(String key) throws Exception {
    ModelProject project =
        ModelProject.empty(folder)
            .online()
            .revision(1, PARTITIONED, "drop table ev;")
            .model(PARTITIONED + " alter table ev add constraint k " + key + ";");
    assertThat(written(project).get(0).upgrade().text())
        .contains("CREATE UNIQUE INDEX CONCURRENTLY", "USING INDEX", "ATTACH PARTITION")
        .doesNotContain("No online form");
    try (ScratchDatabase database = TestPostgres.database("unknownkey")) {
      upgrade(project, database, "1");
      execute(
          database,
          "create table ev_26 partition of ev for values from (26) to (27);"
              + " alter table ev_26 add "
              + key
              + "; create table ev_27 partition of ev for values from (27) to (28)"
              + " partition by list (id);"
              + " create table ev_27_1 partition of ev_27 for values in (1);"
              + " create table ev_27_x partition of ev_27 default;"
              + " insert into ev values (5, 24, 'x'), (5, 27, 'x'), (5, 27, 'x')");
      MigrateException failure = ModelProject.failureOf(() -> upgrade(project, database, "head"));
      assertThat(failure.problem()).contains("ev_27_x", "duplicate");
      execute(database, "delete from ev where d = 27 and ctid = (select min(ctid) from ev_27_x)");
      upgrade(project, database, "head");
      assertThat(one(database, "select count(*) from pg_index where not indisvalid"))
          .isEqualTo("0");
      assertThat(
              one(
                  database,
                  "select count(*) from pg_constraint where contype in ('p', 'u')"
                      + " and (conparentid <> 0 or conname = 'k')"))
          .isEqualTo("6");
      downgrade(project, database, "1");
      upgrade(project, database, "head");
    }
  }

  @Test
  @DisplayName("fails where a partition cannot have the index, and says that it is not valid")
  void foreignPartition() throws Exception {
    ModelProject project =
        ModelProject.empty(folder)
            .online()
            .revision(1, PARTITIONED, "drop table ev;")
            .model(PARTITIONED + " create index w on ev (v);");
    written(project);
    try (ScratchDatabase database = TestPostgres.database("foreignpart")) {
      upgrade(project, database, "1");
      execute(
          database,
          "create foreign data wrapper w; create server s foreign data wrapper w;"
              + " create foreign table ev_26 partition of ev for values from (26) to (27) server s");
      MigrateException failure = ModelProject.failureOf(() -> upgrade(project, database, "head"));
      assertThat(failure.code()).isEqualTo(FailureCode.SCRIPT_FAILED);
      assertThat(failure.problem()).contains("ev_26");
    }
  }

  /** Ends the session of a statement that waits for what somebody holds. */
  private static Thread killer(ScratchDatabase database, String like) {
    Thread killer =
        new Thread(
            () -> {
              try {
                String find =
                    "select max(pid) from pg_stat_activity where wait_event_type = 'Lock' and query like '"
                        + like
                        + "' and pid <> pg_backend_pid()";
                String pid = null;
                for (int i = 0; i < 12_000 && pid == null; i++) {
                  pid = one(database, find);
                  Thread.sleep(5);
                }
                execute(database, "select pg_terminate_backend(" + pid + ")");
              } catch (SQLException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    killer.start();
    return killer;
  }
}
