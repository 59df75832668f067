package dev.migrate.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.flywaydb.database.postgresql.PostgreSQLConfigurationExtension;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Stock Flyway, as an application starts it, with scripts of the online form")
class OnlineFlywayIT {
  private static final String TABLE = "create table item (id int primary key, a int);";

  @TempDir private Path folder;

  private ModelProject written() {
    ModelProject project =
        ModelProject.empty(folder)
            .online()
            .revision(1, TABLE, "drop table item;")
            .model(
                "create table item (id int primary key, a int unique,"
                    + " u uuid not null default gen_random_uuid());");
    project.generate("Change it", "none");
    return project;
  }

  private static Flyway flyway(ModelProject project, ScratchDatabase database, String target) {
    FluentConfiguration configuration =
        Flyway.configure(OnlineFlywayIT.class.getClassLoader())
            .dataSource(database.jdbcUrl(), database.user(), database.password())
            .locations("filesystem:" + project.folders().upgrade())
            .target(target);
    // What Spring Boot does for spring.flyway.postgresql.transactional-lock=false.
    configuration
        .getConfigurationExtension(PostgreSQLConfigurationExtension.class)
        .setTransactionalLock(false);
    return configuration.load();
  }

  private static void execute(ScratchDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int count(ScratchDatabase database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      result.next();
      return result.getInt(1);
    }
  }

  @Test
  @DisplayName("runs them; after one stopped half-way, repair and migrate finish it")
  void repaired() throws Exception {
    ModelProject project = written();
    try (ScratchDatabase database = TestPostgres.database("onlineflyway")) {
      flyway(project, database, "1").migrate();
      execute(database, "insert into item select i, i from generate_series(1, 4500) i");
      execute(database, "update item set a = 1 where id = 2"); // no unique index can be built
      Flyway flyway = flyway(project, database, "latest");
      assertThatThrownBy(flyway::migrate).hasMessageContaining("item_a_key");
      assertThat(count(database, "select count(*) from pg_index where not indisvalid")).isOne();
      execute(database, "update item set a = 2 where id = 2");
      assertThatThrownBy(flyway::migrate).isInstanceOf(FlywayValidateException.class);
      flyway.repair();
      flyway.migrate();
      flyway.validate();
      assertThat(count(database, "select count(*) from pg_index where not indisvalid")).isZero();
      assertThat(
              count(
                  database,
                  "select count(*) from pg_constraint where conname = 'item_a_key' and contype = 'u'"))
          .isOne();
      assertThat(count(database, "select count(distinct u) from item")).isEqualTo(4500);
      assertThat(count(database, "select count(*) from flyway_schema_history where not success"))
          .isZero();
      RevisionFiles files = project.files();
      Target target = Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
      try (LockedTarget locked =
          LockedTarget.open(target, "test", HistoryOptions.defaults(), Progress.SILENT)) {
        assertThat(files.graph().pending(locked.state(files).applied())).isEmpty();
      }
    }
  }
}
