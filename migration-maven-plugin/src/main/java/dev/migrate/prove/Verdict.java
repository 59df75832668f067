package dev.migrate.prove;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Schema;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What came of a proof.
 *
 * @param steps what runs, one for each revision, in order; with their downgrades as far as the
 *     proof came
 * @param failure the statement that PostgreSQL refused, or null
 * @param remains what still differs from the wanted schema after the upgrade
 * @param lost what differs from the old schema after the downgrade
 */
public record Verdict(List<Step> steps, Refused failure, List<Change> remains, List<Change> lost) {
  /** Copies what it is given. */
  public Verdict {
    steps = List.copyOf(steps);
    remains = List.copyOf(remains);
    lost = List.copyOf(lost);
  }

  /**
   * One revision.
   *
   * @param before the schema before it
   * @param after the schema after it
   * @param restored the schema after its downgrade; that before it as long as none has run
   * @param up the statements of its upgrade
   * @param down the statements of its downgrade, in the groups that each need a transaction of
   *     their own
   */
  public record Step(
      Schema before,
      Schema after,
      Schema restored,
      List<ObservedStatement> up,
      List<List<ObservedStatement>> down) {
    /** Copies what it is given. */
    public Step {
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(after, "after");
      Objects.requireNonNull(restored, "restored");
      up = List.copyOf(up);
      down = down.stream().map(List::copyOf).toList();
    }

    Step restoring(Schema schema) {
      return new Step(before, after, schema, up, down);
    }

    /**
     * @return whether the upgrade runs in a transaction
     */
    public boolean upInTransaction() {
      return up.stream().allMatch(one -> one.statement().transactional());
    }

    /**
     * @return whether the downgrade runs in one transaction
     */
    public boolean downInTransaction() {
      return down.size() <= 1
          && down.stream().flatMap(List::stream).allMatch(one -> one.statement().transactional());
    }

    /**
     * @return whether the upgrade may run again after it stopped half-way
     */
    public boolean upRepeatable() {
      return isRepeatable(up);
    }

    /**
     * @return whether the downgrade may: its last part may also be a transaction, which leaves
     *     nothing behind when it fails
     */
    public boolean downRepeatable() {
      return !downInTransaction()
          && down.subList(0, down.size() - 1).stream().allMatch(Step::isRepeatable)
          && down.get(down.size() - 1).stream()
              .allMatch(one -> one.statement().repeatable() || one.statement().transactional());
    }

    private static boolean isRepeatable(List<ObservedStatement> statements) {
      return !statements.isEmpty()
          && statements.stream().allMatch(one -> one.statement().repeatable());
    }
  }

  /**
   * A statement that failed on a database without rows.
   *
   * @param statement the statement
   * @param upgrade whether it belongs to the upgrade; else to the downgrade
   * @param message what PostgreSQL said
   */
  public record Refused(Statement statement, boolean upgrade, String message) {}

  /**
   * @return the statement that PostgreSQL refused, if there was one
   */
  public Optional<Refused> refusal() {
    return Optional.ofNullable(failure);
  }

  /**
   * @return whether the scripts do what they should, up and down
   */
  public boolean proven() {
    return failure == null && remains.isEmpty() && lost.isEmpty();
  }

  /** What differs between two schemas, as a list of changes. */
  static List<Change> difference(Schema got, Schema wanted) {
    return Diff.between(got, wanted).changes();
  }
}
