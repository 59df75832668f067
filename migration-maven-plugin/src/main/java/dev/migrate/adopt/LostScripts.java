package dev.migrate.adopt;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryTables;
import dev.migrate.script.RevisionFiles;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Refuses to adopt a target whose history table tells of scripts while the project has none: rows
 * without files are a history that somebody has lost, or keeps elsewhere.
 */
public final class LostScripts {
  private LostScripts() {}

  /**
   * @param histories those that the target has, the one that is meant first
   * @param files the revisions of the project
   * @throws MigrateException {@code DATABASE_AHEAD} when the target has applied scripts, and the
   *     project has not one
   */
  public static void refuse(List<HistoryTables.Found> histories, RevisionFiles files) {
    if (histories.isEmpty() || !files.all().isEmpty() || !files.baselines().isEmpty()) {
      return;
    }
    HistoryTables.Found found = histories.get(0);
    if (found.history().applied(Set.of()).isEmpty()) {
      return;
    }
    throw new MigrateException(
        FailureCode.DATABASE_AHEAD,
        "The history %s of the target tells of scripts, and there is none of them in %s. Nothing was written."
            .formatted(
                found,
                files.folders().upgrades().stream()
                    .map(files.folders()::display)
                    .collect(Collectors.joining(", "))),
        "If they lie elsewhere, name their folder: -Dmigrate.directory=…. If they are lost or not wanted"
            + " any more, forget them with mvn migrate:stamp -Dmigrate.to=base -Dmigrate.purge=true"
            + " (the table keeps its rows; take a backup first); then mvn migrate:init writes the model"
            + " and a first revision from the target as it is.");
  }
}
