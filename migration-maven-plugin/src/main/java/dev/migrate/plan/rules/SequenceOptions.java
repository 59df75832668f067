package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.literal;

import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import java.util.List;

/** The options of sequences, of their own and behind identity columns. */
final class SequenceOptions {
  static final List<String> ATTRIBUTES =
      List.of("type", "start", "increment", "minimum", "maximum", "cache", "cycle");

  private SequenceOptions() {}

  /** The options that differ from what PostgreSQL takes by itself, each with a blank before it. */
  static String unusual(Fact fact) {
    boolean ascending = !fact.text("increment").startsWith("-");
    String lowest = ascending ? "1" : lowest(fact.text("type"));
    String highest = ascending ? highest(fact.text("type")) : "-1";
    StringBuilder options = new StringBuilder();
    add(options, " INCREMENT BY ", fact.text("increment"), "1");
    add(options, " MINVALUE ", fact.text("minimum"), lowest);
    add(options, " MAXVALUE ", fact.text("maximum"), highest);
    add(
        options,
        " START WITH ",
        fact.text("start"),
        ascending ? fact.text("minimum") : fact.text("maximum"));
    add(options, " CACHE ", fact.text("cache"), "1");
    return options.append(fact.has("cycle") ? " CYCLE" : "").toString();
  }

  /** What ALTER SEQUENCE needs to get from one to the other; set is "SET " for identity columns. */
  static String changes(Fact before, Fact after, String set) {
    StringBuilder options = new StringBuilder();
    if (set.isEmpty() && !before.text("type").equals(after.text("type"))) {
      options.append(" AS ").append(after.text("type"));
    }
    change(options, " " + set + "INCREMENT BY ", "increment", before, after);
    boolean type = !before.text("type").equals(after.text("type"));
    if (type || !before.text("minimum").equals(after.text("minimum"))) {
      options.append(" ").append(set).append("MINVALUE ").append(after.text("minimum"));
    }
    if (type || !before.text("maximum").equals(after.text("maximum"))) {
      options.append(" ").append(set).append("MAXVALUE ").append(after.text("maximum"));
    }
    change(options, " " + set + "START WITH ", "start", before, after);
    change(options, " " + set + "CACHE ", "cache", before, after);
    if (before.has("cycle") != after.has("cycle")) {
      options.append(" ").append(set).append(after.has("cycle") ? "CYCLE" : "NO CYCLE");
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
    long lowest = Long.parseLong(after.text("minimum"));
    long highest = Long.parseLong(after.text("maximum"));
    long first = Long.parseLong(before.text("start"));
    boolean asked = before.text("type").equals(after.text("type"));
    boolean below = asked ? lowest > Long.parseLong(before.text("minimum")) : first < lowest;
    boolean above = asked ? highest < Long.parseLong(before.text("maximum")) : first > highest;
    if (below || above) {
      long from = Math.max(lowest, Long.parseLong(before.text("minimum")));
      long to = Math.min(highest, Long.parseLong(before.text("maximum")));
      long start = Math.max(from, Math.min(to, Long.parseLong(after.text("start"))));
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
    return Long.parseLong(after.text("minimum")) > Long.parseLong(before.text("maximum"))
        || Long.parseLong(after.text("maximum")) < Long.parseLong(before.text("minimum"));
  }

  private static void add(StringBuilder options, String word, String value, String usual) {
    if (!value.equals(usual)) {
      options.append(word).append(value);
    }
  }

  private static void change(
      StringBuilder options, String word, String attribute, Fact before, Fact after) {
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
