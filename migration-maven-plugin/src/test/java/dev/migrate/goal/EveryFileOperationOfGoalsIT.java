package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.BackupFolder;
import dev.migrate.backup.Manifest;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.LastOperation;
import dev.migrate.files.LastOperation.Ended;
import dev.migrate.files.LastOperation.Moment;
import dev.migrate.files.Points;
import dev.migrate.files.ProjectTree;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.testing.Sample;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole goals with their databases, ended at file operations, or refused by the disk from there on,
 * and run again: at a few of them, at all with {@code -DfileOperations=all} (some minutes). What
 * they write with the {@code RevisionWriter} is ended at all points elsewhere, without databases.
 */
@DisplayName("Goals, ended or refused at file operations and run again")
class EveryFileOperationOfGoalsIT {
  private static final String TABLE = "create table asset (id bigint primary key, name text);\n";
  private static final String UP = "src/main/resources/db/migration/";
  private static final String DOWN = "src/main/resources/db/undo/";
  private static final String MODEL = "src/main/database/schema.sql";

  @TempDir private Path directory;

  private int places;

  /** A goal, with what is there before it. */
  enum Run {
    GENERATE("generate") {
      @Override
      void prepare(Place place) throws IOException {
        place.revision(1, TABLE, "drop table asset;");
        place.file(MODEL, TABLE.replace(");", ", tag text);"));
      }

      @Override
      Goal goal() {
        return super.goal().with("message", "Add tag");
      }
    },
    GENERATE_ONLINE("generate") {
      @Override
      void prepare(Place place) throws IOException {
        place.revision(1, TABLE, "drop table asset;");
        place.file(
            MODEL, TABLE.replace(");", ", tag text);\ncreate index by_name on asset (name);"));
      }

      @Override
      Goal goal() {
        return super.goal().with("message", "Add tag").with("online", "true");
      }
    },
    INIT_FROM_DATABASE("init") {
      @Override
      void prepare(Place place) throws SQLException {
        place.execute(TABLE);
      }
    },
    INIT_FROM_REVISIONS("init") {
      @Override
      void prepare(Place place) throws IOException {
        place.revision(1, TABLE, "drop table asset;");
        place.revision(2, "alter table asset add tag text;", "alter table asset drop tag;");
      }
    },
    INIT_FROM_NOTHING("init") {
      @Override
      void prepare(Place place) {}
    },
    SQUASH("squash") {
      @Override
      void prepare(Place place) throws IOException {
        for (int i = 1; i <= 3; i++) {
          place.revision(
              i, "create table t%d (id int);".formatted(i), "drop table t%d;".formatted(i));
        }
      }

      @Override
      Goal goal() {
        return super.goal().with("to", "2");
      }
    },
    VERIFY("verify") {
      @Override
      void prepare(Place place) throws IOException {
        place.revision(1, TABLE, "drop table asset;");
        place.revision(2, "alter table asset add tag text;", "alter table asset drop tag;");
        place.file(MODEL, TABLE.replace(");", ", tag text);"));
      }
    },
    UPGRADE_WITH_BACKUP("upgrade") {
      @Override
      void prepare(Place place) throws IOException, SQLException {
        place.revision(1, TABLE, "drop table asset;");
        Goal.of("upgrade").on(place.database()).in(place.project());
        place.execute("insert into asset values (1, 'one')");
        place.revision(2, "alter table asset drop name;", "alter table asset add name text;");
      }

      @Override
      Goal goal() {
        return super.goal().with("backupEngine", "jdbc");
      }
    },
    UPGRADE_AS_SCRIPT("upgrade") {
      @Override
      void prepare(Place place) throws IOException {
        place.revision(1, TABLE, "drop table asset;");
      }

      @Override
      Goal goal() {
        return super.goal().with("sql", "out/upgrade.sql");
      }
    };

    private final String name;

    Run(String name) {
      this.name = name;
    }

    abstract void prepare(Place place) throws IOException, SQLException;

    Goal goal() {
      return Goal.of(name);
    }
  }

  /** A project, a target, and temporary files, all of which are looked at afterwards. */
  private record Place(Path root, ScratchDatabase database) implements AutoCloseable {
    Path project() {
      return root.resolve("project");
    }

