package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the gate of a deployment says to targets in every condition, and how long it takes, each in
 * a Maven of its own, because that is how it is run.
 */
@Tag("benchmark")
@WithDatabase
@DisplayName("migrate:check")
class CheckBenchmark {
  private static final int RUNS = Integer.getInteger("check.runs", 5);
  private static final Pattern PLUGIN_TIME = Pattern.compile("Plugin time: (\\d+) ms");
  private static final Pattern CONNECTED = Pattern.compile("Connected in (\\d+) ms");

  @Test
  @DisplayName("on a target at head, pending, ahead, failed, tampered")
  void everyCondition(Database small, Database large) {
    System.out.printf("%-9s %9s  %-16s %s%n", "target", "revisions", "result", "milliseconds");
    conditions(small, 5);
    conditions(large, 200);
  }

  private static void conditions(Database database, int revisions) {
    Project project = Project.small("check-" + revisions);
    project = project.with(database.targetOf(project.maven()));
    for (int i = 1; i <= revisions; i++) {
      revision(project, i);
    }
    project.run("migrate:upgrade", "-q").succeeds();
    measure(project, "at head", revisions, "");

    revision(project, revisions + 1);
    measure(project, "pending", revisions, "PENDING");
    project.run("migrate:upgrade", "-q").succeeds();

    Project older = project.copy("check-older");
    older.delete(Project.upgradeScript(id(revisions + 1)));
    older.delete(Project.downgradeScript(id(revisions + 1)));
    measure(older, "ahead", revisions, "DATABASE_AHEAD");

    Project edited = project.copy("check-edited");
    edited.append(Project.upgradeScript(id(2)), "-- edited\n");
    measure(edited, "tampered", revisions, "TAMPERED_SCRIPT");

    project.revision(
        id(revisions + 2),
        "create index concurrently on t1 (id);\ncreate index concurrently on nowhere (id);\n",
        "select 1;\n");
    project.run("migrate:upgrade", "-q").fails();
    measure(project, "failed", revisions, "FAILED_REVISION");
  }

  private static void revision(Project project, int number) {
    project.revision(
        id(number),
        "create table t%d (id int primary key, name text not null);\n".formatted(number),
        "drop table t%d;\n".formatted(number));
  }

  private static String id(int number) {
    return "202601010%05d".formatted(number);
  }

  private static void measure(Project project, String target, int revisions, String code) {
    List<Long> whole = new ArrayList<>();
    List<Long> connecting = new ArrayList<>();
    String said = "";
    for (int run = 0; run < RUNS; run++) {
      Build build = project.run("migrate:check", "-X");
      if (code.isEmpty()) {
        build.succeeds().says("The database is at the head");
      } else {
        build.fails().says(code);
      }
      whole.add(find(PLUGIN_TIME, build));
      connecting.add(find(CONNECTED, build));
      said = build.output();
    }
    System.out.printf(
        Locale.ROOT,
        "%-9s %9d  %-16s plugin time %s, of it connecting %s%n  %s%n",
        target,
        revisions,
        code.isEmpty() ? "passes" : code,
        summary(whole),
        summary(connecting),
        message(said));
  }

  private static long find(Pattern pattern, Build build) {
    Matcher matcher = pattern.matcher(build.output());
    assertThat(matcher.find()).as("%s in %s", pattern, build).isTrue();
    return Long.parseLong(matcher.group(1));
  }

  private static String summary(List<Long> millis) {
    List<Long> sorted = millis.stream().sorted().toList();
    return "%d (%d to %d)"
        .formatted(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
  }

  /** The sentence that says what is the matter. */
  private static String message(String output) {
    Matcher matcher =
        Pattern.compile(
                "(?:The database|Revision|\\S+) (?:is at|is ahead|has not applied|was edited|\\d+ stopped).*")
            .matcher(output);
    return matcher.find() ? matcher.group() : "";
  }
}
