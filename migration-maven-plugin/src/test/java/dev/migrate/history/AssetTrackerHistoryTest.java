package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
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
            .getDeclaredConstructor(String.class, String.class, boolean.class);
    compare =
        compiled
            .loadClass("tracker.schemastate.SchemaHistory")
            .getDeclaredMethod("compare", List.class, java.util.Collection.class);
    row.setAccessible(true);
    compare.setAccessible(true);
  }

  @AfterAll
  static void close() throws IOException {
    compiled.close();
  }

  static Stream<Situation> situations() {
    return TypesPage.read().rows().stream().flatMap(Situation::of);
  }

  @ParameterizedTest
  @MethodSource("situations")
  @DisplayName("says what the table says of it")
  void says(Situation situation) throws ReflectiveOperationException {
    List<Object> rows = new ArrayList<>(List.of(row.newInstance("1", "SQL", true)));
    for (Situation.Recorded recorded : situation.history()) {
      rows.add(row.newInstance(recorded.version(), recorded.type(), recorded.success()));
    }
    List<String> scripts = situation.hasFile() ? List.of("1", "2", "3") : List.of("1", "3");
    assertThat(words(compare.invoke(null, rows, scripts)))
        .isEqualTo(situation.row().goals().get("the guard of the asset tracker"));
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
