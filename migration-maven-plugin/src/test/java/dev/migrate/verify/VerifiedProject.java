package dev.migrate.verify;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.Timeouts;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.replay.ScratchSource;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
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
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * A project with revisions, a model and perhaps a target, and what is found when it is verified.
 */
final class VerifiedProject {
  private final Path root;
  private final List<String> walked = Collections.synchronizedList(new ArrayList<>());
  private Supplier<ScratchSource> scratchSource;
  private Duration statementTimeout = Duration.ofSeconds(20);
  private Map<Check, String> skipped = Map.of();
  private Set<String> accepted = Set.of();
  private Optional<String> releasedRef = Optional.empty();
  private String git = "git";
  private Optional<Supplier<Target>> target = Optional.empty();

  VerifiedProject(Path root) {
    this.root = root;
    this.scratchSource =
        () -> {
          ServerAddress address = TestPostgres.server().address();
          return new ScratchSource.Borrowed(
              address.jdbcUrl("postgres"), address.user(), address.password());
        };
  }

  /** Uses servers of its own, as projects do that configure nothing, and not that of all tests. */
  VerifiedProject onOwnServers() {
    return on(
        new ScratchSource.Embedded(TestPostgres.installation(), root.resolve(".migrate/scratch")));
  }

  /** Four sound revisions, the last but one of which joins two branches, and their model. */
  static VerifiedProject sound(Path root) {
    return new VerifiedProject(root)
        .revision(
            1,
            "none",
            """
            create type grade as enum ('good', 'bad');
            create table site (id bigint generated always as identity primary key, name text not null unique);
            create table thing (
              id bigint generated always as identity primary key,
              site_id bigint not null references site,
              code varchar(8) not null check (code ~ '^[A-Z]{2}-[0-9]+$'),
              grade grade not null default 'good',
              price numeric(4,2) check (price > 0 and price < 50),
              bought date, sold date, check (sold > bought));
            """,
            "drop table thing; drop table site; drop type grade;")
        .revision(2, "1", "alter table thing add note text;", "alter table thing drop note;")
        .revision(3, "1", "create index on thing (site_id);", "drop index thing_site_id_idx;")
        .revision(4, "2, 3", "-- joins", "-- nothing")
        .revision(
            5,
            "4",
            """
            alter table thing add owner text;
            update thing set owner = 'nobody';
            alter table thing alter owner set not null;
            """,
            "alter table thing drop owner;")
        .model(
            """
            create type grade as enum ('good', 'bad');
            create table site (id bigint generated always as identity primary key, name text not null unique);
            create table thing (
              id bigint generated always as identity primary key,
              site_id bigint not null references site,
              code varchar(8) not null check (code ~ '^[A-Z]{2}-[0-9]+$'),
              grade grade not null default 'good',
              price numeric(4,2) check (price > 0 and price < 50),
              bought date, sold date, note text, owner text not null, check (sold > bought));
            create index on thing (site_id);
            """);
  }

