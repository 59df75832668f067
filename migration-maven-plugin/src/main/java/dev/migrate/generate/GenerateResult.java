package dev.migrate.generate;

import dev.migrate.diff.Diff;
import dev.migrate.schema.FactId;
import dev.migrate.script.RevisionFile;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The result of generating: the revisions that were written, or that there is no difference. */
public sealed interface GenerateResult {
  /**
   * @return what there is to know besides: what no fact describes, what refers out of the scope
   */
  List<String> warnings();

  /**
   * Model and revisions agree.
   *
   * @param columnOrder the tables whose columns stand in another order, which cannot be altered
   * @param warnings what there is to know besides
   */
  record NoDifference(SortedSet<FactId> columnOrder, List<String> warnings)
      implements GenerateResult {
    /** Copies what it is given. */
    public NoDifference {
      columnOrder = new TreeSet<>(columnOrder);
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The file of a repeatable migration that was written anew.
   *
   * @param name its path in the project
   * @param before where the text that it had is kept, when no commit has it
   */
  record Rewritten(String name, Optional<String> before) {
    /** Both are needed. */
    public Rewritten {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(before, "before");
    }
  }

  /**
   * Revisions were written.
   *
   * @param files the revisions, in order
   * @param anew the files of repeatable migrations that were written anew with them
   * @param diff what they change
   * @param verdict what the proof saw
   * @param warnings what there is to know besides
   */
  record Written(
      List<RevisionFile> files,
      List<Rewritten> anew,
      Diff diff,
      ProofResult verdict,
      List<String> warnings)
      implements GenerateResult {
    /** Copies what it is given. */
    public Written {
      files = List.copyOf(files);
      anew = List.copyOf(anew);
      Objects.requireNonNull(diff, "diff");
      Objects.requireNonNull(verdict, "verdict");
      warnings = List.copyOf(warnings);
    }
  }
}
