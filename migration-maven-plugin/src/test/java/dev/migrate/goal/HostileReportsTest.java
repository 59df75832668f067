package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.migrate.adopt.FlywaySettings;
import dev.migrate.adopt.FlywaySource;
import dev.migrate.backup.BackupEngine;
import dev.migrate.backup.BackupFolder;
import dev.migrate.backup.Manifest;
import dev.migrate.backup.RestoreResult;
import dev.migrate.backup.TableChecksum;
import dev.migrate.generate.GenerateResult;
import dev.migrate.history.History;
import dev.migrate.history.HistoryRow;
import dev.migrate.history.RunOutcome;
import dev.migrate.history.StampOutcome;
import dev.migrate.history.TargetState;
import dev.migrate.history.UpgradeRequest;
import dev.migrate.lint.Finding;
import dev.migrate.lint.LintResult;
import dev.migrate.lint.LintedScript;
import dev.migrate.lint.NotChecked;
import dev.migrate.lint.Rule;
import dev.migrate.lint.SourcePosition;
import dev.migrate.lint.Suppressed;
import dev.migrate.report.AdoptionText;
import dev.migrate.report.BackupText;
import dev.migrate.report.GenerateText;
import dev.migrate.report.Json;
import dev.migrate.report.LintJson;
import dev.migrate.report.LintText;
import dev.migrate.report.Output;
import dev.migrate.report.RunText;
import dev.migrate.report.StampText;
import dev.migrate.report.StateText;
import dev.migrate.report.TerminalStyle;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.revision.RevisionPlan.Reason;
import dev.migrate.run.PlannedRun;
import dev.migrate.run.RunDirection;
import dev.migrate.run.RunResult;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.testing.Sample;
import dev.migrate.text.HostileNames;
import dev.migrate.text.PlainText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Ten thousand texts (or a tenth of them) in every place of a result that somebody else has filled,
 * through the doors by which results leave: the log of a build, a console that shows results alone,
 * a file, and JSON.
 */
@DisplayName("A result in which others have named things")
class HostileReportsTest {
  private static final int COUNT = 10_000;
  private static final int BATCH = 100;
  private static final List<String> STRINGS = HostileNames.strings(COUNT);

  /**
   * For what leaves through doors that others have tried with all: {@code -Dtest.all} takes all.
   */
  private static final List<String> SOME = Sample.of(COUNT / 10, STRINGS.stream()).toList();

  private static final Pattern COLOUR = Pattern.compile("\\u001B\\[(0|31|32|33)m");
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Revision REVISION =
      new Revision(RevisionId.of("1"), "m", List.of(), List.of(), List.of(), null, "V1");

  @TempDir private Path folder;

  private interface Batch {
    void run(List<String> texts) throws IOException;
  }

  private static void inBatches(Batch batch) throws IOException {
    inBatches(STRINGS, batch);
  }

  private static void inBatches(List<String> strings, Batch batch) throws IOException {
    for (int from = 0; from < strings.size(); from += BATCH) {
      try {
        batch.run(strings.subList(from, Math.min(strings.size(), from + BATCH)));
      } catch (AssertionError e) {
        throw new AssertionError("seed %d, from %d".formatted(HostileNames.SEED, from), e);
      }
    }
  }

  /**
   * Writes a result for people in each way.
   *
   * @param lines of which there is one for each text
   */
  private void assertTold(int count, Pattern lines, Supplier<List<String>> text)
      throws IOException {
    List<String> logged = new ArrayList<>();
    PlainLog log =
        new PlainLog(
            new SystemStreamLog() {
              @Override
              public void info(CharSequence content) {
                logged.add(content.toString());
              }
            });
    output("text", null, log::info).result(text, JsonObject::new);
    List<String> console = new ArrayList<>();
    output("text", null, line -> console.addAll(TerminalStyle.onConsole(line)))
        .result(text, JsonObject::new);
    Path file = folder.resolve("result.txt");
    output("text", file.toString(), line -> {}).result(text, JsonObject::new);
    for (List<String> told : List.of(logged, console, Files.readAllLines(file))) {
      int found = 0;
      for (String one : told) {
        String line = COLOUR.matcher(one).replaceAll("");
        assertThat(line.codePoints().allMatch(c -> c == '\t' || PlainText.isPlain(c)))
            .as("%s", line)
            .isTrue();
        boolean first = lines.matcher(line).matches();
        found += first ? 1 : 0;
        assertThat(first || line.isEmpty() || line.startsWith("  ")).as("%s", line).isTrue();
      }
      assertThat(found).isEqualTo(count);
    }
  }

  private Output output(String format, String file, java.util.function.Consumer<String> console) {
    return Output.of(format, List.of("text", "json"), file, folder, console, line -> {});
  }

  private JsonObject json(JsonObject document) throws IOException {
    Path file = folder.resolve("result.json");
    output("json", file.toString(), line -> {}).result(List::of, () -> document);
    String text = Files.readString(file);
    assertThat(text.codePoints().allMatch(c -> c == '\n' || PlainText.isPlain(c))).isTrue();
    return JsonParser.parseString(text).getAsJsonObject();
  }

