package dev.migrate.generate;

import dev.migrate.observe.Observation;
import dev.migrate.observe.Observation.TableLock;
import dev.migrate.observe.ObservedStatement;
import dev.migrate.plan.FactNames;
import dev.migrate.plan.Hazard;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlComment;
import dev.migrate.sql.SqlLiteral;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Renders the upgrade and downgrade scripts of a proven plan as SQL with header, comments and
 * hazards, as a careful person would have written them.
 */
final class RevisionScript {
  private static final Pattern NOT_NULL =
      Pattern.compile("(?s)ALTER TABLE (.+) ALTER COLUMN (.+) SET NOT NULL");
  private static final Pattern NEW_NOT_NULL =
      Pattern.compile(
          "(?s)ALTER TABLE (.+) ADD COLUMN (\"(?:[^\"]|\"\")+\"|\\S+) (.*) NOT NULL(.*)");

  private RevisionScript() {}

  /** The upgrade script, without header. */
  static String upgrade(ProofResult.Step step) {
    return statements(step.up());
  }

  /** What the upgrade script of a revision says that has files of repeatable migrations changed. */
  static String besideRepeatables(List<String> names) {
    return SqlComment.line(
        "What repeatable migrations make changes in their %s after the revisions: %s."
            .formatted(
                names.size() == 1 ? "file, which runs" : "files, which run",
                String.join(", ", names)));
  }

  /** What the file of a repeatable migration says that has to run again as it is. */
  static String again(String title) {
    return SqlComment.line("It runs again after \"%s\".".formatted(title));
  }

  /** The downgrade script, without header. */
  static String downgrade(ProofResult.Step step) {
    StringBuilder script = new StringBuilder();
    List<String> notes = irrecoverable(step);
    if (!notes.isEmpty()) {
      script.append(SqlComment.line("This does not bring back everything:"));
      notes.forEach(note -> script.append(SqlComment.line("  * " + note)));
      script.append('\n');
    }
    if (step.down().isEmpty()) {
      script.append(SqlComment.line("There is nothing to take back."));
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
    boolean transaction = statements.stream().allMatch(one -> one.statement().transactional());
    Map<String, TableLock> held = new HashMap<>();
    List<String> parts = new ArrayList<>();
    for (ObservedStatement one : statements) {
      StringBuilder part = new StringBuilder();
      comments(one, transaction, held).forEach(line -> part.append(SqlComment.line(line)));
      part.append(one.statement().sql()).append(";\n");
      parts.add(part.toString());
    }
    return String.join("\n", parts);
  }

  /** What the reader should know about a statement, line by line. */
  private static List<String> comments(
      ObservedStatement one, boolean transaction, Map<String, TableLock> held) {
    List<String> lines = new ArrayList<>();
    for (Hazard hazard : one.hazards()) {
      if (hazard instanceof Hazard.LosesData loses) {
        lines.add(
            "LOSES DATA: "
                + loses.what()
                + (loses.query().isEmpty()
                    ? "."
                    : ", in the rows that this finds: " + loses.query()));
      } else if (hazard instanceof Hazard.MayFailOnRows rows) {
        lines.addAll(failing(one, rows));
      } else if (hazard instanceof Hazard.NotInTransaction) {
        lines.add("Cannot run in a transaction: what it did stays when it fails half-way.");
      } else if (hazard instanceof Hazard.RewritesTable rewrites) {
        lines.add("Writes every row of %s again.".formatted(rewrites.table()));
      } else if (hazard instanceof Hazard.ScansTable scans) {
        lines.add("Reads every row of %s.".formatted(scans.table()));
      } else if (!(hazard instanceof Hazard.Blocks)) {
        lines.add(sentence(hazard.describe()));
      }
    }
    for (Hazard hazard : one.hazards()) {
      if (hazard instanceof Hazard.Blocks blocks) {
        TableLock lock = TableLock.valueOf(blocks.lock().replace(' ', '_'));
        TableLock before = held.get(blocks.table());
        if (before == null || before.compareTo(lock) < 0) {
          held.put(blocks.table(), lock);
          lines.add(blocking(blocks.table(), lock, transaction));
        }
      }
    }
    return lines;
  }

  /** A lock is kept until the transaction ends, so it is worth a line only when it is taken. */
  private static String blocking(String table, TableLock lock, boolean transaction) {
    return "Locks %s (%s): %s wait%s."
        .formatted(
            table,
            lock,
            lock.blocksReads() ? "reads and writes" : "writes",
            transaction ? " until this script is done" : " while it runs");
  }

  private static List<String> failing(ObservedStatement one, Hazard.MayFailOnRows rows) {
    List<String> lines = new ArrayList<>();
    lines.add(
        rows.query().isEmpty()
            ? "Can fail on rows that exist: "
                + one.observation().flatMap(Observation::failsOnRows).orElse(rows.reason())
                + "."
            : "Will fail if this finds rows: " + rows.query());
    String sql =
        one.statement().parts().stream()
            .filter(part -> part.hazards().contains(rows))
            .findFirst()
            .orElse(one.statement())
            .sql();
    Matcher notNull = NOT_NULL.matcher(sql);
    Matcher added = NEW_NOT_NULL.matcher(sql);
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
      lines.add(
          "ALTER TABLE %s ALTER COLUMN %s SET NOT NULL;".formatted(added.group(1), added.group(2)));
    }
    return lines;
  }

