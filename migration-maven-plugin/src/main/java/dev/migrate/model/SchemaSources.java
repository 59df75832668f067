package dev.migrate.model;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryRow;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.Progress;
import dev.migrate.history.TargetState;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.ExpectedSchema;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Schema;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * Resolves the names {@code model}, {@code head}, {@code current}, {@code target} or a URL into
 * schemas to be compared.
 */
public final class SchemaSources {
  private final ScratchSource scratchSource;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Scope scope;
  private final Progress progress;
  private final Supplier<Model> model;
  private final Supplier<Target> target;
  private final UnaryOperator<String> environment;
  private final List<String> outOfScope = new ArrayList<>();
  private ExpectedSchema supposed;

  /**
   * @param replays how revisions are replayed, and what is compared
   * @param model the wanted schema; asked for when it is needed
   * @param target the target; asked for when it is needed
   * @param environment gives the value of an environment variable, or null
   */
  public SchemaSources(
      ReplaySettings replays,
      Supplier<Model> model,
      Supplier<Target> target,
      UnaryOperator<String> environment) {
    this.scratchSource = replays.scratchSource();
    this.files = replays.files();
    this.options = replays.options();
    this.scope = replays.scope();
    this.progress = replays.progress();
    this.model = Objects.requireNonNull(model, "model");
    this.target = Objects.requireNonNull(target, "target");
    this.environment = Objects.requireNonNull(environment, "environment");
  }

  /**
   * @param name {@code model}, {@code head}, {@code current}, {@code target}, or the URL of a
   *     database
   * @return its schema
   * @throws MigrateException {@code INVALID_PARAMETER} when it is none of these, {@code
   *     SEVERAL_HEADS}, and whatever keeps the schema from being read
   */
  public Schema schema(String name) {
    if (Model.isUrl(name)) {
      return read(Model.database(name, "the command line", environment));
    }
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "model" -> model();
      case "head" -> {
        files.graph().parentsForNew("head"); // there is one head, or none yet
        yield replayed(files.graph().revisions().stream().map(Revision::id).toList());
      }
      case "current" -> current(applied());
      case "target" -> read(target.get());
      default ->
          throw new MigrateException(
              FailureCode.INVALID_PARAMETER,
              "There is nothing called \"%s\" to compare.".formatted(name),
              "Give -Dmigrate.from and -Dmigrate.to one of model, head, current, target, or the URL"
                  + " of a database.");
    };
  }

  /**
   * @param name as above
   * @return whether that is the target's own schema, so that a difference is a drift
   */
  public static boolean isTarget(String name) {
    return name.strip().equalsIgnoreCase("target");
  }

  /**
   * @return what there is to know besides, a sentence each: what of the model refers to things
   *     outside of the scope, and repeatable migrations that have changed since they ran
   */
  public List<String> outOfScope() {
    return List.copyOf(outOfScope);
  }

  private Schema model() {
    Model wanted = model.get();
    try (ScratchWorkspace workspace = ScratchWorkspace.empty(scratchSource)) {
      ModelLoader loader = new ModelLoader(workspace, scope, options.schema());
      Schema schema = loader.load(wanted);
      outOfScope.addAll(loader.outOfScope());
      return schema;
    }
  }

  private Schema replayed(List<RevisionId> revisions) {
    try (ScratchWorkspace workspace =
        new Replay(scratchSource, files, options, progress).of(revisions)) {
      return workspace.read(workspace.base(), scope);
    }
  }

  private Schema current(TargetState state) {
    supposed = new Replay(scratchSource, files, options, progress).supposed(state, scope);
    List<Script> changed = supposed.changed();
    if (!changed.isEmpty()) {
      outOfScope.add(
          "%s %s changed since the target ran %s: what %s, the target is not compared with; it changes with mvn migrate:upgrade."
              .formatted(
                  changed.stream().map(Script::name).collect(Collectors.joining(", ")),
                  changed.size() == 1 ? "has" : "have",
                  changed.size() == 1 ? "it" : "them",
                  changed.size() == 1 ? "it makes" : "they make"));
    }
    List<HistoryRow> gone = state.repeatables().withoutFile();
    if (!gone.isEmpty()) {
      outOfScope.add(
          "%s ran in the target, and %s gone from the files: what %s made stays there until a revision drops it."
              .formatted(
                  gone.stream().map(HistoryRow::script).collect(Collectors.joining(", ")),
                  gone.size() == 1 ? "is" : "are",
                  gone.size() == 1 ? "it" : "they"));
    }
    return supposed.schema();
  }

  /**
   * @param schema what {@link #schema} gave for {@code current} or {@code target}
   * @return the same without what cannot be told, because a repeatable migration has changed since
   *     it ran; to be asked once both were given
   */
  public Schema comparable(Schema schema) {
    return supposed == null ? schema : supposed.comparable(schema);
  }

  private TargetState applied() {
    Target database = target.get();
    try (Connection connection = database.connect("migrate diff")) {
      connection.setReadOnly(true);
      Optional<String> schema = options.schema();
      HistoryTable table = HistoryTable.locate(connection, schema, options.table());
      TargetState state = TargetState.of(files, HistoryReader.read(connection, table));
      state.require().known();
      state.require().notAmidBaseline();
      return state;
    } catch (SQLException e) {
      throw lost(database, e);
    }
  }

  private Schema read(Target database) {
    try (Connection connection = database.connect("migrate diff")) {
      return new Introspector(scope).read(connection);
    } catch (SQLException e) {
      throw lost(database, e);
    }
  }

  private static MigrateException lost(Target database, SQLException e) {
    return new MigrateException(
        FailureCode.CONNECTION,
        "The connection to %s was lost: %s.".formatted(database, e.getMessage()),
        "Run the goal again.",
        e);
  }
}
