package dev.migrate.testing;

import dev.migrate.generate.ModelProject;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.flywaydb.core.Flyway;

/** A database that a project is deployed to: by the plugin, and by Flyway as it comes. */
public final class Deployed implements AutoCloseable {
  private final ScratchDatabase database;
  private final ModelProject project;

  private final HistoryOptions options;

  private Deployed(ScratchDatabase database, ModelProject project, HistoryOptions options) {
    this.database = database;
    this.project = project;
    this.options = options;
  }

  public static Deployed of(ModelProject project) {
    return new Deployed(TestPostgres.database("deployed"), project, HistoryOptions.defaults());
  }

  public static Deployed of(ModelProject project, Map<String, String> placeholders) {
    HistoryOptions usual = HistoryOptions.defaults();
    return new Deployed(
        TestPostgres.database("deployed"), project, usual.withPlaceholders(placeholders));
  }

  public ScratchDatabase database() {
    return database;
  }

  public Target target() {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  private LockedTarget locked() {
    return LockedTarget.open(target(), "test", options, Progress.SILENT);
  }

  public RunOutcome upgrade() {
    return upgrade(project.files());
  }

  public RunOutcome upgrade(RevisionFiles files) {
    try (LockedTarget locked = locked()) {
      return locked.upgrade(
          files, new UpgradeRequest("head", List.of(), false).plan(locked.state(files)));
    }
  }

  public RunOutcome downgrade(String to) {
    return downgrade(project.files(), to);
  }

  public RunOutcome downgrade(RevisionFiles files, String to) {
    try (LockedTarget locked = locked()) {
      return locked.downgrade(files, files.graph().downgrade(locked.state(files).applied(), to));
    }
  }

  public TargetState state() {
    return state(project.files());
  }

  public TargetState state(RevisionFiles files) {
    try (Connection connection = database.connect()) {
      return TargetState.of(
          files,
          HistoryReader.read(
              connection,
              HistoryTable.locate(connection, Optional.empty(), HistoryTable.DEFAULT_NAME)));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public Flyway flyway() {
    return Flyway.configure(Deployed.class.getClassLoader())
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("filesystem:" + project.folders().upgrade())
        .load();
  }

  public Schema schema() {
    try (Connection connection = database.connect()) {
      return new Introspector(Scope.standard()).read(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public void execute(String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  public String query(String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
