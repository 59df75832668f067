package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.script.Script;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("What was to be run, laid beside what the history says")
class IntendedHistoryTest {
  @TempDir private Path folder;

  /** Rows such as {@code "1"}, {@code "1 failed"}, {@code "1 DELETE"}, {@code "R view failed"}. */
  private static History history(String... rows) {
    List<HistoryRow> found = new ArrayList<>();
    for (String row : rows) {
      List<String> words = List.of(row.split(" "));
      boolean repeatable = words.get(0).equals("R");
      String name = repeatable ? words.get(1) : words.get(0);
      found.add(
          new HistoryRow(
              found.size() + 1,
              repeatable ? Optional.empty() : Optional.of(RevisionId.of(name)),
              repeatable ? name : "step " + name,
              words.contains("DELETE") ? "DELETE" : "SQL",
              repeatable ? "R__" + name + ".sql" : "V" + name + "__step.sql",
              Optional.of(words.contains("changed") ? 2 : 1),
              "me",
              LocalDateTime.MIN,
              Duration.ZERO,
              !words.contains("failed")));
    }
    return History.of(found);
  }

  private static Set<RevisionId> ids(String... ids) {
    return Stream.of(ids).map(RevisionId::of).collect(Collectors.toSet());
  }

  private static IntendedHistory up(String... ids) {
    return new IntendedHistory(firstScripts(ids), Set.of(), List.of());
  }

  private static Map<RevisionId, Integer> firstScripts(String... ids) {
    return ids(ids).stream().collect(Collectors.toMap(id -> id, id -> 1));
  }

  private static List<String> differences(IntendedHistory intent, History before, History after) {
    return intent.differences(before, after, Set.of());
  }

  private static IntendedHistory down(String... ids) {
    return new IntendedHistory(Map.of(), ids(ids), List.of());
  }

  private Script repeatable() throws Exception {
    RevisionFolders folders = RevisionFolders.of(folder);
    Files.createDirectories(folders.upgrade());
    Files.writeString(folders.upgrade().resolve("R__view.sql"), "select 1;");
    return RevisionFiles.read(folders, MissingFolder.REFUSE).repeatables().get(0);
  }

  @Test
  @DisplayName("agrees when exactly the planned revisions were recorded")
  void agrees() {
    assertThat(differences(up("2", "3"), history("1"), history("1", "2", "3"))).isEmpty();
    assertThat(differences(up(), history("1"), history("1"))).isEmpty();
    assertThat(differences(up("1"), history("1", "1 DELETE"), history("1", "1 DELETE", "1")))
        .isEmpty();
    assertThat(differences(up("1"), history("1 failed"), history("1 failed", "1 DELETE", "1")))
        .isEmpty();
    assertThat(
            differences(
                down("2", "3"),
                history("1", "2", "3"),
                history("1", "2", "3", "3 DELETE", "2 DELETE")))
        .isEmpty();
  }

  @Test
  @DisplayName("names what was neither run nor recorded")
  void missing() {
    assertThat(differences(up("2", "3"), history("1"), history("1", "3")))
        .containsExactly("revision 2 was neither run nor recorded");
    assertThat(differences(up("1"), history("1"), history("1")))
        .containsExactly(
            "revision 1 \"step 1\" was planned and was not run, because it was recorded already");
  }

  @Test
  @DisplayName("names what was recorded though it was not planned, and what is no longer")
  void unplanned() {
    assertThat(differences(up("2"), history("1"), history("1", "2", "7")))
        .containsExactly("revision 7 \"step 7\" is recorded as applied, though it was not planned");
    assertThat(differences(up("2"), history("1"), history("1", "2", "1 DELETE")))
        .containsExactly(
            "revision 1 \"step 1\" is no longer recorded as applied, though it was not to be taken"
                + " back");
    assertThat(differences(down("2"), history("1", "2"), history("1", "2", "2 DELETE", "1 DELETE")))
        .hasSize(1);
  }

