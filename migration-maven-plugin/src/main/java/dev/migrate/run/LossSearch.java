package dev.migrate.run;

import dev.migrate.history.BaselineGuard;
import dev.migrate.loss.DataLoss;
import dev.migrate.script.Placeholders;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import dev.migrate.script.ScriptStatement;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Static analysis of everything that a run executes: finds the first script that can lose rows, in
 * the order of execution, because what one script makes, the next one may call.
 */
final class LossSearch {
  private final Placeholders placeholders;
  private final Supplier<DataLoss> losses;

  /**
   * @param placeholders what is replaced in scripts
   * @param losses reads single scripts; a new one for each search, since it remembers what they
   *     make, and only for one that has scripts to read
   */
  LossSearch(Placeholders placeholders, Supplier<DataLoss> losses) {
    this.placeholders = placeholders;
    this.losses = losses;
  }

  /**
   * @param run what is about to run
   * @return which script can lose rows, and by what; empty when none can
   */
  Optional<String> first(PlannedRun run) {
    return byJava(run).or(() -> byScripts(run));
  }

  private static Optional<String> byJava(PlannedRun run) {
    return run.javaMigrations().stream()
        .findFirst()
        .map(step -> "%s: nobody can tell what a Java migration does with rows".formatted(step));
  }

  private Optional<String> byScripts(PlannedRun run) {
    DataLoss read = losses.get();
    for (Script script : run.direction().callbacks(run.before().files())) {
      Optional<String> loss = in(script, script.name(), read);
      if (loss.isPresent()) {
        return loss;
      }
    }
    for (RevisionFile file : run.files()) {
      Optional<String> loss =
          run.direction().script(file).flatMap(script -> in(script, file.id().toString(), read));
      if (loss.isPresent()) {
        return loss;
      }
    }
    for (Script script : run.repeatables()) {
      Optional<String> loss = in(script, script.name(), read);
      if (loss.isPresent()) {
        return loss;
      }
    }
    return Optional.empty();
  }

  private Optional<String> in(Script script, String title, DataLoss read) {
    String text = script.text();
    if (BaselineGuard.is(text)) {
      return Optional.empty();
    }
    List<String> statements =
        ScriptReader.lenient(script, placeholders).statements().stream()
            .map(ScriptStatement::sql)
            .toList();
    return read.in(text, statements).map(what -> title + ": " + what);
  }
}