  private static List<String> values(JsonArray array, String name) {
    List<String> values = new ArrayList<>();
    array.forEach(one -> values.add(one.getAsJsonObject().get(name).getAsString()));
    return values;
  }

  private static HistoryRow row(int rank, Optional<RevisionId> id, String type, String text) {
    return new HistoryRow(
        rank,
        id,
        text,
        type,
        text,
        Optional.of(1),
        text,
        LocalDateTime.of(2026, 1, 1, 0, 0),
        Duration.ZERO,
        true);
  }

  @Test
  @DisplayName("tells the rows of a history apart")
  void state() throws IOException {
    RevisionFiles files =
        RevisionFiles.read(RevisionFolders.of(folder.resolve("none")), MissingFolder.ALLOW);
    inBatches(
        texts -> {
          List<HistoryRow> rows = new ArrayList<>();
          for (int i = 0; i < texts.size(); i++) {
            String strange = "?" + texts.get(i);
            rows.add(row(2 * i + 1, Optional.empty(), strange, texts.get(i)));
            rows.add(row(2 * i + 2, Optional.of(RevisionId.of("" + (i + 1))), "SQL", texts.get(i)));
          }
          TargetState state = TargetState.of(files, History.of(rows));
          StateText text = new StateText(state, TerminalStyle.COLOUR);
          Pattern strange =
              Pattern.compile(
                  "Not understood: row \\d+ of the history, .*|Applied but not in the files: .*|Current: base .*");
          assertTold(texts.size() + 2, strange, text::current);
          Pattern drawn = Pattern.compile("\\? +\\d+ .*");
          assertTold(texts.size(), drawn, () -> text.history(List.of(), true));
          Pattern shown = Pattern.compile("(Revision|Message|State|Applied|Files): .*");
          assertTold(5, shown, () -> text.show(RevisionId.of("1")));
          JsonObject document = new JsonObject();
          Json.addState(document, texts.get(0), state, state.states());
          JsonObject read = json(document);
          assertThat(values(read.getAsJsonArray("rowsNotUnderstood"), "script")).isEqualTo(texts);
          assertThat(read.get("target").getAsString()).isEqualTo(texts.get(0));
        });
  }

  @Test
  @DisplayName("tells findings in scripts apart")
  void lint() throws IOException {
    inBatches(
        given -> {
          // The same finding in the same place is said once.
          List<String> texts = given.stream().distinct().toList();
          List<Finding> findings = new ArrayList<>();
          List<Suppressed> suppressed = new ArrayList<>();
          List<NotChecked> unknown = new ArrayList<>();
          for (String text : texts) {
            SourcePosition place = new SourcePosition("V1__" + text, 1, 1);
            Finding finding = new Finding(Rule.values()[0], place, text, text);
            findings.add(finding);
            suppressed.add(new Suppressed(finding, text));
            unknown.add(new NotChecked(place, text, text));
          }
          LintResult linted =
              new LintResult(
                  List.of(
                      new LintedScript(
                          REVISION, texts.get(0), 1, 1, findings, suppressed, unknown)));
          Rule rule = Rule.values()[0];
          Pattern lines =
              Pattern.compile(
                  "V1__.*|\\d+ statements? in .*|"
                      + Pattern.quote(rule.label() + ": " + rule.hazard()));
          assertTold(
              3 * texts.size() + 2, lines, new LintText(linted, TerminalStyle.COLOUR)::lines);
          JsonObject document = new JsonObject();
          LintJson.add(document, linted);
          JsonObject script = json(document).getAsJsonArray("scripts").get(0).getAsJsonObject();
          assertThat(values(script.getAsJsonArray("findings"), "subject")).isEqualTo(texts);
          assertThat(values(script.getAsJsonArray("ignored"), "reason")).isEqualTo(texts);
          assertThat(values(script.getAsJsonArray("notChecked"), "statement")).isEqualTo(texts);
        });
  }

  private static Manifest manifest(String text, List<String> texts) {
    return new Manifest(
        1,
        text,
        text,
        Manifest.Layout.SQL,
        BackupEngine.PG_DUMP,
        text,
        text,
        text,
        text,
        18,
        List.of(text),
        text,
        text,
        List.of(new TableChecksum(text, text, 1, null)),
        List.of(text),
        texts,
        1,
        text,
        NOW.toString(),
        1,
        null,
        List.of(text),
        text);
  }

