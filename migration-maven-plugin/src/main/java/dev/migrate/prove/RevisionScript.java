package dev.migrate.prove;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Names;
import dev.migrate.prove.Observation.TableLock;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scripts of a proven step, as a careful person would have written them. */
final class RevisionScript {
  private static final Pattern NOT_NULL =
      Pattern.compile("ALTER TABLE (.+) ALTER COLUMN (.+) SET NOT NULL");
  private static final Pattern NEW_NOT_NULL =
      Pattern.compile("(?s)ALTER TABLE (.+) ADD COLUMN (\"(?:[^\"]|\"\")+\"|\\S+) (.*) NOT NULL(.*)");

  private RevisionScript() {}

  /** The upgrade script, without header. */
  static String upgrade(Verdict.Step step) {
    return statements(step.up());
  }

  /** The downgrade script, without header. */
  static String downgrade(Verdict.Step step) {
    StringBuilder script = new StringBuilder();
    List<String> notes = irrecoverable(step);
    if (!notes.isEmpty()) {
      script.append("-- This does not bring back everything:\n");
      notes.forEach(note -> script.append("--   * ").append(note).append('\n'));
      script.append('\n');
    }
    if (step.down().isEmpty()) {
      script.append("-- There is nothing to take back.\n");
    } else if (step.downInTransaction()) {
      script.append(statements(step.down().get(0)));
    } else {
      script.append(inParts(step.down()));
    }
    return script.toString();
  }

  /** PostgreSQL wants a commit in between, so each part has a transaction of its own. */
  private static String inParts(List<List<ObservedStatement>> groups) {
    List<String> parts = new ArrayList<>();
    for (List<ObservedStatement> group : groups) {
      boolean transaction = group.stream().allMatch(one -> one.statement().transactional());
      parts.add(
          transaction && group.size() > 1
              ? "BEGIN;\n\n" + statements(group) + "\nCOMMIT;\n"
              : statements(group));
    }
    return String.join("\n", parts);
  }

  private static String statements(List<ObservedStatement> statements) {
    List<String> parts = new ArrayList<>();
    for (ObservedStatement one : statements) {
      StringBuilder part = new StringBuilder();
      comments(one).forEach(line -> part.append(line.isEmpty() ? "--" : "-- " + line).append('\n'));
      part.append(one.statement().sql()).append(";\n");
      parts.add(part.toString());
    }
    return String.join("\n", parts);
  }

  /** What the reader should know about a statement, line by line. */
  static List<String> comments(ObservedStatement one) {
    List<String> lines = new ArrayList<>();
    List<Hazard> hazards = one.hazards();
    for (Hazard hazard : hazards) {
      if (hazard instanceof Hazard.Blocks blocks) {
        lines.add(blocking(blocks, hazards));
      } else if (hazard instanceof Hazard.MayFailOnRows rows) {
        lines.addAll(failing(one, rows));
      } else if (hazard instanceof Hazard.NotInTransaction) {
        lines.add("Cannot run in a transaction: what it did stays when it fails half-way.");
      } else if (hazard instanceof Hazard.LosesData loses) {
        lines.add("LOSES DATA: " + loses.what() + ".");
      } else if (!mentionedWithLock(hazard, hazards)) {
        lines.add(sentence(hazard.describe()));
      }
    }
    return lines;
  }

  private static boolean mentionedWithLock(Hazard hazard, List<Hazard> all) {
    return all.stream()
        .filter(Hazard.Blocks.class::isInstance)
        .map(Hazard.Blocks.class::cast)
        .anyMatch(
            blocks ->
                hazard.equals(new Hazard.RewritesTable(blocks.table()))
                    || hazard.equals(new Hazard.ScansTable(blocks.table())));
  }

  private static String blocking(Hazard.Blocks blocks, List<Hazard> all) {
    String others = blocks.lock().equals(TableLock.ACCESS_EXCLUSIVE.toString())
        ? "reads and writes wait"
        : "writes wait";
    String howLong = "for a moment";
    if (all.contains(new Hazard.RewritesTable(blocks.table()))) {
      howLong = "while every row is written again";
    } else if (all.contains(new Hazard.ScansTable(blocks.table()))) {
      howLong = "while every row is read";
    }
    return "Locks %s (%s): %s %s.".formatted(blocks.table(), blocks.lock(), others, howLong);
  }

  private static List<String> failing(ObservedStatement one, Hazard.MayFailOnRows rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        rows.query().isEmpty()
            ? "Can fail on rows that exist"
                + one.observation()
                    .flatMap(Observation::failsOnRows)
                    .map(message -> ": " + message + ".")
                    .orElse(".")
            : "Will fail if this finds rows: " + rows.query());
    Matcher notNull = NOT_NULL.matcher(one.statement().sql());
    Matcher added = NEW_NOT_NULL.matcher(one.statement().sql());
    if (notNull.matches()) {
      lines.add("Fill them in first; put the value in place of the dots and take the dashes away:");
      lines.add(
          "UPDATE %s SET %s = … WHERE %s IS NULL;"
              .formatted(notNull.group(1), notNull.group(2), notNull.group(2)));
    } else if (added.matches()) {
      lines.add("For tables with rows, put the value in place of the dots and use these instead:");
      lines.add(
          "ALTER TABLE %s ADD COLUMN %s %s%s;"
              .formatted(added.group(1), added.group(2), added.group(3), added.group(4)));
      lines.add("UPDATE %s SET %s = …;".formatted(added.group(1), added.group(2)));
      lines.add("ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;".formatted(added.group(1), added.group(2)));
    }
    return lines;
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  /** What is gone for good when a step went up and came down again. */
  static List<String> irrecoverable(Verdict.Step step) {
    List<String> notes = new ArrayList<>();
    for (ObservedStatement one : step.up()) {
      for (Hazard hazard : one.hazards()) {
        if (hazard instanceof Hazard.LosesData loses) {
          notes.add("What the upgrade has dropped stays lost: " + loses.what() + ".");
        }
      }
    }
    notes.addAll(movedColumns(step));
    notes.addAll(valuesInUse(step));
    return notes;
  }

  private static List<String> movedColumns(Verdict.Step step) {
    List<String> notes = new ArrayList<>();
    step.before()
        .columnOrder()
        .forEach(
            (table, columns) -> {
              List<String> kept = step.after().columnOrder().getOrDefault(table, List.of());
              SortedSet<String> back = new TreeSet<>(columns);
              kept.forEach(back::remove);
              boolean last = back.containsAll(columns.subList(columns.size() - back.size(), columns.size()));
              if (!kept.isEmpty() && !back.isEmpty() && !last) {
                notes.add(
                    "In %s, %s %s back as the last."
                        .formatted(
                            Names.qualified(table),
                            String.join(", ", back),
                            back.size() == 1 ? "comes" : "come"));
              }
            });
    return notes;
  }

  private static List<String> valuesInUse(Verdict.Step step) {
    List<String> notes = new ArrayList<>();
    for (Fact after : step.after().facts().values()) {
      if (after.id().kind() == Kind.ENUM) {
        List<String> added = new ArrayList<>(after.items("labels"));
        added.removeAll(labels(step.before(), after.id()));
        if (step.before().has(after.id()) && !added.isEmpty()) {
          notes.add(
              "It fails while rows hold %s of %s; give them another value first."
                  .formatted(
                      String.join(", ", added.stream().map(Names::literal).toList()),
                      Names.qualified(after.id())));
        }
      }
    }
    return notes;
  }

  private static List<String> labels(Schema schema, FactId type) {
    return schema.find(type).map(fact -> fact.items("labels")).orElse(List.of());
  }
}
