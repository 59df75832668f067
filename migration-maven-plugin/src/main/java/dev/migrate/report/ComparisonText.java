package dev.migrate.report;

import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.NamedComparison;
import dev.migrate.generate.SchemaComparison;
import dev.migrate.model.Model;
import dev.migrate.sql.SqlComment;
import java.util.ArrayList;
import java.util.List;

/** Formats the result of {@code diff}: lines for people, SQL, JSON, and the failure for CI. */
public final class ComparisonText {
  private final NamedComparison found;
  private final DiffText text;

  /**
   * @param found what differs
   * @param style colour or not
   */
  public ComparisonText(NamedComparison found, TerminalStyle style) {
    this.found = found;
    this.text =
        new DiffText(
            found.comparison().from(), found.comparison().to(), found.diff(), found.plan(), style);
  }

  private String names() {
    return name(found.from()) + " and " + name(found.to());
  }

  /** The address of a database may have a password in it. */
  private static String name(String side) {
    return Model.isUrl(side) ? "the database of the URL" : side.strip();
  }

  /**
   * @return the lines for people
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    if (found.diff().isEmpty()) {
      lines.add(
          found.diff().columnOrder().isEmpty()
              ? "No difference between %s.".formatted(names())
              : "%s are equal except for the order of columns.".formatted(names()));
    } else {
      lines.add(
          "%s from %s to %s:"
              .formatted(
                  StateText.count(found.drift().count(), "change"),
                  name(found.from()),
                  name(found.to())));
    }
    lines.addAll(text.tree(found.drift()));
    if (found.comparison().way() instanceof SchemaComparison.Way.NotPlanned not) {
      lines.add("! cannot be planned: " + not.reason().problem());
    }
    found
        .comparison()
        .perhapsRenamed()
        .forEach(one -> lines.add("? perhaps renamed: -Dmigrate.rename=" + one));
    return lines;
  }

  /**
   * @return the statements from one to the other
   * @throws MigrateException when they cannot be planned
   */
  public List<String> sql() {
    return found.comparison().plan().isEmpty()
        ? List.of(SqlComment.line("No difference.").strip())
        : List.of(found.comparison().plan().sql()); // a name may hold line ends that are its own
  }

  /**
   * @param document takes the same for programs
   */
  public void add(JsonObject document) {
    document.addProperty("from", name(found.from()));
    document.addProperty("to", name(found.to()));
    text.json().entrySet().forEach(entry -> document.add(entry.getKey(), entry.getValue()));
    if (found.comparison().way() instanceof SchemaComparison.Way.NotPlanned not) {
      document.addProperty("notPlanned", not.reason().problem());
    }
  }

  /**
   * @return the failure for whoever wants no difference: {@code DRIFT} of a target, else {@code
   *     DIFFERENT}
   */
  public MigrateException failure() {
    boolean drift = found.isOfTarget();
    return new MigrateException(
        drift ? FailureCode.DRIFT : FailureCode.DIFFERENT,
        "%s differ in %s.".formatted(names(), StateText.count(found.drift().count(), "thing")),
        drift
            ? "Bring the target back to what its revisions give, or put the change into the model and"
                + " a revision."
                + (found.isToTarget() ? found.drift().hint() : "")
            : "Write the revision with mvn migrate:generate -Dmigrate.message=\"…\".");
  }
}
