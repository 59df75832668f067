package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.report.Output;
import dev.migrate.script.JavaRunner;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.script.ScriptConventions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.project.ProjectDependenciesResolver;

/**
 * Superclass of the goals that work on the revision files of a project: the parameters of their
 * folders and of Flyway's conventions.
 */
abstract class ProjectMojo extends MigrateMojo {
  private boolean misnamedSaid;

  private static final int MOST_NAMED = 10;

  static final String DEFAULT_DIRECTORY = "src/main/resources/db/migration";

  /**
   * The folder of the upgrade scripts ({@code V….sql}), relative to the project's directory;
   * several with commas between. New revisions go to the first.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.directory", defaultValue = DEFAULT_DIRECTORY)
  private String directory;

  /**
   * The folder of the downgrade scripts ({@code U….sql}), relative to the project's directory;
   * several with commas between. New revisions go to the first.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.undoDirectory", defaultValue = "src/main/resources/db/undo")
  private String undoDirectory;

  /**
   * How the scripts of a project are named and written that does not do it in Flyway's usual way:
   * an element for each of Flyway's settings, by Flyway's name. Heard are {@code
   * sqlMigrationPrefix}, {@code undoSqlMigrationPrefix}, {@code repeatableSqlMigrationPrefix},
   * {@code baselineMigrationPrefix} (each may be empty), {@code sqlMigrationSeparator}, {@code
   * sqlMigrationSuffixes}, {@code encoding}, {@code placeholderReplacement}, {@code
   * placeholderPrefix}, {@code placeholderSuffix}, {@code placeholderSeparator}, and {@code
   * schemas} (further schemas that are made before the first script). {@code init} writes it from
   * where Flyway's settings stand. On the command line Flyway's own properties do it, such as
   * {@code -Dflyway.sqlMigrationPrefix=}.
   *
   * @since 1.0.0
   */
  @Parameter private Map<String, String> flyway;

  /**
   * How long one Java migration may run, on scratch or in the target: seconds, or a number with a
   * unit ({@code 500ms}, {@code 2h}); 0 is for ever. One that is not done then is ended, and rolled
   * back.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.javaTimeout", defaultValue = "3600")
  private String javaTimeout;

  @Inject private ProjectDependenciesResolver dependencies;

  /**
   * @return what runs the Java migrations of the project
   */
  final JavaRunner javaRunner() {
    return ProjectJava.of(
        project(),
        session(),
        dependencies,
        list(directory),
        DurationParser.parse("javaTimeout", javaTimeout));
  }

  final RevisionFolders folders() {
    return new RevisionFolders(
        directory(), paths(directory), paths(undoDirectory), ScriptConventions.of(flyway()));
  }

  /**
   * @return the settings of Flyway that count, by their names
   */
  final Map<String, String> flyway() {
    return FlywayElement.heard(flyway, session().getUserProperties());
  }

  /**
   * Goes on with what a goal has found out about the project.
   *
   * @param folders the folders of the scripts; none leaves them as they are
   * @param undo the folder of downgrade scripts; null leaves it as it is
   * @param settings settings of Flyway that are added to those that are heard
   */
  final void goOnWith(List<String> folders, String undo, Map<String, String> settings) {
    if (!folders.isEmpty()) {
      directory = String.join(",", folders);
    }
    if (undo != null) {
      undoDirectory = undo;
    }
    Map<String, String> all = new TreeMap<>(settings);
    if (flyway != null) {
      all.putAll(flyway);
    }
    flyway = all;
  }

  private static List<Path> paths(String value) {
    List<Path> paths = new ArrayList<>();
    for (String item : list(value)) {
      paths.add(Path.of(item));
    }
    return paths;
  }

  /**
   * @return the revisions of the project; a missing folder is an error
   */
  final RevisionFiles files() {
    return known(warnOfMisnamed(RevisionFiles.read(folders(), MissingFolder.REFUSE)));
  }

  /**
   * @return the revisions of the project; none where there is no folder yet
   */
  final RevisionFiles filesOrNone() {
    return known(warnOfMisnamed(RevisionFiles.read(folders(), MissingFolder.ALLOW)));
  }

  /**
   * @param files what was read
   * @return the same, with what else this goal can find out about them
   */
  RevisionFiles known(RevisionFiles files) {
    return files;
  }

  /**
   * Finishes what an earlier run of this goal had begun, if it was ended while it changed files.
   *
   * @param out takes what was finished
   * @return whether there was something; nothing else is to be done then
   */
  final boolean finishes(Output out) {
    Optional<List<String>> changed = finished();
    changed.ifPresent(
        names ->
            out.result(
                () -> {
                  List<String> lines = new ArrayList<>();
                  lines.add(
                      "Finished what an interrupted mvn migrate:%s had begun; nothing else was done."
                          .formatted(goal()));
                  names.forEach(name -> lines.add("  " + name));
                  return lines;
                },
                () -> {
                  JsonObject document = document();
                  JsonArray paths = new JsonArray();
                  names.forEach(paths::add);
                  document.add("finished", paths);
                  return document;
                }));
    return changed.isPresent();
  }

  /**
   * The same without a word.
   *
   * @return the files that were changed; empty when there was nothing to finish
   */
  final Optional<List<String>> finished() {
    RevisionFolders folders = folders();
    return folders
        .journal()
        .finish(goal())
        .map(paths -> paths.stream().map(folders::display).toList());
  }

  /** Said once: a goal may read the files again after it has written some. */
  private RevisionFiles warnOfMisnamed(RevisionFiles files) {
    if (misnamedSaid) {
      return files;
    }
    misnamedSaid = true;
    for (Path file : files.misnamed()) {
      getLog()
          .warn(
              "%s is ignored: its name is not V<version>__<message>.sql, so neither Flyway nor this"
                      .formatted(files.folders().display(file))
                  + " plugin takes it for a revision.");
    }
    List<Path> others = files.others();
    if (!others.isEmpty()) {
      getLog()
          .warn(
              "%s no revision by name, and nothing runs %s: %s%s"
                  .formatted(
                      others.size() == 1
                          ? "1 SQL file in the folders of the revisions is"
                          : others.size() + " SQL files in the folders of the revisions are",
                      others.size() == 1 ? "it" : "them",
                      others.stream()
                          .limit(MOST_NAMED)
                          .map(files.folders()::display)
                          .collect(Collectors.joining(", ")),
                      others.size() > MOST_NAMED
                          ? ", and %d more.".formatted(others.size() - MOST_NAMED)
                          : "."));
    }
    return files;
  }
}
