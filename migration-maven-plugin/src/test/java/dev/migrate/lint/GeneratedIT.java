package dev.migrate.lint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.generate.Generate;
import dev.migrate.generate.GenerateResult;
import dev.migrate.generate.UserPrompt;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.replay.ReplaySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same changes in both forms: what generate writes, and what lint says of it. */
@DisplayName("Of what generate writes, lint")
class GeneratedIT {
  private static final String BEFORE =
      """
      create table site (id bigint primary key);
      create table thing (
        id bigint primary key, site_id bigint, code text, number int not null, note text);
      create table log (id int not null, day date not null) partition by range (day);
      create table log_2026 partition of log for values from ('2026-01-01') to ('2027-01-01');
      """;

  /** A key, a reference, a check, two indexes, a NOT NULL, and three columns. */
  private static final String AFTER =
      """
      create table site (id bigint primary key);
      create table thing (
        id bigint primary key,
        site_id bigint constraint thing_site references site,
        code text not null,
        number int not null constraint thing_number unique constraint thing_size check (number > 0),
        note text,
        plain text,
        counted int not null default 0,
        token uuid not null default gen_random_uuid());
      create table log (id int not null, day date not null) partition by range (day);
      create table log_2026 partition of log for values from ('2026-01-01') to ('2027-01-01');
      create unique index log_once on log (id, day);
      create index thing_code on thing (code);
      create unique index thing_note on thing (note);
      """;

  @TempDir private Path root;

  private LintedProject generated(boolean online) throws IOException {
    LintedProject project = new LintedProject(root).script(BEFORE);
    Path undo = root.resolve("src/main/resources/db/undo/U20260101000001__step.sql");
    Files.createDirectories(undo.getParent());
    Files.writeString(undo, "drop table thing; drop table site; drop table log;");
    Path schema = root.resolve("schema.sql");
    Files.writeString(schema, AFTER);
    Generate plain =
        new Generate(
            new ReplaySettings(
                project.scratchSource(),
                project.files(),
                HistoryOptions.defaults(),
                Scope.standard(),
                Progress.SILENT),
            UserPrompt.NOBODY);
    Generate generate = online ? plain.online() : plain;
    assertThat(generate.run(Model.of(schema.toString(), root, name -> null), "Change it", "none"))
        .isInstanceOf(GenerateResult.Written.class);
    return project;
  }

  private static Map<String, Integer> said(LintResult linted) {
    Map<String, Integer> counts = new TreeMap<>();
    linted.findings().forEach(one -> counts.merge(one.rule().label(), 1, Integer::sum));
    return counts;
  }

  @Test
  @DisplayName("has nothing to say when it is the online form")
  void online() throws IOException {
    LintResult linted = generated(true).lint();
    assertThat(linted.scripts()).hasSizeGreaterThan(5);
    assertThat(said(linted)).isEmpty();
    assertThat(linted.notChecked()).isEmpty();
  }

  @Test
  @DisplayName("names each change that hurts when it is the plain form")
  void plain() throws IOException {
    LintResult linted = generated(false).lint();
    assertThat(linted.notChecked()).isEmpty();
    Map<String, Integer> said = said(linted);
    assertThat(said.remove("missing-lock-timeout")).isPositive();
    assertThat(said)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "constraint-without-not-valid", 2,
                "index-not-concurrent", 2,
                "index-on-partitioned", 1,
                "set-not-null", 1,
                "unique-not-through-index", 1,
                "volatile-default", 1));
  }
}
