package dev.migrate.goal;

import dev.migrate.backup.OrphanedCopies;
import dev.migrate.backup.OrphanedCopies.Leftover;
import dev.migrate.generate.UserPrompt;
import dev.migrate.report.Sizes;
import org.apache.maven.plugin.logging.Log;

/**
 * Drops, or names, the orphaned databases and files that killed restores and rehearsals have left:
 * at a terminal after a question for each, else when that is wanted. What stays is named.
 */
final class OrphanSweep {
  private final OrphanedCopies leftovers;
  private final UserPrompt questions;
  private final Log log;
  private final boolean wanted;

  OrphanSweep(OrphanedCopies leftovers, UserPrompt questions, Log log, boolean wanted) {
    this.leftovers = leftovers;
    this.questions = questions;
    this.log = log;
    this.wanted = wanted;
  }

  void run() {
    for (Leftover one : leftovers.find()) {
      String what =
          "A run that was killed has left %s (%s)".formatted(one.title(), Sizes.text(one.bytes()));
      boolean yes = wanted || questions.yes(what + ". Drop it?").orElse(false);
      if (!yes) {
        log.warn(what + ". To drop what such runs leave, give -Dmigrate.sweep=true.");
      } else if (leftovers.sweep(one)) {
        log.info(what + "; it is gone now.");
      } else {
        log.warn(what + "; somebody has begun to use it, so it stays.");
      }
    }
  }
}
