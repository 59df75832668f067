package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.backup.Backup;
import dev.migrate.backup.BackupEngine;
import dev.migrate.backup.BackupOptions;
import dev.migrate.backup.BackupProgress;
import dev.migrate.backup.DatabaseCopy;
import dev.migrate.backup.RestoreOptions;
import dev.migrate.backup.Restoring;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.ModelFromDatabase;
import dev.migrate.introspect.Scope;
import dev.migrate.model.SchemaSources;
import dev.migrate.rehearse.Rehearsal;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchSource;
import dev.migrate.report.StateText;
import dev.migrate.report.TerminalStyle;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.Script;
import dev.migrate.squash.SquashHistory;
import dev.migrate.target.Target;
import dev.migrate.testing.Sample;
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
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds the tables of docs/concepts.md to what happens: each row of them, and each goal. Of the
 * types that say the same, one of each kind is enough every day, because the goals know a row by
 * its kind alone (RowKindTest); {@code -Drows=all} takes every type.
 */
@DisplayName("Every row that Flyway ever wrote")
class RowTypesIT {
  private static final String NOTHING = "–";

  @TempDir private static Path folder;
  private static ScratchDatabase database;
  private static RevisionProject whole;
  private static RevisionProject withoutTwo;
  private static RevisionProject repeating;
  private static RevisionProject withoutRepeatable;

  private RevisionProject project;

  @BeforeAll
  static void projects() throws IOException {
    database = TestPostgres.database("types");
    whole = project("whole");
    withoutTwo = project("without-two");
    delete(withoutTwo.folders().upgrade().resolve("V2__step_2.sql"));
    delete(withoutTwo.folders().downgrade().resolve("U2__step_2.sql"));
    withoutRepeatable = project("without-repeatable");
    repeating = project("repeating");
    repeating.file(
        "R__%s.sql".formatted(Situation.REPEATABLE),
        "CREATE OR REPLACE FUNCTION names() RETURNS int LANGUAGE sql AS 'SELECT 1';");
    whole.stamp("base");
  }

  @AfterAll
  static void drop() {
    database.close();
  }

  private static RevisionProject project(String name) throws IOException {
    return new RevisionProject(folder.resolve(name), target())
        .revision(1, "CREATE TABLE a (id int);", "DROP TABLE a;")
        .revision(2, "CREATE TABLE b (id int);", "DROP TABLE b;")
        .revision(3, "CREATE TABLE c (id int);", "DROP TABLE c;");
  }

  private static void delete(Path file) throws IOException {
    Files.delete(file);
  }

  private static Target target() {
    return Target.of(database.jdbcUrl(), database.user(), database.password(), "a test");
  }

  static Stream<Situation> situations() {
    TypesPage page = TypesPage.read();
    return Stream.concat(page.rows().stream(), page.histories().stream())
        .flatMap(RowTypesIT::ofEachKind);
  }

  /** These take a replay each: by default some are tried, with {@code -Dtest.all=true} all. */
  static Stream<Situation> someSituations() {
    return Sample.of(6, situations());
  }

  static Stream<Situation> repeatables() {
    return TypesPage.read().repeatables().stream().flatMap(RowTypesIT::ofEachKind);
  }

  private static Stream<Situation> ofEachKind(TypesPage.Row row) {
    if ("all".equals(System.getProperty("rows"))) {
      return Situation.of(row);
    }
    Set<RowKind> kinds = new HashSet<>();
    return Situation.of(row).filter(one -> kinds.add(RowKind.of(one.type())));
  }

  /** Brings history and schema to where a situation has them. */
  private void prepare(Situation situation) {
    project = situation.hasFile() ? whole : withoutTwo;
    prepare(situation.history());
  }

  private void prepareRepeatable(Situation situation) {
    project = situation.hasFile() ? repeating : withoutRepeatable;
    List<Situation.Recorded> history = new ArrayList<>();
    for (String version : List.of("1", "2", "3")) {
      history.add(
          new Situation.Recorded(
              version, "step " + version, "SQL", Situation.Sum.OF_THE_FILE, true));
    }
    history.addAll(situation.ofRepeatable());
    prepare(history);
    if (situation.says("a script ran") && situation.hasFile() && !situation.says("stopped")) {
      project.execute("CREATE FUNCTION names() RETURNS int LANGUAGE sql AS 'SELECT 1'");
    }
  }