    void file(String name, String text) throws IOException {
      Path file = project().resolve(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }

    void revision(int number, String up, String down) throws IOException {
      file(UP + "V%d__step.sql".formatted(number), up);
      file(DOWN + "U%d__step.sql".formatted(number), down);
    }

    void execute(String sql) throws SQLException {
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    void run(Run run) {
      String usual = System.setProperty("java.io.tmpdir", root.resolve("tmp").toString());
      try {
        run.goal().on(database).in(project());
      } finally {
        System.setProperty("java.io.tmpdir", usual);
      }
    }

    RevisionFiles files() {
      return RevisionFiles.read(RevisionFolders.of(project()), MissingFolder.ALLOW);
    }

    List<Manifest> backups() {
      BackupFolder.Content content = new BackupFolder(project().resolve("backups")).content();
      assertThat(content.broken()).isEmpty();
      return content.backups();
    }

    /** What is on the disk and in the history, without what differs from run to run. */
    Map<String, String> picture() throws SQLException {
      Set<String> backups = new TreeSet<>();
      backups().forEach(one -> backups.add("project/backups/" + one.name()));
      Map<String, String> picture = new TreeMap<>();
      ProjectTree.withoutTimes(root)
          .forEach(
              (name, text) -> {
                if (backups.stream().noneMatch(name::startsWith)) {
                  picture.put(plain(name), plain(text));
                }
              });
      picture.put("history", plain(history().toString()));
      return picture;
    }

    private String plain(String text) {
      return text.replace(database.name(), "<database>")
          .replaceAll("[0-9a-f]{64}", "<hash>")
          .replaceAll("\"millis\":\\d+", "\"millis\":0")
          .replaceAll(", \\d+ of them proven before", "")
          .replaceAll(" time=\"[0-9.]+\"", " time=\"0\"")
          .replaceAll("\\b\\d{14}\\b", "<id>");
    }

    private List<String> history() throws SQLException {
      List<String> rows = new ArrayList<>();
      try (Connection connection = database.connect();
          Statement statement = connection.createStatement()) {
        try (ResultSet there =
            statement.executeQuery("select to_regclass('public.flyway_schema_history')")) {
          there.next();
          if (there.getString(1) == null) {
            return List.of();
          }
        }
        try (ResultSet row =
            statement.executeQuery(
                "select concat_ws(' ', version, type, success) from public.flyway_schema_history"
                    + " order by installed_rank")) {
          while (row.next()) {
            rows.add(row.getString(1));
          }
        }
      }
      return rows;
    }

    @Override
    public void close() {
      database.close();
    }
  }

  private Place place(Run run) throws IOException, SQLException {
    Path root = directory.resolve(run + "-" + ++places);
    Files.createDirectories(root.resolve("project"));
    Files.createDirectories(root.resolve("tmp"));
    Place place = new Place(root, TestPostgres.database("place"));
    run.prepare(place);
    return place;
  }

  /** By default some of the goals, with {@code -DfileOperations=all} all. */
  static Stream<Run> runs() {
    Stream<Run> all = Stream.of(Run.values());
    return "all".equals(System.getProperty("fileOperations")) ? all : Sample.of(4, all);
  }

  @ParameterizedTest
  @MethodSource("runs")
  @DisplayName("end as one undisturbed run does, and nothing is left over")
  void everyPoint(Run run) throws IOException, SQLException {
    List<String> operations;
    Map<String, String> before;
    Map<String, String> after;
    Set<Integer> sizes = new TreeSet<>();
    try (Place place = place(run)) {
      before = place.picture();
      sizes.add(place.files().all().size());
      operations = LastOperation.countedIn(place.root(), () -> place.run(run));
      after = place.picture();
      sizes.add(place.files().all().size());
    }
    List<Points> points = new ArrayList<>(Points.ofEnds(operations, 1));
    int ends = points.size();
    points.addAll(Points.ofRefusals(operations, 1));
    int half = 0;
    Set<FailureCode> codes = new TreeSet<>();
    for (Points point : points) {
      try (Place place = place(run)) {
        Throwable end =
            LastOperation.of(place.root(), point.number(), point.moment(), () -> place.run(run));
        if (point.moment() == Moment.FULL || point.moment() == Moment.READ_ONLY) {
          if (end != null) {
            assertThat(end).as(point.toString()).isInstanceOf(MigrateException.class);
            codes.add(((MigrateException) end).code());
          }
          if (end != null && point.moment() == Moment.FULL) {
            // All of it is there when the disk refuses no more than to sync the folder.
            assertThat(scripts(place.picture()))
                .as(point.toString())
                .isIn(scripts(before), scripts(after));
          }
        } else {
          assertThat(end).as(point.toString()).isInstanceOf(Ended.class);
        }
        half += refusedOrWhole(run, place, sizes, point) ? 1 : 0;
        if (!place.picture().equals(after)) {
          place.run(run);
        }
        assertThat(place.picture()).as(point.toString()).isEqualTo(after);
        if (run == Run.UPGRADE_WITH_BACKUP) {
          // What was complete when the process ended is a backup; the next run takes its own.
          assertThat(place.backups()).as(point.toString()).hasSizeBetween(1, 2);
        }
      }
    }
    assertThat(codes).isSubsetOf(FailureCode.FILE_ACCESS, FailureCode.BACKUP_FAILED);
    System.out.printf(
        "%s: %d file operations, ended at %d points and refused at %d %s, %d half done and said so;"
            + " lost 0, needed a hand 0, left behind 0%n",
        run, operations.size(), ends, points.size() - ends, codes, half);
  }

  /** Files of the project that people work with, and what the target has recorded. */
  private static Map<String, String> scripts(Map<String, String> picture) {
    Map<String, String> scripts = new TreeMap<>(picture);
    scripts.keySet().removeIf(name -> name.endsWith("/") || name.startsWith("project/target/"));
    scripts.keySet().removeIf(name -> name.startsWith("project/.migrate/proofs"));
    scripts.keySet().removeIf(name -> name.equals("project/backups/.gitignore"));
    return scripts;
  }

  /** Readers find what was, or all that is to be, or are told which goal finishes it. */
  private static boolean refusedOrWhole(Run run, Place place, Set<Integer> sizes, Points point) {
    try {
      assertThat(place.files().all().size()).as(point.toString()).isIn(sizes);
      return false;
    } catch (MigrateException e) {
      assertThat(e.code()).as(point.toString()).isEqualTo(FailureCode.UNFINISHED_CHANGE);
      assertThat(e.remedy()).as(point.toString()).contains("mvn migrate:" + run.name);
      return true;
    }
  }
}
