package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.Backup;
import dev.migrate.backup.BackupOptions;
import dev.migrate.backup.BackupProgress;
import dev.migrate.backup.Engine;
import dev.migrate.backup.RestoreOptions;
import dev.migrate.backup.Restoring;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Scope;
import dev.migrate.prove.Adoption;
import dev.migrate.prove.Sides;
import dev.migrate.prove.SquashHistory;
import dev.migrate.prove.Workshop;
import dev.migrate.rehearse.Rehearsal;
import dev.migrate.report.StateText;
import dev.migrate.report.Style;
import dev.migrate.revision.Plan;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.target.Target;
import dev.migrate.testing.TestPostgres;
import dev.migrate.verify.Check;
import dev.migrate.verify.CheckResult;
import dev.migrate.verify.Verification;
import dev.migrate.verify.Verify;
import dev.migrate.verify.VerifySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the table of docs/concepts.md to what happens: each row of it for each type that says so,
 * and each goal. Goals that move a target run for every type; those that replay the revisions, for
 * the first type of a row.
 */
@DisplayName("Every row that Flyway ever wrote")
class RowTypesIT {
  @TempDir private Path folder;
  private ScratchDatabase database;
  private RevisionProject project;

  @BeforeEach
  void project() throws IOException {
    database = TestPostgres.database("types");
    project = new RevisionProject(folder, target());
    project.revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;");
    project.revision(2, "CREATE TABLE b (id int);", "DROP TABLE b;");
    project.revision(3, "CREATE TABLE c (id int);", "DROP TABLE c;");
    project.upgrade("1");
  }

  @AfterEach
  void drop() {
    database.close();
  }

