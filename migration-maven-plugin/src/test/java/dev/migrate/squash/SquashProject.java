package dev.migrate.squash;

import dev.migrate.generate.GenerateResult;
import dev.migrate.generate.ModelProject;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.StampOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;

/** A project whose history is squashed, and the databases that have run some of it. */
final class SquashProject implements AutoCloseable {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

  private final Path root;
  private final ModelProject project;
  private final List<ScratchDatabase> databases = new ArrayList<>();

  private SquashProject(Path root) {
    this.root = root;
    this.project = ModelProject.at(root);
  }

  /** Tables that refer to each other, with rows and a sequence that has moved on. */
  static SquashProject ofFiveRevisions(Path root) {
    return new SquashProject(root)
        .revision(
            1,
            "CREATE TABLE kind (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, name text NOT"
                + " NULL, parent int REFERENCES kind);",
            "DROP TABLE kind;")
        .revision(
            2,
            "INSERT INTO kind (name) VALUES ('it''s'), ('laptop'), (E'back\\\\slash');\n"
                + "UPDATE kind SET parent = 3 WHERE id = 2;",
            "DELETE FROM kind;")
        .revision(
            3,
            "CREATE TABLE thing (id bigint PRIMARY KEY, kind int REFERENCES kind, tags text[]);\n"
                + "INSERT INTO thing VALUES (7, 2, '{a,\"b c\"}'), (8, NULL, NULL);",
            "DROP TABLE thing;")
        .revision(4, "ALTER TABLE thing ADD COLUMN note text;", "ALTER TABLE thing DROP note;")
        .revision(5, "CREATE TABLE last (id int);", "DROP TABLE last;");
  }

  /**
   * Proves on servers of its own, as projects do that configure nothing, and not that of all tests.
   */
  SquashProject onOwnServers() {
    project.onOwnServers();
    return this;
  }

  /** The same scripts and archives in another folder; no database. */
  SquashProject copy(Path other) {
    for (String part : List.of("src", "archive")) {
      for (String name : names(part)) {
        Path file = root.resolve(part).resolve(name);
        write(other.resolve(root.relativize(file)), ModelProject.read(file));
      }
    }
    return new SquashProject(other);
  }

  SquashProject revision(int number, String upgrade, String downgrade) {
    project.revision(number, upgrade, downgrade);
    return this;
  }

  SquashProject file(String name, String text) {
    write(root.resolve(name), text);
    return this;
  }

  SquashProject model(String sql) {
    project.model(sql);
    return this;
  }

  GenerateResult generate(String message) {
    return project.generate(message);
  }

  RevisionFolders folders() {
    return project.folders();
  }

  RevisionFiles files() {
    return project.files();
  }

  SquashResult squash(String to) {
    return squash(to, Optional.empty(), false);
  }

  SquashResult squash(String to, Optional<TargetState> state, boolean dryRun) {
    return squashWithArchive(root.resolve("archive")).run(to, state, "", dryRun);
  }

  SquashHistory squashWithArchive(Path archive) {
    return new SquashHistory(
        project.scratchSource(),
        files(),
        HistoryOptions.defaults(),
        archive,
        project.progress(),
        CLOCK);
  }

  /** An empty database, which goes with this project. */
  ScratchDatabase database() {
    return goesWithThis(TestPostgres.database("squash"));
  }

  /** One that has run the revisions, to be copied. */
  ScratchDatabase upgraded(String to) {
    ScratchDatabase database = database();
    upgrade(database, files(), to);
    return database;
  }

  /** A copy of a database to which nobody is connected. */
  ScratchDatabase database(ScratchDatabase template) {
    return goesWithThis(TestPostgres.server().database("squash", template));
  }

  private ScratchDatabase goesWithThis(ScratchDatabase database) {
    databases.add(database);
    return database;
  }

  @Override
  public void close() {
    databases.forEach(ScratchDatabase::close);
  }

  static Target target(ScratchDatabase database) {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "the test");
  }

  void upgrade(ScratchDatabase database, RevisionFiles files, String to) {
    try (LockedTarget locked =
        LockedTarget.open(target(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      TargetState state = locked.state(files);
      state.require().upgradable();
      locked.upgrade(files, files.graph().upgrade(state.applied(), to));
    }
  }

  StampOutcome stamp(ScratchDatabase database, String to) {
    try (LockedTarget locked =
        LockedTarget.open(target(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      TargetState state = locked.state(files());
      return locked.stamp(files(), state.graph().stamp(state.known(), to), false);
    }
  }

  void downgrade(ScratchDatabase database, RevisionFiles files, String to) {
    try (LockedTarget locked =
        LockedTarget.open(target(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      TargetState state = locked.state(files);
      state.require().downgradable();
      locked.downgrade(files, files.graph().downgrade(state.applied(), to));
    }
  }

  TargetState state(ScratchDatabase database) {
    try (Connection connection = database.connect()) {
      HistoryTable table =
          HistoryTable.locate(connection, Optional.empty(), HistoryTable.DEFAULT_NAME);
      return TargetState.of(files(), HistoryReader.read(connection, table));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> states(ScratchDatabase database) {
    return state(database).states().stream().map(one -> one.id() + " " + one.status()).toList();
  }

  /** The files as the archive has them. */
  RevisionFiles archived(int version) {
    Path folder = root.resolve("archive/" + version);
    return RevisionFiles.read(
        new RevisionFolders(
            root, List.of(folder.resolve("migration")), List.of(folder.resolve("undo"))),
        MissingFolder.REFUSE);
  }

  static Schema schema(ScratchDatabase database) {
    try (Connection connection = database.connect()) {
      return new Introspector(Scope.standard()).read(connection);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static List<String> query(ScratchDatabase database, String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      List<String> rows = new ArrayList<>();
      while (result.next()) {
        rows.add(result.getString(1));
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  static void execute(ScratchDatabase database, String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  List<String> names(String folder) {
    Path path = root.resolve(folder);
    if (!Files.exists(path)) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(path)) {
      return all.filter(Files::isRegularFile)
          .map(file -> path.relativize(file).toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Flyway flyway(ScratchDatabase database, String... ignored) {
    return Flyway.configure()
        .dataSource(database.jdbcUrl(), database.user(), database.password())
        .locations("filesystem:" + project.folders().upgrade())
        .ignoreMigrationPatterns(ignored)
        .load();
  }
}
