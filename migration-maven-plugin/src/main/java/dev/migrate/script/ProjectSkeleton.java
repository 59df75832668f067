package dev.migrate.script;

import dev.migrate.files.Disk;
import dev.migrate.files.FileFailures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Creates the folders and files with which a project begins. What is there already is left as it
 * is.
 */
public final class ProjectSkeleton {
  private static final String MODEL =
      """
      -- The model: the schema that the database shall have, as you want to read it. Change it
      -- first; then write a revision that brings databases there. For example:
      --
      -- CREATE TABLE assets (
      --   id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      --   name text NOT NULL
      -- );
      """;

  private ProjectSkeleton() {}

  /**
   * Creates what is missing.
   *
   * @param folders the folders of the scripts
   * @param model the file of the model
   * @return what was created, as messages name it; empty when everything was there
   * @throws dev.migrate.failure.MigrateException if something cannot be written
   */
  public static List<String> create(RevisionFolders folders, Path model) {
    List<String> created = new ArrayList<>();
    Stream.of(folders.upgrade(), folders.downgrade(), model.toAbsolutePath().getParent())
        .filter(folder -> !Files.isDirectory(folder))
        .forEach(
            folder -> {
              createFolder(folder, folders.display(folder));
              created.add(folders.display(folder) + "/");
            });
    if (!Files.exists(model)) {
      try {
        Disk.replace(model, MODEL);
      } catch (IOException e) {
        throw FileFailures.cannotWrite(folders.display(model), e);
      }
      created.add(folders.display(model));
    }
    return created;
  }

  private static void createFolder(Path folder, String name) {
    try {
      Disk.createFolders(folder);
    } catch (IOException e) {
      throw FileFailures.cannotWrite(name, e);
    }
  }
}
