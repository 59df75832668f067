package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.report.Output;
import dev.migrate.script.ProjectSkeleton;
import java.util.ArrayList;
import java.util.List;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Creates the folders of the scripts and the file of the model. What is there already is left as it
 * is. Needs no database.
 *
 * @since 1.0.0
 */
@Mojo(name = "init", requiresProject = false, threadSafe = true)
public class InitMojo extends ProjectMojo {
  /**
   * The model: the wanted schema, relative to the project's directory.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.model", defaultValue = "src/main/database/schema.sql")
  private String model;

  @Override
  void run(Output out) {
    List<String> created = ProjectSkeleton.create(folders(), directory().resolve(model));
    out.result(
        () -> {
          List<String> lines = new ArrayList<>();
          created.forEach(path -> lines.add("Created " + path));
          lines.add(
              created.isEmpty()
                  ? "Everything is there already; nothing was changed."
                  : "Describe the wanted schema in "
                      + model
                      + ", then write the first revision with mvn migrate:revision"
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
