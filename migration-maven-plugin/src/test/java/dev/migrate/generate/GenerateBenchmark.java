package dev.migrate.generate;

import java.nio.file.Path;
import java.util.function.Supplier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a one-column change costs on a history of 200 revisions, the first time and after that. */
@Tag("benchmark")
@DisplayName("Generate on 200 revisions")
class GenerateBenchmark {
  private static final int REVISIONS = 200;

  @TempDir private Path folder;

  @Test
  @DisplayName("replays them the first time only")
  void firstAndSecond() {
    ModelProject project = ModelProject.empty(folder).onOwnServers();
    StringBuilder model = new StringBuilder();
    for (int i = 1; i <= REVISIONS; i++) {
      String table =
          "create table t%d (id bigint generated always as identity primary key, name text not null, "
                  .formatted(i)
              + "size int check (size > 0)); create index t%d_name on t%d (name);".formatted(i, i);
      project.revision(i, table, "drop table t%d;".formatted(i));
      model.append(table).append('\n');
    }
    project.model(model.toString());
    long warm = millis(() -> project.generate("Nothing"));
    ModelProject.at(folder)
        .onOwnServers()
        .edit("create table t1 (", "create table t1 (added date, ");
    long same = millis(() -> failureOf(project));
    long second = millis(() -> project.generate("Add a column"));
    System.out.printf(
        "generate on %d revisions: first %d ms; second, without a message %d ms; second, proven and"
            + " written %d ms; ratio first to second %.1f%n",
        REVISIONS, warm, same, second, (double) warm / second);
  }

  private static Object failureOf(ModelProject project) {
    return ModelProject.failureOf(() -> project.generate(""));
  }

  private static long millis(Supplier<Object> work) {
    long start = System.nanoTime();
    work.get();
    return (System.nanoTime() - start) / 1_000_000;
  }
}
