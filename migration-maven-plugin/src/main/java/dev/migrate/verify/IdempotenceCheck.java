package dev.migrate.verify;

import dev.migrate.diff.Diff;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.Script;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Checks that repeatable migrations are idempotent: run again where they have run before. One that
 * is not fails on every database on the day on which its file changes.
 */
final class IdempotenceCheck {
  private final VerifyContext context;

  IdempotenceCheck(VerifyContext context) {
    this.context = context;
  }

  /**
   * @param workspace whose base has everything
   * @param head its schema
   * @return a sentence for each that cannot, or gives something else
   */
  List<String> notes(ScratchWorkspace workspace, Schema head) {
    List<Script> scripts = new ArrayList<>(context.files().repeatables());
    if (scripts.isEmpty()) {
      return List.of();
    }
    scripts.sort(Comparator.comparing(Script::description));
    List<String> notes = new ArrayList<>();
    try (ScratchDatabase database = workspace.copy("again");
        Connection connection = database.connect()) {
      ScriptRunner runner = new ScriptRunner(workspace, context.options(), connection);
      for (Script script : scripts) {
        runner
            .run(runner.read(script))
            .ifPresent(
                refused ->
                    notes.add(
                        "%s does not run a second time, so an upgrade will fail once the file changes: %s."
                            .formatted(
                                script.name(),
                                refused.cause().getMessage().lines().findFirst().orElse(""))));
      }
      if (!Diff.between(head, workspace.read(database, context.scope())).isEmpty()) {
        notes.add(
            "The repeatable migrations give something else when they run a second time, so old and new databases differ: %s."
                .formatted(scripts.stream().map(Script::name).collect(Collectors.joining(", "))));
      }
    } catch (SQLException e) {
      throw ScratchWorkspace.lost(e);
    }
    return notes;
  }
}