  private Target target() {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  static Stream<Situation> situations() {
    return TypesPage.read().rows().stream().flatMap(Situation::of);
  }

  static Stream<Situation> oneOfEach() {
    return TypesPage.read().rows().stream().map(row -> Situation.of(row).findFirst().orElseThrow());
  }

  private void prepare(Situation situation) {
    project.execute("DELETE FROM flyway_schema_history WHERE installed_rank > 1");
    project.execute("DROP TABLE IF EXISTS b, c; CREATE TABLE IF NOT EXISTS a (id int)");
    record(situation);
    if (situation.isThere()) {
      project.execute("CREATE TABLE b (id int)");
    }
    if (situation.says("edited")) {
      project.execute("UPDATE flyway_schema_history SET checksum = 5 WHERE version = '2'");
    }
    if (!situation.hasFile()) {
      try {
        Files.delete(folder.resolve("src/main/resources/db/migration/V2__step_2.sql"));
        Files.delete(folder.resolve("src/main/resources/db/undo/U2__step_2.sql"));
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("situations")
  @DisplayName("is shown, checked, upgraded over, taken back and stamped as the table says")
  void moves(Situation situation) {
    Map<String, String> seen = new LinkedHashMap<>();
    prepare(situation);
    seen.put("`current`, `history`, `show`", shown(situation));
    seen.put("`check`", outcome(this::check));
    seen.put("`upgrade` runs", outcome(this::upgrade));
    prepareAgain(situation);
    seen.put("`downgrade` takes back", outcome(this::downgrade));
    prepareAgain(situation);
    seen.put("`stamp` to the head records", outcome(this::stamp));
    prepareAgain(situation);
    seen.put("`init`", init());
    assertThat(seen).isEqualTo(situation.row().cells(seen.keySet()));
  }

  @ParameterizedTest
  @MethodSource("oneOfEach")
  @DisplayName("is verified, compared, rehearsed and squashed as the table says")
  void replays(Situation situation) {
    Map<String, String> seen = new LinkedHashMap<>();
    prepare(situation);
    seen.put("`verify` of the target", verify());
    seen.put("`diff` takes for applied", outcome(this::diff));
    seen.put("`squash` up to 2", outcome(this::squash));
    seen.put("`rehearse` runs", outcome(this::rehearse));
    assertThat(seen).isEqualTo(situation.row().cells(seen.keySet()));
  }

  /** Ranks have gaps where Flyway's repair has removed failed rows. */
  private void record(Situation situation) {
    for (Situation.Recorded row : situation.history()) {
      project.execute(
          "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
              + " checksum, installed_by, execution_time, success) SELECT max(installed_rank) + 3,"
              + " %s, 'step 2', '%s', 'V2__step_2.sql', NULL, 'somebody', 1, %s"
                  .formatted(
                      row.version() == null ? "NULL" : "'" + row.version() + "'",
                      row.type(),
                      row.success())
              + " FROM flyway_schema_history");
    }
  }

  private void prepareAgain(Situation situation) {
    if (!situation.hasFile()) {
      project.revision(2, "CREATE TABLE b (id int);", "DROP TABLE b;");
    }
    prepare(situation);
  }

  private String outcome(Supplier<String> goal) {
    try {
      return goal.get();
    } catch (MigrateException e) {
      assertThat(e.remedy()).isNotBlank();
      return "`" + e.code() + "`";
    }
  }

  /** What the goals that only look say, in words and as the state of revision 2. */
  private String shown(Situation situation) {
    TargetState state = project.state();
    StateText text = new StateText(state, Style.PLAIN);
    assertThat(text.current()).isNotEmpty();
    assertThat(text.history(state.graph().revisions(), true)).isNotEmpty();
    RevisionId two = RevisionProject.id(2);
    if (state.state(two).isEmpty()) {
      return "passed over";
    }
    assertThat(String.join("\n", text.show(two))).contains("Revision:  2");
    if (situation.says("not understood")) {
      assertThat(text.attention().get(0)).contains("\"" + situation.type() + "\"", "row ");
    }
    return state
        .state(two)
        .get()
        .status()
        .name()
        .toLowerCase(java.util.Locale.ROOT)
        .replace('_', ' ');
  }

  private String check() {
    TargetState state = project.state();
    state.requireNothingFailed();
    state.requireUpgradable();
    return state.in(RevisionState.Status.PENDING).isEmpty() ? "passes" : "`PENDING`";
  }

  private String upgrade() {
    List<String> before = rows();
    TargetState state = project.state();
    state.requireUpgradable();
    Plan plan = state.graph().upgrade(state.applied(), "head");
    state.requireNothingFailedBut(plan.revisions(), Set.of());
    Outcome outcome = project.upgrade("head");
    assertThat(project.tables()).contains("a", "c");
    assertThat(rows()).startsWith(before.toArray(String[]::new));
    TargetState after = project.state();
    assertThat(after.in(RevisionState.Status.PENDING)).isEmpty();
    assertThat(after.in(RevisionState.Status.FAILED)).isEmpty();
    return ids(outcome.steps().stream().map(Outcome.Step::revision).toList());
  }

  private String downgrade() {
    TargetState state = project.state();
    state.requireDowngradable();
    Plan plan = state.graph().downgrade(state.applied(), "-1");
    state.requireReversible(plan.revisions());
    return ids(project.downgrade("-1").steps().stream().map(Outcome.Step::revision).toList());
  }

  private String stamp() {
    project.state().requireKnown();
    StampOutcome outcome = project.stamp("head");
    TargetState after = project.state();
    assertThat(after.current()).extracting(Revision::id).containsExactly(RevisionProject.id(3));
    assertThat(after.in(RevisionState.Status.FAILED)).isEmpty();
    return ids(
        Stream.concat(outcome.recorded().stream(), outcome.recordedAgain().stream()).toList());
  }

  private String init() {
    List<String> before = rows();
    assertThat(Adoption.hasGrown(target(), HistoryOptions.defaults())).isFalse();
    assertThat(rows()).isEqualTo(before);
    return "changes nothing";
  }

  private String verify() {
    Map<Check, String> others =
        Arrays.stream(Check.values())
            .filter(check -> check != Check.TARGET)
            .collect(Collectors.toMap(check -> check, check -> "not of interest here"));
    Verification verification =
        new Verify(
                new VerifySettings(
                    project.folders(),
                    RowTypesIT::workshop,
                    HistoryOptions.defaults(),
                    Scope.standard(),
                    Optional::empty,
                    others,
                    Set.of(),
                    Optional.empty(),
                    "git",
                    Optional.of(this::target),
                    List.of(),
                    folder.resolve("proofs"),
                    folder.resolve("verified.json")),
                Progress.SILENT)
            .run();
    return verification.results().stream()
        .filter(result -> result.check() == Check.TARGET)
        .map(result -> result.status() == CheckResult.Status.PASSED ? "passes" : "fails")
        .findFirst()
        .orElseThrow();
  }

  private String diff() {
    List<RevisionId> replayed = new ArrayList<>();
    Progress watching =
        new Progress() {
          @Override
          public void started(Revision revision) {
            replayed.add(revision.id());
          }
        };
    new Sides(
            workshop(),
            project.files(),
            HistoryOptions.defaults(),
            Scope.standard(),
            watching,
            () -> null,
            this::target,
            name -> null)
        .schema("current");
    return replayed.stream().map(RevisionId::toString).collect(Collectors.joining(", "));
  }

  private String squash() {
    new SquashHistory(
            workshop(),
            project.files(),
            HistoryOptions.defaults(),
            folder.resolve("archive"),
            Progress.SILENT,
            Clock.systemUTC())
        .run(
            project.files().find(RevisionProject.id(2)).isPresent() ? "2" : "1",
            Optional.of(project.state()),
            "",
            true);
    return "goes on";
  }

  private String rehearse() {
    List<String> ran = new ArrayList<>();
    new Rehearsal(target(), "test", project.files(), HistoryOptions.defaults(), Progress.SILENT)
            .run(
                state -> {
                  state.requireUpgradable();
                  Plan plan = state.graph().upgrade(state.applied(), "head");
                  state.requireNothingFailedBut(plan.revisions(), Set.of());
                  return plan;
                },
                "the target",
                0,
                Duration.ZERO)
            .runs()
            .stream()
            .filter(run -> run.phase() == dev.migrate.rehearse.Rehearsed.Phase.UP)
            .forEach(run -> ran.add(run.revision().id().toString()));
    return String.join(", ", ran);
  }

  @Test
  @DisplayName("comes back from a backup as it was")
  void backup() {
    for (TypesPage.Row row : TypesPage.read().rows()) {
      Situation.of(row).forEach(this::record);
      assertThat(row.cells(List.of("`backup`, `restore`")))
          .containsEntry("`backup`, `restore`", "as it is");
    }
    List<String> before = rows();
    BackupOptions options = BackupOptions.in(folder.resolve("backups")).with(Engine.Choice.JDBC);
    new Backup(target(), "test", HistoryTable.DEFAULT_NAME, options, BackupProgress.SILENT)
        .take(connection -> List.of());
    project.execute("TRUNCATE flyway_schema_history");
    Restoring.run(
        target(),
        "test",
        options,
        new RestoreOptions(true, true, false),
        BackupProgress.SILENT,
        "latest");
    assertThat(before).hasSizeGreaterThan(50);
    assertThat(rows()).isEqualTo(before);
  }

  private List<String> rows() {
    return project.query(
        "SELECT concat_ws(' ', installed_rank, version, type, success)"
            + " FROM flyway_schema_history ORDER BY installed_rank");
  }

  private static Workshop workshop() {
    ServerAddress address = TestPostgres.server().address();
    return new Workshop.Borrowed(address.jdbcUrl("postgres"), address.user(), address.password());
  }

  private static String ids(Collection<Revision> revisions) {
    return revisions.stream()
        .map(Revision::id)
        .sorted()
        .map(RevisionId::toString)
        .collect(Collectors.joining(", "));
  }
}
