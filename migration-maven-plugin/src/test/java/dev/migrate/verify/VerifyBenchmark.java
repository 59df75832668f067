package dev.migrate.verify;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What verifying a long history costs: cold, when nothing has changed, with one revision added. */
@Tag("benchmark")
@DisplayName("Verifying a history")
class VerifyBenchmark {
  @TempDir private Path folder;

  @Test
  @DisplayName("of 100 and of 200 revisions")
  void longHistories() {
    long hundred = run(folder.resolve("100"), 100);
    long twoHundred = run(folder.resolve("200"), 200);
    System.out.printf("cold, 200 revisions to 100: %.2f times%n", (double) twoHundred / hundred);
  }

  private static long run(Path root, int revisions) {
    VerifiedProject project = new VerifiedProject(root).onOwnServers().skip("model", "target");
    for (int number = 1; number <= revisions; number++) {
      add(project, number);
    }
    long cold = timed(project, revisions + " revisions, cold");
    timed(project, revisions + " revisions, nothing changed");
    add(project, revisions + 1);
    timed(project, revisions + " revisions, one added");
    return cold;
  }

  /** Half of them create tables with keys and checks, the others change one. */
  private static void add(VerifiedProject project, int number) {
    String parents = number == 1 ? "none" : String.valueOf(number - 1);
    String table = "thing_" + (number + 1) / 2;
    if (number % 2 == 1) {
      String reference = number == 1 ? "" : ", before_id bigint references thing_" + number / 2;
      project.revision(
          number,
          parents,
          ("create table %s (id bigint generated always as identity primary key,"
                  + " name text not null unique, size int check (size > 0)%s);")
              .formatted(table, reference),
          "drop table %s;".formatted(table));
    } else {
      project.revision(
          number,
          parents,
          "alter table %s add note text; create index on %s (note);".formatted(table, table),
          "alter table %s drop note;".formatted(table));
    }
  }

  private static long timed(VerifiedProject project, String what) {
    long start = System.nanoTime();
    Verification found = project.verify();
    long millis = (System.nanoTime() - start) / 1_000_000;
    System.out.printf("%-36s %7d ms", what, millis);
    if (!found.upToDate()) {
      found
          .results()
          .forEach(
              result ->
                  System.out.printf("  %s %d", result.check().label(), result.took().toMillis()));
    }
    System.out.println();
    found.require();
    return millis;
  }
}