  @Test
  @DisplayName("names what is recorded as failed")
  void failed() {
    assertThat(differences(up("2"), history("1"), history("1", "2 failed")))
        .containsExactly("revision 2 \"step 2\" is recorded as failed");
    assertThat(differences(up("2"), history("1"), history("1", "2", "9 failed")))
        .containsExactly("revision 9 \"step 9\" is recorded as failed, though it was not planned");
    assertThat(differences(up("2"), history("1", "9 failed"), history("1", "9 failed", "2")))
        .isEmpty();
  }

  @Test
  @DisplayName("names what was to be taken back and stands still, wholly or half-way")
  void notTakenBack() {
    assertThat(differences(down("1", "2"), history("1", "2"), history("1", "2", "2 DELETE")))
        .containsExactly("revision 1 \"step 1\" was to be taken back and is recorded as applied");
    assertThat(differences(down("1"), history("1"), history("1", "1 DELETE failed")))
        .containsExactly("revision 1 \"step 1\" is recorded as taken back half-way");
  }

  @Test
  @DisplayName("asks the same of repeatable migrations")
  void repeatables() throws Exception {
    Script view = repeatable();
    IntendedHistory intent = new IntendedHistory(firstScripts("2"), Set.of(), List.of(view));
    assertThat(differences(intent, history("1"), history("1", "2", "R view"))).isEmpty();
    assertThat(differences(intent, history("1", "R view"), history("1", "R view", "2", "R view")))
        .isEmpty();
    assertThat(differences(intent, history("1", "R view"), history("1", "R view", "2")))
        .containsExactly(view.name() + " was neither run nor recorded");
    assertThat(differences(intent, history("1"), history("1", "2", "R view failed")))
        .containsExactly(view.name() + " is recorded as failed");
    assertThat(differences(up("2"), history("1"), history("1", "2", "R other")))
        .containsExactly("R__other.sql is recorded, though it was not planned");
  }

  @Test
  @DisplayName("ends in one failure with a code, which names every revision that differs")
  void failure() {
    MigrateException failure =
        catchThrowableOfType(
            MigrateException.class,
            () -> up("2", "3").requireDone(history("1"), history("1", "3 failed", "7"), Set.of()));
    assertThat(failure.code()).isEqualTo(FailureCode.NOT_AS_PLANNED);
    assertThat(failure.problem())
        .contains(
            "revision 2 was neither run nor recorded; ",
            "revision 3 \"step 3\" is recorded as failed; ",
            "revision 7 \"step 7\" is recorded as applied");
    assertThat(failure.remedy()).contains("mvn migrate:history", "mvn migrate:stamp");
  }

  @Test
  @DisplayName("names what was recorded with another script, and what somebody else recorded")
  void anotherScript() {
    assertThat(differences(up("2"), history("1"), history("1", "2 changed")))
        .containsExactly(
            "revision 2 \"step 2\" is recorded with the checksum 2, and its script has 1");
    assertThat(up("2").differences(history("1"), history("1", "2"), ids("2")))
        .containsExactly(
            "revision 2 \"step 2\" was not run, because somebody else recorded it meanwhile");
  }

  @Test
  @DisplayName("is given up before anything runs when the history was moved since the plan")
  void movedMeanwhile() {
    MigrateException failure =
        catchThrowableOfType(
            MigrateException.class,
            () -> up("2", "3").requireStillToDo(history("1", "2"), Set.of()));
    assertThat(failure.code()).isEqualTo(FailureCode.NOT_AS_PLANNED);
    assertThat(failure.problem())
        .contains("revision 2 \"step 2\" was to run and is recorded as applied", "Nothing was");
    assertThat(failure.remedy()).contains("mvn migrate:history");
    failure =
        catchThrowableOfType(
            MigrateException.class,
            () -> down("1").requireStillToDo(history("1", "1 DELETE"), Set.of()));
    assertThat(failure.problem()).contains("revision 1 was to be taken back");
    up("2").requireStillToDo(history("1", "2"), ids("2"));
    up("2").requireStillToDo(history("1", "2 failed"), Set.of());
  }
}
