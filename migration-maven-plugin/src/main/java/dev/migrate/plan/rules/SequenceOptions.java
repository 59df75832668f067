package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlLiteral.literal;

import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import java.util.List;

/** Renders the options of sequences, of their own and behind identity columns. */
final class SequenceOptions {
  static final List<Attribute<?>> ATTRIBUTES =
      List.of(
          Attribute.TYPE,
          Attribute.START,
          Attribute.INCREMENT,
          Attribute.MINIMUM,
          Attribute.MAXIMUM,
          Attribute.CACHE,
          Attribute.CYCLE);

  private SequenceOptions() {}

  /** The options that differ from what PostgreSQL takes by itself, each with a blank before it. */
  static String unusual(Fact fact) {
    boolean ascending = !fact.text(Attribute.INCREMENT).startsWith("-");
    String lowest = ascending ? "1" : lowest(fact.text(Attribute.TYPE));
    String highest = ascending ? highest(fact.text(Attribute.TYPE)) : "-1";
    StringBuilder options = new StringBuilder();
    add(options, " INCREMENT BY ", fact.text(Attribute.INCREMENT), "1");
    add(options, " MINVALUE ", fact.text(Attribute.MINIMUM), lowest);
    add(options, " MAXVALUE ", fact.text(Attribute.MAXIMUM), highest);
    add(
        options,
        " START WITH ",
        fact.text(Attribute.START),
        ascending ? fact.text(Attribute.MINIMUM) : fact.text(Attribute.MAXIMUM));
    add(options, " CACHE ", fact.text(Attribute.CACHE), "1");
    return options.append(fact.has(Attribute.CYCLE) ? " CYCLE" : "").toString();
  }

  /** What ALTER SEQUENCE needs to get from one to the other; set is "SET " for identity columns. */
  static String changes(Fact before, Fact after, String set) {
    StringBuilder options = new StringBuilder();
    if (set.isEmpty() && !before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))) {
      options.append(" AS ").append(after.text(Attribute.TYPE));
    }
    change(options, " " + set + "INCREMENT BY ", Attribute.INCREMENT, before, after);
    boolean type = !before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE));
    if (type || !before.text(Attribute.MINIMUM).equals(after.text(Attribute.MINIMUM))) {
      options.append(" ").append(set).append("MINVALUE ").append(after.text(Attribute.MINIMUM));
    }
    if (type || !before.text(Attribute.MAXIMUM).equals(after.text(Attribute.MAXIMUM))) {
      options.append(" ").append(set).append("MAXVALUE ").append(after.text(Attribute.MAXIMUM));
    }
    change(options, " " + set + "START WITH ", Attribute.START, before, after);
    change(options, " " + set + "CACHE ", Attribute.CACHE, before, after);
    if (before.has(Attribute.CYCLE) != after.has(Attribute.CYCLE)) {
      options.append(" ").append(set).append(after.has(Attribute.CYCLE) ? "CYCLE" : "NO CYCLE");
    }
    return options.toString();
  }

  /**
   * A sequence must stand inside its new bounds before it gets them; one that does not begins again
   * where both old and new bounds let it. A smaller type alone is no wish to begin again: there
   * PostgreSQL refuses what does not fit.
   */
  static void moveInside(Alterations alterations, Fact before, Fact after, String sequence) {
    if (apart(before, after)) {
      return;
    }
    long lowest = Long.parseLong(after.text(Attribute.MINIMUM));
    long highest = Long.parseLong(after.text(Attribute.MAXIMUM));
    long first = Long.parseLong(before.text(Attribute.START));
    boolean asked = before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE));
    boolean below =
        asked ? lowest > Long.parseLong(before.text(Attribute.MINIMUM)) : first < lowest;
    boolean above =
        asked ? highest < Long.parseLong(before.text(Attribute.MAXIMUM)) : first > highest;
    if (below || above) {
      long from = Math.max(lowest, Long.parseLong(before.text(Attribute.MINIMUM)));
      long to = Math.min(highest, Long.parseLong(before.text(Attribute.MAXIMUM)));
      long start = Math.max(from, Math.min(to, Long.parseLong(after.text(Attribute.START))));
      String outside =
          (below ? "last_value < " + lowest : "")
              + (below && above ? " OR " : "")
              + (above ? "last_value > " + highest : "");
      Statement move =
          Statement.running(
              after.id(),
              "SELECT setval(%s, %d, false) FROM %s WHERE %s"
                  .formatted(literal(sequence), start, sequence, outside));
      alterations.add(
          above
              ? move.with(
                  new Hazard.LosesData("the position of " + after.id() + " above " + highest))
              : move);
    }
  }

  /** Where no old value fits the new bounds the sequence starts anew. */
  static String restart(Fact before, Fact after) {
    return apart(before, after) ? " RESTART" : "";
  }

  private static boolean apart(Fact before, Fact after) {
    return Long.parseLong(after.text(Attribute.MINIMUM))
            > Long.parseLong(before.text(Attribute.MAXIMUM))
        || Long.parseLong(after.text(Attribute.MAXIMUM))
            < Long.parseLong(before.text(Attribute.MINIMUM));
  }

  private static void add(StringBuilder options, String word, String value, String usual) {
    if (!value.equals(usual)) {
      options.append(word).append(value);
    }
  }

  private static void change(
      StringBuilder options, String word, Attribute<String> attribute, Fact before, Fact after) {
    if (!before.text(attribute).equals(after.text(attribute))) {
      options.append(word).append(after.text(attribute));
    }
  }

  private static String highest(String type) {
    return switch (type) {
      case "smallint" -> String.valueOf(Short.MAX_VALUE);
      case "integer" -> String.valueOf(Integer.MAX_VALUE);
      default -> String.valueOf(Long.MAX_VALUE);
    };
  }

  private static String lowest(String type) {
    return switch (type) {
      case "smallint" -> String.valueOf(Short.MIN_VALUE);
      case "integer" -> String.valueOf(Integer.MIN_VALUE);
      default -> String.valueOf(Long.MIN_VALUE);
    };
  }
}