  private static String sentence(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
  }

  /** What is gone for good when a step went up and came down again. */
  static List<String> irrecoverable(ProofResult.Step step) {
    List<String> notes = new ArrayList<>();
    for (ObservedStatement one : step.up()) {
      for (Hazard hazard : one.hazards()) {
        if (hazard instanceof Hazard.LosesData loses) {
          notes.add(
              loses.query().isEmpty()
                  ? "What the upgrade has dropped stays lost: " + loses.what() + "."
                  : "What the upgrade has cut stays cut: " + loses.what() + ", in some rows.");
        }
      }
    }
    notes.addAll(movedColumns(step));
    notes.addAll(valuesInUse(step));
    return notes;
  }

  /** As it was seen: what was renamed back is in its old place, what was added again is not. */
  private static List<String> movedColumns(ProofResult.Step step) {
    List<String> notes = new ArrayList<>();
    step.before()
        .columnOrder()
        .forEach(
            (table, columns) -> {
              List<String> last =
                  last(columns, step.restored().columnOrder().getOrDefault(table, List.of()));
              if (!last.isEmpty()) {
                notes.add(
                    "In %s, %s %s back as the last."
                        .formatted(
                            FactNames.qualified(table),
                            String.join(", ", last),
                            last.size() == 1 ? "comes" : "come"));
              }
            });
    return notes;
  }

  /** What stands behind the columns that are in their old order. */
  private static List<String> last(List<String> before, List<String> restored) {
    int kept = 0;
    int place = -1;
    while (kept < restored.size() && before.indexOf(restored.get(kept)) > place) {
      place = before.indexOf(restored.get(kept));
      kept++;
    }
    return restored.subList(kept, restored.size());
  }

  private static List<String> valuesInUse(ProofResult.Step step) {
    List<String> notes = new ArrayList<>();
    for (Fact after : step.after().facts().values()) {
      if (after.id().kind() == Kind.ENUM) {
        List<String> added = new ArrayList<>(after.items(Attribute.LABELS));
        added.removeAll(labels(step.before(), after.id()));
        if (step.before().has(after.id()) && !added.isEmpty()) {
          notes.add(
              "It fails while rows hold %s of %s; give them another value first."
                  .formatted(
                      String.join(", ", added.stream().map(SqlLiteral::literal).toList()),
                      FactNames.qualified(after.id())));
        }
      }
    }
    return notes;
  }

  private static List<String> labels(Schema schema, FactId type) {
    return schema.find(type).map(fact -> fact.items(Attribute.LABELS)).orElse(List.of());
  }
}
