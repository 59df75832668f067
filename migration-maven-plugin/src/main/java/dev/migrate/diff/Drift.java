package dev.migrate.diff;

import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Schema drift: how a database differs from what it should be, counted and worded for people. A
 * partition that only one side has, of a table that both have, is one thing, though PostgreSQL has
 * made columns, indexes and constraints with it; partitions of one table are one line.
 *
 * @param partitions lines about those partitions
 * @param rest what else differs
 * @param count how many things that is together
 */
public record Drift(List<String> partitions, Diff rest, int count) {
  /** What lets partitions be there; for messages. */
  public static final String EXPECT =
      "Partitions that a job makes may be there with -Dmigrate.expect=partitions.";

  /** Copies what it is given. */
  public Drift {
    partitions = List.copyOf(partitions);
    Objects.requireNonNull(rest, "rest");
  }

  /**
   * @param from one side
   * @param to the other
   * @return how they differ
   */
  public static Drift between(Schema from, Schema to) {
    Diff diff = Diff.between(from, to);
    UnknownPartitions gone = UnknownPartitions.besides(to, from);
    UnknownPartitions more = UnknownPartitions.besides(from, to);
    List<String> partitions = new ArrayList<>();
    gone.lines().forEach(line -> partitions.add("− " + line));
    more.lines().forEach(line -> partitions.add("+ " + line));
    List<Change> rest = new ArrayList<>();
    for (Change change : diff.changes()) {
      boolean ofPartition =
          change instanceof Change.Added && more.include(change.id())
              || change instanceof Change.Removed && gone.include(change.id());
      if (!ofPartition) {
        rest.add(change);
      }
    }
    return new Drift(
        partitions,
        new Diff(rest, diff.uncovered(), diff.columnOrder()),
        rest.size() + gone.size() + more.size());
  }

  /**
   * @return whether there is nothing that differs
   */
  public boolean isEmpty() {
    return count == 0;
  }

  /**
   * @return each thing on a line, partitions of one table on one
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(partitions);
    rest.changes().forEach(change -> lines.add(ChangeText.line(change)));
    return lines;
  }

  /**
   * @return what to say besides how to mend it; empty when no partition is among it
   */
  public String hint() {
    return partitions.stream().anyMatch(line -> line.startsWith("+")) ? " " + EXPECT : "";
  }
}
