package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.diff.Drift;
import dev.migrate.diff.ExpectedDifferences;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.SchemaComparison;
import dev.migrate.model.Model;
import dev.migrate.model.SchemaSources;
import dev.migrate.plan.Plan;
import dev.migrate.report.DiffText;
import dev.migrate.report.Output;
import dev.migrate.report.StateText;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlComment;
import dev.migrate.text.PlainText;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Shows what differs between two schemas: the {@code model}, the {@code head} of the revisions,
 * {@code current} (what the revisions that the target has applied give), the {@code target} itself,
 * or the database of a URL. Changes nothing.
 *
 * @since 1.0.0
 */
@Mojo(name = "diff", requiresProject = false, threadSafe = true)
public class DiffMojo extends SchemaMojo {
  /**
   * The schema as it is: {@code model}, {@code head}, {@code current}, {@code target} or a URL.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.from", defaultValue = "head")
  private String from;

  /**
   * The schema as it is wanted: {@code model}, {@code head}, {@code current}, {@code target} or a
   * URL.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.to", defaultValue = "model")
  private String to;

  /**
   * What was renamed, as for {@code migrate:generate}; without it, something under another name
   * counts as dropped and added.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.rename")
  private String rename;

  /**
   * Fails when there is a difference, for scripts and CI.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.failOnDifference", defaultValue = "false")
  private boolean failOnDifference;

  @Override
  List<String> formats() {
    return List.of("text", "json", "sql");
  }

  @Override
  void run(Output out) {
    try (LazyTarget target = new LazyTarget(out)) {
      SchemaSources schemaSources =
          new SchemaSources(
              replays(filesOrNone()), this::model, () -> target.open().target(), System::getenv);
      Schema left = schemaSources.schema(from);
      Schema right = schemaSources.schema(to);
      if (SchemaSources.isTarget(from) || SchemaSources.isTarget(to)) {
        left = schemaSources.comparable(left);
        right = schemaSources.comparable(right);
      }
      List<String> besides = List.of();
      if (SchemaSources.isTarget(to)) {
        ExpectedDifferences.Rest rest = expected().without(left, right);
        right = rest.schema();
        besides = rest.found();
      } else if (SchemaSources.isTarget(from)) {
        ExpectedDifferences.Rest rest = expected().without(right, left);
        left = rest.schema();
        besides = rest.found();
      }
      besides.forEach(one -> getLog().info("Expected in the target: " + PlainText.line(one)));
      SchemaComparison found =
          SchemaComparison.of(left, right, rename == null ? "" : rename.strip());
      warn(schemaSources.outOfScope());
      Plan plan =
          found.way() instanceof SchemaComparison.Way.Planned planned
              ? planned.plan()
              : new Plan(List.of());
      Drift drift = drift(found);
      DiffText text = new DiffText(found.from(), found.to(), found.diff(), plan, style());
      boolean fails = failOnDifference && !found.diff().isEmpty();
      if (!fails || !out.is("json")) {
        // A program gets one document; when the goal fails, it is the failure.
        out.result(
            () -> out.is("sql") ? sql(found) : lines(found, drift, text.tree(drift)),
            () -> document(found, text));
      }
      if (fails) {
        throw different(drift);
      }
    }
  }

  /** The target, opened when the first side asks for it. */
  private final class LazyTarget implements AutoCloseable {
    private final Output out;
    private OpenTarget opened;

    LazyTarget(Output out) {
      this.out = out;
    }

    OpenTarget open() {
      if (opened == null) {
        opened = openTarget();
        announce(out, opened);
      }
      return opened;
    }

    @Override
    public void close() {
      if (opened != null) {
        opened.close();
      }
    }
  }

  /** In a target, a partition is one thing; what a model or a revision changes is shown whole. */
  private Drift drift(SchemaComparison found) {
    return SchemaSources.isTarget(from) || SchemaSources.isTarget(to)
        ? Drift.between(found.from(), found.to())
        : new Drift(List.of(), found.diff(), found.diff().changes().size());
  }

  private String names() {
    return name(from) + " and " + name(to);
  }

  /** The address of a database may have a password in it. */
  private static String name(String side) {
    return Model.isUrl(side) ? "the database of the URL" : side.strip();
  }

  private List<String> lines(SchemaComparison found, Drift drift, List<String> tree) {
    List<String> lines = new ArrayList<>();
    if (found.diff().isEmpty()) {
      lines.add(
          found.diff().columnOrder().isEmpty()
              ? "No difference between %s.".formatted(names())
              : "%s are equal except for the order of columns.".formatted(names()));
    } else {
      lines.add(
          "%s from %s to %s:"
              .formatted(StateText.count(drift.count(), "change"), name(from), name(to)));
    }
    lines.addAll(tree);
    if (found.way() instanceof SchemaComparison.Way.NotPlanned not) {
      lines.add("! cannot be planned: " + not.reason().problem());
    }
    found.perhapsRenamed().forEach(one -> lines.add("? perhaps renamed: -Dmigrate.rename=" + one));
    return lines;
  }

  private static List<String> sql(SchemaComparison found) {
    return found.plan().isEmpty()
        ? List.of(SqlComment.line("No difference.").strip())
        : List.of(found.plan().sql()); // a name may hold line ends that are its own
  }

  private JsonObject document(SchemaComparison found, DiffText text) {
    JsonObject document = document();
    document.addProperty("from", name(from));
    document.addProperty("to", name(to));
    text.json().entrySet().forEach(entry -> document.add(entry.getKey(), entry.getValue()));
    if (found.way() instanceof SchemaComparison.Way.NotPlanned not) {
      document.addProperty("notPlanned", not.reason().problem());
    }
    return document;
  }

  private MigrateException different(Drift found) {
    boolean drift = SchemaSources.isTarget(from) || SchemaSources.isTarget(to);
    return new MigrateException(
        drift ? FailureCode.DRIFT : FailureCode.DIFFERENT,
        "%s differ in %s.".formatted(names(), StateText.count(found.count(), "thing")),
        drift
            ? "Bring the target back to what its revisions give, or put the change into the model and"
                + " a revision."
                + (SchemaSources.isTarget(to) ? found.hint() : "")
            : "Write the revision with mvn migrate:generate -Dmigrate.message=\"…\".");
  }
}