  /** The files that the archetype gives a new project. */
  static VerifiedProject assetTracker(Path root) {
    Path resources = Path.of("../asset-archetype/src/main/resources/archetype-resources");
    try (Stream<Path> files = Files.walk(resources.resolve("src/main"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sql")).toList()) {
        Path copy = root.resolve(resources.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
      Files.copy(root.resolve("src/main/database/schema.sql"), root.resolve("schema.sql"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new VerifiedProject(root);
  }

  static String id(int number) {
    return "20260101%02d%02d%02d".formatted(number / 3_600, number / 60 % 60, number % 60);
  }

  VerifiedProject revision(int number, String parents, String upgrade, String downgrade) {
    return revision(number, parents, "", upgrade, downgrade);
  }

  VerifiedProject revision(
      int number, String parents, String header, String upgrade, String downgrade) {
    List<String> ids = new ArrayList<>();
    for (String parent : parents.split(", ")) {
      ids.add(parent.equals("none") ? parent : id(Integer.parseInt(parent)));
    }
    write(
        upgradeOf(number),
        "-- Step %d%n--%n-- revision: %s%n-- revises: %s%n%s%n%s%n"
            .formatted(number, id(number), String.join(", ", ids), header, upgrade));
    if (downgrade != null) {
      write(
          downgradeOf(number),
          "-- Take back%n--%n-- revision: %s%n%n%s%n".formatted(id(number), downgrade));
    }
    return this;
  }

  Path upgradeOf(int number) {
    return folders().upgrade().resolve("V%s__step_%d.sql".formatted(id(number), number));
  }

  Path downgradeOf(int number) {
    return folders().downgrade().resolve("U%s__step_%d.sql".formatted(id(number), number));
  }

  VerifiedProject model(String sql) {
    write(root.resolve("schema.sql"), sql);
    return this;
  }

  static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static void replace(Path file, String before, String after) {
    try {
      String text = Files.readString(file);
      if (!text.contains(before)) {
        throw new AssertionError(before + " is not in " + text);
      }
      Files.writeString(file, text.replace(before, after));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  VerifiedProject on(ScratchSource other) {
    this.scratchSource = () -> other;
    return this;
  }

  VerifiedProject statementTimeout(Duration limit) {
    this.statementTimeout = limit;
    return this;
  }

  VerifiedProject skip(String... checks) {
    this.skipped = Verify.skipped(List.of(checks));
    return this;
  }

  VerifiedProject accept(int... numbers) {
    this.accepted =
        java.util.Arrays.stream(numbers)
            .mapToObj(VerifiedProject::id)
            .collect(java.util.stream.Collectors.toSet());
    return this;
  }

  VerifiedProject releasedAt(String reference) {
    this.releasedRef = Optional.of(reference);
    return this;
  }

  VerifiedProject git(String command) {
    this.git = command;
    return this;
  }

  /** Makes a commit of everything, with a tag. */
  VerifiedProject release(String tag) {
    git("init", "-q");
    git("add", "-A", "src");
    git(
        "-c",
        "user.name=Test",
        "-c",
        "user.email=test@example.org",
        "commit",
        "-q",
        "-m",
        "Release");
    git("tag", tag);
    return releasedAt(tag);
  }

  private void git(String... arguments) {
    List<String> command = new ArrayList<>(List.of("git", "-C", root.toString()));
    command.addAll(List.of(arguments));
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new AssertionError(command + ": " + said);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  VerifiedProject target(ScratchDatabase database) {
    Target found = targetOf(database);
    this.target = Optional.of(() -> found);
    return this;
  }

  VerifiedProject target(Target found) {
    this.target = Optional.of(() -> found);
    return this;
  }

  private static Target targetOf(ScratchDatabase database) {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test database");
  }

  VerifiedProject upgrade(ScratchDatabase database) {
    RevisionFiles files = files();
    try (LockedTarget locked =
        LockedTarget.open(targetOf(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), "heads"));
    }
    return this;
  }

  VerifiedProject downgrade(ScratchDatabase database, String to) {
    RevisionFiles files = files();
    try (LockedTarget locked =
        LockedTarget.open(targetOf(database), "test", HistoryOptions.defaults(), Progress.SILENT)) {
      locked.downgrade(files, files.graph().downgrade(locked.state(files).applied(), to));
    }
    return this;
  }

  static void execute(ScratchDatabase database, String sql) {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  RevisionFolders folders() {
    return RevisionFolders.of(root);
  }

  RevisionFiles files() {
    return RevisionFiles.read(folders(), MissingFolder.REFUSE);
  }

  /** How often a revision was at work since {@link #walked} was asked last. */
  int ran() {
    return walked.size();
  }

  /** The revisions that were at work since this was asked last, once each. */
  List<String> walked() {
    List<String> copy = List.copyOf(walked).stream().distinct().toList();
    walked.clear();
    return copy;
  }

  Verification verify() {
    HistoryOptions defaults = HistoryOptions.defaults();
    VerifySettings settings =
        VerifySettings.of(
                folders(),
                scratchSource,
                defaults.with(
                    new Timeouts(
                        defaults.timeouts().lockWait(),
                        defaults.timeouts().lockTimeout(),
                        statementTimeout,
                        0)),
                Scope.standard(),
                new VerifySettings.Cache(
                    root.resolve(".migrate/proofs"),
                    root.resolve("target/migrate/verified.json"),
                    List.of("test")))
            .withModel(
                () ->
                    Files.exists(root.resolve("schema.sql"))
                        ? Optional.of(Model.of("schema.sql", root, name -> null))
                        : Optional.empty())
            .withSkipped(skipped)
            .withAccepted(accepted)
            .withRelease(new VerifySettings.Release(releasedRef, Optional.empty(), git))
            .withTarget(target);
    return new Verify(
            settings,
            new Progress() {
              @Override
              public void started(Revision revision) {
                walked.add(revision.id().toString());
              }
            })
        .run();
  }
}