  /** Ranks have gaps where Flyway's repair has removed failed rows. */
  private void prepare(List<Situation.Recorded> history) {
    StringBuilder sql =
        new StringBuilder(
            "TRUNCATE flyway_schema_history; DROP TABLE IF EXISTS a, b, c;"
                + " DROP FUNCTION IF EXISTS names();");
    int rank = 1;
    for (Situation.Recorded row : history) {
      sql.append(insert(row, rank));
      rank += 3;
    }
    project.execute(sql.toString());
    StringBuilder tables = new StringBuilder("SELECT 1;");
    for (RevisionState state : project.state().states()) {
      boolean there =
          switch (state.status()) {
            case APPLIED, EDITED, DOWNGRADE_FAILED -> true;
            default -> false;
          };
      if (there) {
        tables.append("CREATE TABLE %s (id int);".formatted("-abc".charAt(number(state.id()))));
      }
    }
    project.execute(tables.toString());
  }

  private static int number(RevisionId id) {
    return Integer.parseInt(id.toString().replaceAll("\\..*", ""));
  }

  private String insert(Situation.Recorded row, int rank) {
    Optional<Integer> ofFile =
        row.version() == null
            ? project.files().repeatables().stream().map(Script::checksum).findFirst()
            : project
                .files()
                .find(RevisionId.of(row.version()))
                .map(file -> file.upgrade().checksum());
    String checksum =
        switch (row.sum()) {
          case OF_THE_FILE -> ofFile.map(String::valueOf).orElse("5");
          case ANOTHER -> "5";
          case NONE -> "NULL";
        };
    return "INSERT INTO flyway_schema_history (installed_rank, version, description, type, script,"
        + " checksum, installed_by, execution_time, success) VALUES (%d, %s, '%s', '%s', 'script', %s, 'somebody', 1, %s);"
            .formatted(
                rank,
                row.version() == null ? "NULL" : "'" + row.version() + "'",
                row.description(),
                row.type(),
                checksum,
                row.success());
  }

  @ParameterizedTest
  @MethodSource("situations")
  @DisplayName("is shown, checked, upgraded over, taken back and stamped as the tables say")
  void moves(Situation situation) {
    Map<String, String> seen = new LinkedHashMap<>();
    prepare(situation);
    seen.put("`current`, `history`, `show`", shown(situation));
    seen.put("`check`", outcome(this::check));
    seen.put("`init`", init());
    seen.put("`upgrade` runs", outcome(this::upgrade));
    prepare(situation);
    seen.put("`downgrade` takes back", outcome(this::downgrade));
    prepare(situation);
    seen.put("`stamp` to the head records", outcome(this::stamp));
    assertThat(seen).isEqualTo(situation.row().cells(seen.keySet()));
  }

  @ParameterizedTest
  @MethodSource("someSituations")
  @DisplayName("is verified, compared, rehearsed and squashed as the tables say")
  void replays(Situation situation) {
    Map<String, String> seen = new LinkedHashMap<>();
    prepare(situation);
    seen.put("`verify` of the target", verify());
    seen.put("`diff` takes for applied", outcome(this::diff));
    seen.put("`squash` up to 2", outcome(this::squash));
    seen.put("`rehearse` runs", outcome(this::rehearse));
    assertThat(seen).isEqualTo(situation.row().cells(seen.keySet()));
  }

  @ParameterizedTest
  @MethodSource("repeatables")
  @DisplayName("about a repeatable migration is taken by each goal as the table says")
  void repeats(Situation situation) {
    Map<String, String> seen = new LinkedHashMap<>();
    prepareRepeatable(situation);
    seen.put("`current`, `history`, `show`", shownRepeatable());
    seen.put("`check`", outcome(this::check));
    seen.put("`verify` of the target", verify());
    seen.put("`diff`, `squash`, `rehearse`", outcome(this::replayed));
    seen.put("`upgrade`", outcome(this::upgradeRepeatable));
    prepareRepeatable(situation);
    seen.put("`downgrade`, `stamp`", outcome(this::downAndStamp));
    assertThat(seen).isEqualTo(situation.row().cells(seen.keySet()));
  }