  @Test
  @DisplayName("tells runs and stamps apart")
  void runs() throws IOException {
    RevisionFiles files =
        RevisionFiles.read(RevisionFolders.of(folder.resolve("none")), MissingFolder.ALLOW);
    TargetState state = TargetState.of(files, History.empty());
    RevisionPlan nothing = new RevisionPlan.Nothing(Reason.NO_REVISIONS, "Nothing.", List.of());
    inBatches(
        SOME,
        texts -> {
          List<JavaMigration> java = new ArrayList<>();
          List<Revision> revisions = new ArrayList<>();
          List<RunOutcome.Step> steps = new ArrayList<>();
          for (String text : texts) {
            java.add(new JavaMigration(Optional.empty(), text, text));
            Revision revision =
                new Revision(RevisionId.of("1"), text, List.of(), List.of(), List.of(), null, text);
            revisions.add(revision);
            steps.add(new RunOutcome.Step(revision, Duration.ZERO));
          }
          PlannedRun run =
              new PlannedRun(
                  new RunDirection.Up(new UpgradeRequest("head", List.of(), false)),
                  state,
                  nothing,
                  List.of(),
                  java);
          Pattern planned = Pattern.compile("Nothing\\.|  Java migration: .*");
          assertTold(1 + texts.size(), planned, () -> RunText.planned(run));
          RunResult result =
              new RunResult(
                  run,
                  new RunOutcome(steps, 0),
                  state,
                  Duration.ZERO,
                  manifest(texts.get(0), List.of()));
          assertTold(
              2, Pattern.compile("Nothing\\.|Backup of before: .*"), () -> RunText.of(result));
          JsonObject document = new JsonObject();
          RunText.add(result, document);
          assertThat(values(json(document).getAsJsonArray("steps"), "message")).isEqualTo(texts);

          StampText stamped =
              StampText.of(
                  new StampOutcome(revisions, List.of(), List.of(), List.of(), texts, false),
                  List.of(),
                  texts.stream().map("Note: "::concat).toList());
          Pattern lines =
              Pattern.compile(
                  "Note: .*|\\d+ revisions recorded .*|Not in the files, .*|No script was run.*");
          assertTold(3 + texts.size(), lines, stamped::lines);
          JsonObject stamp = new JsonObject();
          stamped.add(stamp);
          List<String> forgotten = new ArrayList<>();
          json(stamp)
              .getAsJsonArray("forgottenRepeatables")
              .forEach(one -> forgotten.add(one.getAsString()));
          assertThat(forgotten).isEqualTo(texts);
        });
  }

  @Test
  @DisplayName("tells what an adopted project had apart")
  void adopted() throws IOException {
    RevisionFiles files =
        RevisionFiles.read(RevisionFolders.of(folder.resolve("none")), MissingFolder.ALLOW);
    inBatches(
        SOME,
        texts -> {
          AdoptionText text =
              new AdoptionText(
                  files.inventory(),
                  FlywaySettings.of(
                      List.of(
                          new FlywaySource(
                              texts.get(0), FlywaySource.Side.BUILD, Map.of("table", "t")))));
          text.connected("Connected as " + texts.get(0));
          text.configured(Optional.empty(), texts);
          texts.forEach(text::notTaken);
          Pattern lines =
              Pattern.compile(
                  "(Found|Flyway's settings|To be written|Not taken|Connected as)\\b.*");
          assertTold(5, lines, text::lines);
          JsonObject document = new JsonObject();
          text.add(document);
          JsonObject read = json(document);
          assertThat(strings(read.getAsJsonArray("notTaken"))).isEqualTo(texts);
          assertThat(strings(read.getAsJsonArray("toConfigure"))).isEqualTo(texts);
        });
  }

  private static List<String> strings(JsonArray array) {
    List<String> strings = new ArrayList<>();
    array.forEach(one -> strings.add(one.getAsString()));
    return strings;
  }

  @Test
  @DisplayName("tells tables apart that differ in the order of columns alone")
  void columnOrder() throws IOException {
    inBatches(
        SOME,
        texts -> {
          SortedSet<FactId> tables = new TreeSet<>();
          texts.forEach(one -> tables.add(FactId.of(Kind.TABLE, one, one)));
          GenerateResult result = new GenerateResult.NoDifference(tables, List.of());
          assertTold(1, Pattern.compile("Equal except .*"), () -> GenerateText.of(result));
          JsonObject document = new JsonObject();
          GenerateText.add(result, () -> null, document);
          assertThat(strings(json(document).getAsJsonArray("columnOrder")))
              .containsExactlyElementsOf(tables.stream().map(FactId::toString).toList());
        });
  }

  @Test
  @DisplayName("tells backups apart")
  void backups() throws IOException {
    inBatches(
        texts -> {
          List<Manifest> manifests = texts.stream().map(one -> manifest(one, List.of())).toList();
          BackupFolder.Content content = new BackupFolder.Content(manifests, texts, List.of());
          List<String> list = BackupText.list(Path.of("backups"), content, NOW);
          assertThat(list).hasSize(2 * texts.size());
          assertTold(
              1,
              Pattern.compile("Backed up as .*"),
              () -> BackupText.of(manifest(texts.get(0), texts), NOW));
          RestoreResult restored =
              new RestoreResult(
                  manifest(texts.get(0), texts),
                  texts.get(0),
                  texts.get(0),
                  manifest(texts.get(0), texts),
                  true,
                  Duration.ZERO);
          assertTold(1, Pattern.compile("Restored .*"), () -> BackupText.of(restored));
          JsonObject read = json(BackupText.json(manifest(texts.get(0), texts)));
          List<String> warnings = new ArrayList<>();
          read.getAsJsonArray("warnings").forEach(one -> warnings.add(one.getAsString()));
          assertThat(warnings).isEqualTo(texts);
        });
  }
}
