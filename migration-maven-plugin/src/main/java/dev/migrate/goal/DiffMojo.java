package dev.migrate.goal;

import com.google.gson.JsonObject;
import dev.migrate.generate.NamedComparison;
import dev.migrate.model.SchemaSources;
import dev.migrate.report.ComparisonText;
import dev.migrate.report.Output;
import dev.migrate.text.PlainText;
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
      NamedComparison found =
          NamedComparison.of(
              schemaSources, from, to, rename == null ? "" : rename.strip(), expected());
      found
          .expected()
          .forEach(one -> getLog().info("Expected in the target: " + PlainText.line(one)));
      warn(schemaSources.outOfScope());
      ComparisonText text = new ComparisonText(found, style());
      boolean fails = failOnDifference && !found.diff().isEmpty();
      if (!fails || !out.is("json")) {
        // A program gets one document; when the goal fails, it is the failure.
        out.result(
            () -> out.is("sql") ? text.sql() : text.lines(),
            () -> {
              JsonObject document = document();
              text.add(document);
              return document;
            });
      }
      if (fails) {
        throw text.failure();
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
}