  private String shownRepeatable() {
    TargetState state = project.state();
    StateText text = new StateText(state, TerminalStyle.PLAIN);
    boolean failed = !state.repeatables().failed().isEmpty();
    String current = String.join("\n", text.current());
    boolean pending = current.contains("Pending, repeatable: ");
    assertThat(text.history(state.graph().revisions(), true).toString().contains("R__names.sql"))
        .isEqualTo(failed || pending);
    assertThat(text.show(RevisionProject.id(3)).toString().contains("R__names.sql"))
        .isEqualTo(failed);
    assertThat(current.contains("Failed half-way, repeatable: ")).isEqualTo(failed);
    if (!state.history().notUnderstood().isEmpty()) {
      return "not understood";
    }
    if (failed) {
      return "failed";
    }
    if (current.contains("gone from the files")) {
      return "`current`: gone";
    }
    return pending ? "`current`, `history`: pending" : "nothing of it";
  }

  private String upgradeRepeatable() {
    TargetState state = project.state();
    state.require().upgradable();
    RunOutcome outcome = project.upgrade("head");
    assertThat(outcome.steps()).isEmpty();
    if (outcome.repeatables() == 1) {
      assertThat(project.query("SELECT to_regproc('names') IS NOT NULL")).containsExactly("t");
    }
    project.state().require().atHead();
    return outcome.repeatables() == 1 ? "runs it" : "does not run it";
  }

  private String downAndStamp() {
    assertThat(downgrade()).isEqualTo("3");
    assertThat(stamp()).isEqualTo("3");
    return "pass over it";
  }

  private String replayed() {
    assertThat(diff()).isEqualTo("1, 2, 3");
    assertThat(squash()).isEqualTo("goes on");
    assertThat(rehearse()).isEqualTo(NOTHING);
    return "pass over it";
  }

  private String outcome(Supplier<String> goal) {
    try {
      return goal.get();
    } catch (MigrateException e) {
      assertThat(e.remedy()).isNotBlank();
      return "`" + e.code() + "`";
    }
  }

  /** What the goals that only look say, in words and as the states of the revisions. */
  private String shown(Situation situation) {
    TargetState state = project.state();
    StateText text = new StateText(state, TerminalStyle.PLAIN);
    assertThat(text.current()).isNotEmpty();
    List<String> history = text.history(state.graph().revisions(), true);
    for (RevisionState one : state.states()) {
      assertThat(history).anyMatch(line -> line.contains(one.id() + "  "));
      assertThat(String.join("\n", text.show(one.id()))).contains("Revision:  " + one.id());
    }
    if (situation.says("not understood")) {
      assertThat(text.attention().get(0)).contains("\"" + situation.type() + "\"", "row ");
    }
    if (situation.row().says().startsWith("`")) {
      return state.states().stream()
          .map(one -> one.id() + " " + words(one))
          .collect(Collectors.joining(", "));
    }
    return state.state(RevisionProject.id(2)).map(RowTypesIT::words).orElse("passed over");
  }

