package dev.migrate.model;

import dev.migrate.plan.Plan;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlComment;
import java.util.Optional;

/**
 * Renders a schema as a readable SQL file, the model: what belongs to one object stands together.
 */
public final class ModelText {
  private ModelText() {}

  /**
   * @param plan what makes the schema
   * @param title what the file is about, in one line
   * @param marks what there is to know of single objects
   */
  public static String of(Plan plan, Schema schema, String title, ModelAnnotations marks) {
    StringBuilder text = new StringBuilder(SqlComment.line(title));
    FactId current = null;
    for (Statement statement : plan.statements()) {
      FactId object = object(statement.about(), schema);
      if (!object.equals(current)) {
        text.append('\n');
        Optional<String> mark = marks.of(object);
        if (isLarge(object.kind()) || mark.isPresent()) {
          text.append(
                  SqlComment.line(CommandLineNames.of(object) + mark.map(", "::concat).orElse("")))
              .append('\n');
        }
      } else if (statement.isLong()) {
        text.append('\n');
      }
      text.append(statement.sql()).append(";\n");
      current = object;
    }
    return text.toString();
  }

  private static boolean isLarge(Kind kind) {
    return switch (kind) {
      case TABLE, FOREIGN_TABLE, VIEW, MATERIALIZED_VIEW -> true;
      default -> false;
    };
  }

  /** What something goes away with, outermost; schemas do not count. */
  private static FactId object(FactId id, Schema schema) {
    FactId at = id;
    while (true) {
      Optional<FactId> parent =
          schema.find(at).flatMap(Fact::parent).filter(one -> one.kind() != Kind.SCHEMA);
      if (parent.isEmpty()) {
        return at;
      }
      at = parent.get();
    }
  }
}
