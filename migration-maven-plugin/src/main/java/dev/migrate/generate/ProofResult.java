package dev.migrate.generate;

import dev.migrate.diff.Change;
import dev.migrate.observe.ObservedStatement;
import dev.migrate.observe.RowCoverage;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Schema;
import dev.migrate.schema.Uncovered;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The result of a proof: each statement with its observed locks and hazards, and what was found
 * about rows.
 *
 * @param steps what runs, one for each revision, in order; with their downgrades as far as the
 *     proof came
 * @param failure the statement that PostgreSQL refused, or null
 * @param remains what still differs from the wanted schema after the upgrade
 * @param lost what differs from the old schema after the downgrade
 * @param gone what rows have lost although no hazard says so, a sentence each
 * @param rows how far rows were judged
 */
public record ProofResult(
    List<Step> steps,
    Refused failure,
    List<Change> remains,
    List<Change> lost,
    List<Gone> gone,
    RowCoverage rows) {
  /** Copies what it is given. */
  public ProofResult {
    steps = List.copyOf(steps);
    remains = List.copyOf(remains);
    lost = List.copyOf(lost);
    gone = List.copyOf(gone);
    Objects.requireNonNull(rows, "rows");
  }

  /** What came of statements that ran, before anybody looked at rows. */
  static ProofResult of(
      List<Step> steps, Refused failure, List<Change> remains, List<Change> lost) {
    return new ProofResult(steps, failure, remains, lost, List.of(), RowCoverage.NONE);
  }

  /** The same with what was seen of rows. */
  ProofResult judged(List<Gone> losses, RowCoverage judged) {
    return new ProofResult(steps, failure, remains, lost, losses, judged);
  }

  /** The same with other steps. */
  ProofResult with(List<Step> others) {
    return new ProofResult(others, failure, remains, lost, gone, rows);
  }

  /** The same, when the rows that it was refused for are known. */
  ProofResult refusedFor(List<String> found) {
    return new ProofResult(
        steps,
        new Refused(failure.statement(), failure.upgrade(), failure.message(), true, found),
        remains,
        lost,
        gone,
        rows);
  }

  /**
   * Something that rows have lost.
   *
   * @param upgrade whether it was the upgrade; else the downgrade
   * @param what the table, column and value, in a sentence without its full stop
   */
  public record Gone(boolean upgrade, String what) {}

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
   * A statement that failed.
   *
   * @param statement the statement
   * @param upgrade whether it belongs to the upgrade; else to the downgrade
   * @param message what PostgreSQL said
   * @param forRows whether it fails only because of rows that revisions have written
   * @param rows those of them that could be found
   */
  public record Refused(
      Statement statement, boolean upgrade, String message, boolean forRows, List<String> rows) {
    /** Copies what it is given. */
    public Refused {
      rows = List.copyOf(rows);
    }

    /** One that fails for what it says. */
    static Refused of(Statement statement, boolean upgrade, String message) {
      return new Refused(statement, upgrade, message, false, List.of());
    }
  }

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
    return failure == null && remains.isEmpty() && lost.isEmpty() && gone.isEmpty();
  }

  /**
   * What may be said of scripts that do what they should: nothing is proven about what nobody
   * compares.
   *
   * @return a sentence
   */
  public String claim() {
    Set<Uncovered> uncovered = new HashSet<>();
    steps.forEach(
        step -> {
          uncovered.addAll(step.before().uncovered());
          uncovered.addAll(step.after().uncovered());
        });
    return uncovered.isEmpty()
        ? "Proven: the upgrade gives the model, the downgrade what was there before."
        : "Tried, up and down; not proven, since %s not covered and not compared."
            .formatted(uncovered.size() == 1 ? "one thing is" : uncovered.size() + " things are");
  }

  /**
   * @return the hazards of the upgrade that somebody should have thought about, in words, each
   *     once; locks and scans are in the scripts and not here
   */
  public Set<String> hazardsToThinkAbout() {
    Set<String> hazards = new LinkedHashSet<>();
    for (Step step : steps) {
      for (ObservedStatement one : step.up()) {
        for (Hazard hazard : one.hazards()) {
          if (!(hazard instanceof Hazard.Blocks || hazard instanceof Hazard.ScansTable)) {
            hazards.add(hazard.describe());
          }
        }
      }
    }
    return hazards;
  }
}