  private static String words(RevisionState state) {
    return state.status().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private String check() {
    project.state().require().atHead();
    return "passes";
  }

  private String upgrade() {
    List<String> before = rows();
    TargetState state = project.state();
    state.require().upgradable();
    RevisionPlan plan = state.graph().upgrade(state.applied(), "head");
    state.require().nothingFailedBut(plan.revisions(), Set.of());
    state.require().inOrder(plan.revisions());
    RunOutcome outcome = project.upgrade("head");
    assertThat(project.tables()).contains("a", "c");
    assertThat(rows()).startsWith(before.toArray(String[]::new));
    TargetState after = project.state();
    assertThat(after.in(RevisionState.Status.PENDING)).isEmpty();
    assertThat(after.in(RevisionState.Status.FAILED)).isEmpty();
    return ids(outcome.steps().stream().map(RunOutcome.Step::revision).toList());
  }

  private String downgrade() {
    TargetState state = project.state();
    state.require().downgradable();
    RevisionPlan plan = state.graph().downgrade(state.applied(), "-1");
    state.require().reversible(plan.revisions());
    return ids(project.downgrade("-1").steps().stream().map(RunOutcome.Step::revision).toList());
  }

  private String stamp() {
    project.state().require().known();
    StampOutcome outcome = project.stamp("head");
    TargetState after = project.state();
    assertThat(after.current()).extracting(Revision::id).containsExactly(RevisionProject.id(3));
    assertThat(after.in(RevisionState.Status.FAILED)).isEmpty();
    return ids(
        Stream.concat(outcome.recorded().stream(), outcome.recordedAgain().stream()).toList());
  }

  private String init() {
    List<String> before = rows();
    assertThat(ModelFromDatabase.hasGrown(target(), HistoryOptions.defaults())).isFalse();
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
                VerifySettings.of(
                        project.folders(),
                        RowTypesIT::scratchSource,
                        HistoryOptions.defaults(),
                        Scope.standard(),
                        new VerifySettings.Cache(
                            folder.resolve("proofs"), folder.resolve("verified.json"), List.of()))
                    .withSkipped(others)
                    .withTarget(Optional.of(RowTypesIT::target)),
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
    new SchemaSources(
            new ReplaySettings(
                scratchSource(),
                project.files(),
                HistoryOptions.defaults(),
                Scope.standard(),
                watching),
            () -> null,
            RowTypesIT::target,
            name -> null)
        .schema("current");
    return replayed.isEmpty()
        ? NOTHING
        : replayed.stream().map(RevisionId::toString).collect(Collectors.joining(", "));
  }

  private String squash() {
    new SquashHistory(
            scratchSource(),
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

  /** On a copy, as the goal does it; it leaves its traces there. */
  private String rehearse() {
    List<String> ran = new ArrayList<>();
    try (ScratchDatabase copy = TestPostgres.server().database("rehearsed", database)) {
      new Rehearsal(
              DatabaseCopy.target(copy),
              "test",
              project.files(),
              HistoryOptions.defaults(),
              Progress.SILENT)
              .run(
                  state -> {
                    state.require().upgradable();
                    RevisionPlan plan = state.graph().upgrade(state.applied(), "head");
                    state.require().nothingFailedBut(plan.revisions(), Set.of());
                    return plan;
                  },
                  "the target",
                  0,
                  Duration.ZERO)
              .runs()
              .stream()
              .filter(run -> run.phase() == dev.migrate.rehearse.RehearsalResult.Phase.UP)
              .forEach(run -> ran.add(run.revision().id().toString()));
    }
    return ran.isEmpty() ? NOTHING : String.join(", ", ran);
  }

  @Test
  @DisplayName("comes back from a backup as it was, and is what its manifest says of the place")
  void backup() {
    project = whole;
    TypesPage page = TypesPage.read();
    StringBuilder sql = new StringBuilder("TRUNCATE flyway_schema_history;");
    int rank = 1;
    for (TypesPage.Row row :
        Stream.concat(page.rows().stream(), page.histories().stream()).toList()) {
      for (Situation situation : Situation.of(row).toList()) {
        for (Situation.Recorded recorded : situation.history()) {
          sql.append(insert(recorded, rank++));
        }
      }
      assertThat(row.cells(List.of("`backup`, `restore`")))
          .containsEntry("`backup`, `restore`", "as it is");
    }
    project.execute(sql.toString());
    List<String> before = rows();
    BackupOptions options =
        BackupOptions.in(folder.resolve("backups")).with(BackupEngine.Choice.JDBC);
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
        "SELECT concat_ws(' ', installed_rank, version, type, checksum, success)"
            + " FROM flyway_schema_history ORDER BY installed_rank");
  }

  private static ScratchSource scratchSource() {
    ServerAddress address = TestPostgres.server().address();
    return new ScratchSource.Borrowed(
        address.jdbcUrl("postgres"), address.user(), address.password());
  }

  private static String ids(Collection<Revision> revisions) {
    if (revisions.isEmpty()) {
      return NOTHING;
    }
    return revisions.stream()
        .map(Revision::id)
        .sorted()
        .map(RevisionId::toString)
        .collect(Collectors.joining(", "));
  }
}
