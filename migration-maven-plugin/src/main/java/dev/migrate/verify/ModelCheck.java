package dev.migrate.verify;

import dev.migrate.diff.Diff;
import dev.migrate.model.Model;
import dev.migrate.model.ModelLoader;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The check {@code model}: whether the revisions give the schema of the model. */
final class ModelCheck {
  private final VerifyContext context;

  ModelCheck(VerifyContext context) {
    this.context = context;
  }

  /**
   * @param workspace a server to load the model on
   * @param head what the revisions give
   */
  CheckResult run(ScratchWorkspace workspace, Schema head) {
    Optional<Model> model = context.settings().model().get();
    if (model.isEmpty()) {
      return CheckResult.skipped(
          Check.MODEL, "there is no model; mvn migrate:init creates one from what is there");
    }
    ModelLoader loader = new ModelLoader(workspace, context.scope(), context.options().schema());
    Diff diff = Diff.between(head, loader.load(model.get()));
    List<String> notes = new ArrayList<>(loader.outOfScope());
    diff.uncovered().forEach(one -> notes.add("Not covered, and not compared: " + one + "."));
    diff.columnOrder()
        .forEach(one -> notes.add("Equal except for the order of its columns: " + one + "."));
    List<CheckFinding> findings =
        diff.isEmpty()
            ? List.of()
            : List.of(
                new CheckFinding(
                    model.get().describe(),
                    "The model says something else than the head of the revisions, which differs"
                        + " from it in what is listed, from the head to the model.",
                    "Write the missing revision with mvn migrate:generate -Dmigrate.message=\"…\","
                        + " or correct the model; if a script was edited that is applied already"
                        + " (mvn migrate:current names those), bring it back with git restore.",
                    SchemaFindings.lines(diff)));
    return CheckResult.of(Check.MODEL, model.get().describe(), findings, notes);
  }
}
