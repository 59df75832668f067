package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The asset tracker reads the history by itself, without this plugin. Its very source is compiled
 * here and held to the same table of docs/concepts.md.
 */
@DisplayName("The guard of the asset tracker")
class AssetTrackerHistoryTest {
  private static final Path SOURCES =
      Path.of(
          "../asset-archetype/src/main/resources/archetype-resources/src/main/java/schemastate");

  @TempDir private static Path folder;
  private static URLClassLoader compiled;
  private static Constructor<?> row;
  private static Constructor<?> scripts;
  private static Method compare;

  @BeforeAll
  static void compile() throws IOException, ReflectiveOperationException {
    List<String> arguments = new ArrayList<>(List.of("-d", folder.toString(), "-proc:none"));
    for (String name : List.of("SchemaHistory.java", "SchemaState.java")) {
      Path source = folder.resolve(name);
      Files.writeString(
          source, Files.readString(SOURCES.resolve(name)).replace("${package}", "tracker"));
      arguments.add(source.toString());
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    compiled = new URLClassLoader(new URL[] {folder.toUri().toURL()});
    row =
        compiled
            .loadClass("tracker.schemastate.SchemaHistory$Row")
            .getDeclaredConstructor(String.class, String.class, String.class, boolean.class);
    compare =
        compiled
            .loadClass("tracker.schemastate.SchemaHistory")
            .getDeclaredMethod(
                "compare",
                List.class,
                compiled.loadClass("tracker.schemastate.SchemaHistory$Scripts"));
    scripts =
        compiled
            .loadClass("tracker.schemastate.SchemaHistory$Scripts")
            .getDeclaredConstructor(Collection.class, Collection.class);
    row.setAccessible(true);
    scripts.setAccessible(true);
    compare.setAccessible(true);
  }

  @AfterAll
  static void close() throws IOException {
    compiled.close();
  }

  static Stream<Situation> situations() {
    TypesPage page = TypesPage.read();
    return Stream.concat(page.rows().stream(), page.histories().stream()).flatMap(Situation::of);
  }

  static Stream<Situation> repeatables() {
    return TypesPage.read().repeatables().stream().flatMap(Situation::of);
  }

  @ParameterizedTest
  @MethodSource("situations")
  @DisplayName("says what the table says of it")
  void says(Situation situation) throws ReflectiveOperationException {
    List<String> versions = situation.hasFile() ? List.of("1", "2", "3") : List.of("1", "3");
    assertThat(words(state(situation.history(), versions, List.of())))
        .isEqualTo(situation.row().goals().get("the guard of the asset tracker"));
  }

  @ParameterizedTest
  @MethodSource("repeatables")
  @DisplayName("says what the table says of a repeatable migration")
  void saysOfRepeatables(Situation situation) throws ReflectiveOperationException {
    List<Situation.Recorded> history = new ArrayList<>(applied("1", "2", "3"));
    history.addAll(situation.ofRepeatable());
    assertThat(words(state(history, List.of("1", "2", "3"), List.of())))
        .isEqualTo(situation.row().goals().get("the guard of the asset tracker"));
  }

  @Test
  @DisplayName("knows what a baseline script has replaced in the files")
  void squashed() throws ReflectiveOperationException {
    List<String> after = List.of("4");
    List<String> three = List.of("3");
    assertThat(words(state(applied("1", "2", "3", "4"), after, three))).isEqualTo("current");
    assertThat(words(state(applied("1", "2", "3"), after, three))).isEqualTo("behind: 4");
    assertThat(words(state(applied("1", "2"), after, three))).isEqualTo("behind: 3, 4");
    assertThat(words(state(List.of(), after, three))).isEqualTo("behind: 3, 4");
    assertThat(words(state(List.of(), List.of(), three))).isEqualTo("behind: 3");
    assertThat(words(state(applied("5"), after, three))).isEqualTo("ahead: 5");
    Situation.Recorded fresh =
        new Situation.Recorded("3", "baseline", "SQL_BASELINE", Situation.Sum.NONE, true);
    assertThat(words(state(List.of(fresh), after, three))).isEqualTo("behind: 4");
    assertThat(words(state(applied("1"), List.of("1", "2", "3"), three))).isEqualTo("behind: 2, 3");
  }

  /**
   * Every history of up to three rows about two versions, one of which has no script: what the
   * plugin takes for pending, unknown and failed, the guard does, too.
   */
  @Test
  @DisplayName("agrees with the plugin about every short history")
  void agrees() throws IOException, ReflectiveOperationException {
    Path upgrades = Files.createDirectories(RevisionFolders.of(folder).upgrade());
    for (String version : List.of("1", "2")) {
      Files.writeString(
          upgrades.resolve("V" + version + "__step_" + version + ".sql"), "SELECT 1;");
    }
    RevisionFiles files = RevisionFiles.read(RevisionFolders.of(folder), MissingFolder.REFUSE);
    List<Situation.Recorded> rows = new ArrayList<>();
    for (String version : List.of("1", "2", "4")) {
      for (String type : List.of("SQL", "JDBC", "BASELINE", "SQL_BASELINE", "UNDO_SQL")) {
        rows.add(
            new Situation.Recorded(version, "step " + version, type, Situation.Sum.NONE, true));
      }
      for (String type : List.of("SQL", "DELETE")) {
        rows.add(
            new Situation.Recorded(version, "step " + version, type, Situation.Sum.NONE, false));
      }
    }
    int compared = 0;
    for (Situation.Recorded first : rows) {
      for (Situation.Recorded second : rows) {
        for (Situation.Recorded third : rows) {
          List<Situation.Recorded> history = List.of(first, second, third);
          Object guard = state(history, List.of("1", "2"), List.of());
          assertThat(asGuard(TargetState.of(files, History.of(asRows(history)))))
              .as(history.toString())
              .isEqualTo(
                  "%s pending, %s unknown, %s failed"
                      .formatted(
                          versions(guard, "pending"),
                          versions(guard, "unknown"),
                          versions(guard, "failed")));
          compared++;
        }
      }
    }
    assertThat(compared).isEqualTo(9261);
  }

  private static List<HistoryRow> asRows(List<Situation.Recorded> history) {
    List<HistoryRow> rows = new ArrayList<>();
    for (Situation.Recorded one : history) {
      rows.add(
          new HistoryRow(
              rows.size() + 1,
              Optional.of(RevisionId.of(one.version())),
              one.description(),
              one.type(),
              "script",
              Optional.empty(),
              "me",
              LocalDateTime.MIN,
              Duration.ZERO,
              one.success()));
    }
    return rows;
  }

  private static String asGuard(TargetState state) {
    Set<RevisionId> failed = new TreeSet<>(state.history().failed().keySet());
    failed.addAll(state.history().failedDowngrades().keySet());
    Set<RevisionId> unknown = new TreeSet<>(state.graph().unknown(state.applied()));
    return "%s pending, %s unknown, %s failed"
        .formatted(
            state.in(RevisionState.Status.PENDING).stream()
                .map(one -> one.id().toString())
                .filter(id -> !failed.contains(RevisionId.of(id)))
                .collect(Collectors.joining(", ")),
            join(unknown),
            join(failed));
  }

  private static String join(Set<RevisionId> ids) {
    return ids.stream().map(RevisionId::toString).collect(Collectors.joining(", "));
  }

  private static List<Situation.Recorded> applied(String... versions) {
    return Stream.of(versions)
        .map(
            version ->
                new Situation.Recorded(
                    version, "step " + version, "SQL", Situation.Sum.OF_THE_FILE, true))
        .toList();
  }

  private static Object state(
      List<Situation.Recorded> history, List<String> versions, List<String> baselines)
      throws ReflectiveOperationException {
    List<Object> rows = new ArrayList<>();
    for (Situation.Recorded one : history) {
      rows.add(row.newInstance(one.version(), one.description(), one.type(), one.success()));
    }
    return compare.invoke(null, rows, scripts.newInstance(versions, baselines));
  }

  private static String words(Object state) throws ReflectiveOperationException {
    String status = state.getClass().getMethod("status").invoke(state).toString();
    assertThat(state.getClass().getMethod("problem").invoke(state)).asString().endsWith(".");
    assertThat(state.getClass().getMethod("remedy").invoke(state)).asString().isNotBlank();
    String what =
        switch (status) {
          case "BEHIND" -> ": " + versions(state, "pending");
          case "AHEAD" -> ": " + versions(state, "unknown");
          case "FAILED" -> ": " + versions(state, "failed");
          default -> "";
        };
    return status.toLowerCase(Locale.ROOT).replace('_', ' ') + what;
  }

  private static String versions(Object state, String list) throws ReflectiveOperationException {
    List<?> versions = (List<?>) state.getClass().getMethod(list).invoke(state);
    return String.join(", ", versions.stream().map(Object::toString).toList());
  }
}
