package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.prove.Adoption;
import dev.migrate.prove.Model;
import dev.migrate.prove.Transcript;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.script.ProjectSkeleton;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Creates the folders of the scripts and the file of the model. What is there already is left as it
 * is. When there are revisions already, such as those of a project that has used Flyway, the model
 * is written from what they give. When a target is named that has grown without revisions, the
 * model and a first revision are written from it, and it is recorded as standing there; else no
 * database is needed.
 *
 * @since 1.0.0
 */
@Mojo(name = "init", requiresProject = false, threadSafe = true)
public class InitMojo extends SchemaMojo {
  private static final String CHANGE_THE_MODEL =
      "From now on change the model, then run mvn migrate:generate -Dmigrate.message=\"…\".";

  /**
   * Whether everybody who may create objects in the target is trusted like the project itself. Else
   * what comes from it is loaded into scratch as a role without power, and what only a superuser
   * can load there is refused by name.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.trustTarget", defaultValue = "false")
  private boolean trustTarget;

  @Override
  void run(Output out) {
    finished()
        .ifPresent(
            names ->
                getLog()
                    .info(
                        "Finished what an interrupted run had begun: " + String.join(", ", names)));
    Optional<Target> grown = grownTarget();
    if (grown.isPresent()) {
      takeOver(grown.get(), out);
    } else {
      begin(out);
    }
  }

  /** A target that nobody has named for this build is not worth a failure. */
  private Optional<Target> grownTarget() {
    Optional<Target> named = namedTarget();
    try {
      return named.filter(target -> Adoption.hasGrown(target, historyOptions()));
    } catch (MigrateException e) {
      if (namesTarget() || e.code() != FailureCode.CONNECTION) {
        throw e;
      }
      getLog().warn("The target was not looked at. " + e.problem());
      return Optional.empty();
    }
  }

  private void takeOver(Target target, Output out) {
    getLog().info("Target: " + target + " (" + target.origin() + ")");
    Adoption.Adopted adopted =
        new Adoption(workshop(), historyOptions(), scope(), trustTarget)
            .run(target, filesOrNone(), modelFile());
    warn(adopted.warnings());
    out.result(
        () -> {
          List<String> lines = new ArrayList<>();
          lines.add("The model was written from the target: " + modelName());
          lines.add("Revision " + adopted.revision().revision().title());
          lines.add("  upgrade:   " + adopted.revision().upgrade().name());
          adopted
              .revision()
              .downgrade()
              .ifPresent(script -> lines.add("  downgrade: " + script.name()));
          lines.add("Proven: the model and the revision each give the schema of the target.");
          lines.add("The target has recorded the revision; nothing else was changed in it.");
          lines.add(CHANGE_THE_MODEL);
          return lines;
        },
        () -> {
          JsonObject document = document();
          document.addProperty("target", target.toString());
          Json.addRevisions(document, files(), List.of(adopted.revision().revision()));
          JsonArray created = new JsonArray();
          created.add(modelName());
          created.add(adopted.revision().upgrade().name());
          adopted.revision().downgrade().ifPresent(script -> created.add(script.name()));
          document.add("created", created);
          return document;
        });
  }

  /** Whoever has revisions and begins with an empty model would next be told to drop everything. */
  private boolean writeModelOfRevisions() {
    if (Model.isUrl(modelName()) || modelName().contains(",")) {
      return false;
    }
    RevisionFiles files = filesOrNone();
    if (!Transcript.isPossible(files, modelFile())) {
      return false;
    }
    warn(
        new Transcript(workshop(), historyOptions(), scope(), replaying()).run(files, modelFile()));
    return true;
  }

  private void begin(Output out) {
    boolean written = writeModelOfRevisions();
    List<String> created = new ArrayList<>(ProjectSkeleton.create(folders(), modelFile()));
    if (written) {
      created.add(modelName());
    }
    out.result(
        () -> {
          List<String> lines = new ArrayList<>();
          created.forEach(path -> lines.add("Created " + path));
          if (written) {
            lines.add("Proven: the model gives what the revisions give.");
            lines.add(CHANGE_THE_MODEL);
            return lines;
          }
          lines.add(
              created.isEmpty()
                  ? "Everything is there already; nothing was changed."
                  : "Describe the wanted schema in "
                      + modelName()
                      + ", then write the first revision with mvn migrate:generate"
                      + " -Dmigrate.message=\"…\".");
          return lines;
        },
        () -> {
          JsonObject document = document();
          JsonArray paths = new JsonArray();
          created.forEach(paths::add);
          document.add("created", paths);
          return document;
        });
  }
}
