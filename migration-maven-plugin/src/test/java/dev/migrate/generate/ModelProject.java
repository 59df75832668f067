package dev.migrate.generate;

import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchSource;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.JavaRunner;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A project with a model and revisions, and what the goals do with them. */
public final class ModelProject {
  private static final Path ASSET_TRACKER =
      Path.of("../asset-archetype/src/main/resources/archetype-resources");

  private final Path root;
  private final List<String> replayed = new ArrayList<>();
  private Scope scope = Scope.standard();
  private UserPrompt questions = UserPrompt.NOBODY;
  private PlanSource planner = AllRules.planner()::plan;

  private String timeZone = "";
  private RewritePolicy rewriting =
      RewritePolicy.of("all", file -> RewritePolicy.Kept.COMMITTED, Path.of("unused"));
  private JavaRunner runner = JavaRunner.NONE;
  private boolean ownServers;

  private ModelProject(Path root) {
    this.root = root;
  }

  public static ModelProject at(Path root) {
    return new ModelProject(root);
  }

  public static ModelProject empty(Path root) {
    ModelProject project = new ModelProject(root);
    write(project.model(), "");
    return project;
  }

  /** The files that the archetype gives a new project. */
  static ModelProject assetTracker(Path root) {
    try (Stream<Path> files = Files.walk(ASSET_TRACKER.resolve("src/main"))) {
      for (Path file : files.filter(path -> path.toString().endsWith(".sql")).toList()) {
        Path copy = root.resolve(ASSET_TRACKER.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new ModelProject(root);
  }

  ModelProject with(Scope other) {
    this.scope = other;
    return this;
  }

  /** Else every file may be written anew. */
  ModelProject with(RewritePolicy other) {
    this.rewriting = other;
    return this;
  }

  ModelProject with(UserPrompt other) {
    this.questions = other;
    return this;
  }

  ModelProject with(PlanSource other) {
    this.planner = other;
    return this;
  }

  /** With Java migrations, whose classes are there. */
  public ModelProject with(JavaRunner other) {
    this.runner = other;
    return this;
  }

  ModelProject inTimeZone(String zone) {
    timeZone = zone;
    return this;
  }

  ModelProject online() {
    return with(PlanSource.online(new OnlinePlanner(AllRules.planner())));
  }

  public Path model() {
    return root.resolve("src/main/database/schema.sql");
  }

  public Path file(String name, String text) {
    Path file = root.resolve(name);
    write(file, text);
    return file;
  }

  public ModelProject model(String sql) {
    write(model(), sql);
    return this;
  }

  /** Replaces a text of the model, which must be there. */
  public ModelProject edit(String before, String after) {
    String text = read(model());
    if (!text.contains(before)) {
      throw new AssertionError("Not in the model: " + before);
    }
    write(model(), text.replace(before, after));
    return this;
  }

  public ModelProject revision(int number, String upgrade, String downgrade) {
    write(folders().upgrade().resolve("V%d__step_%d.sql".formatted(number, number)), upgrade);
    write(folders().downgrade().resolve("U%d__step_%d.sql".formatted(number, number)), downgrade);
    return this;
  }

  private static void write(Path file, String text) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public RevisionFolders folders() {
    return RevisionFolders.of(root);
  }

  public RevisionFiles files() {
    return RevisionFiles.read(folders(), MissingFolder.ALLOW).runnableBy(runner);
  }

  /** Uses servers of its own, as projects do that configure nothing, and not that of all tests. */
  public ModelProject onOwnServers() {
    ownServers = true;
    return this;
  }

  public ScratchSource scratchSource() {
    if (ownServers) {
      return new ScratchSource.Embedded(
          TestPostgres.installation(), root.resolve(".migrate/scratch"));
    }
    ServerAddress address = TestPostgres.server().address();
    return new ScratchSource.Borrowed(
        address.jdbcUrl("postgres"), address.user(), address.password());
  }

  /** The revisions that ran on scratch since this was asked last. */
  public List<String> replayed() {
    List<String> copy = List.copyOf(replayed);
    replayed.clear();
    return copy;
  }

  public Progress progress() {
    return new Progress() {
      @Override
      public void started(Revision revision) {
        replayed.add(revision.id().toString());
      }
    };
  }

  public GenerateResult generate(String message) {
    return generate(message, "");
  }

  GenerateResult generate(String message, String renames) {
    return generate(model().toString(), message, renames);
  }

  /** With what {@code migrate.drop} says. */
  GenerateResult drop(String drops) {
    return generate(model().toString(), "Take back", "", drops);
  }

  GenerateResult generate(String model, String message, String renames) {
    return generate(model, message, renames, "");
  }

  private GenerateResult generate(String model, String message, String renames, String drops) {
    return new Generate(
            new ReplaySettings(
                scratchSource(), files(), HistoryOptions.defaults(), scope, progress()),
            questions)
        .planning(planner)
        .inTimeZone(timeZone)
        .rewriting(rewriting)
        .run(Model.of(model, root, name -> null), message, renames, drops);
  }

  public static MigrateException failureOf(Runnable run) {
    try {
      run.run();
    } catch (MigrateException e) {
      return e;
    }
    throw new AssertionError("It did not fail.");
  }
}
