package dev.migrate.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.flywaydb.core.api.CoreMigrationType;
import org.flywaydb.core.api.migration.baseline.BaselineMigrationType;
import org.flywaydb.core.extensibility.MigrationType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The kind of a row")
class RowKindTest {
  private static final Map<String, Set<RowKind>> SAYS =
      Map.of(
          "a script ran", Set.of(RowKind.SCRIPT),
          "it ran elsewhere", Set.of(RowKind.ELSEWHERE),
          "a baseline", Set.of(RowKind.BASELINE, RowKind.BASELINE_SCRIPT),
          "taken back", Set.of(RowKind.TAKEN_BACK),
          "schemas were created", Set.of(RowKind.SCHEMA),
          "not understood", Set.of(RowKind.NOT_UNDERSTOOD));

  @Test
  @DisplayName("is what docs/concepts.md says of its type")
  void isDocumented() {
    Map<String, List<String>> page = TypesPage.read().types();
    assertThat(page.keySet()).isEqualTo(SAYS.keySet());
    page.forEach(
        (says, types) ->
            assertThat(types)
                .allSatisfy(type -> assertThat(SAYS.get(says)).contains(RowKind.of(type))));
    assertThat(page.values().stream().flatMap(List::stream).filter(type -> !type.contains(" ")))
        .containsExactlyInAnyOrderElementsOf(RowKind.types());
  }

  @Test
  @DisplayName("is known of each type that Flyway's own classes have")
  void isKnownOfFlywaysTypes() {
    Set<String> types = new TreeSet<>();
    Stream.<MigrationType[]>of(CoreMigrationType.values(), BaselineMigrationType.values())
        .flatMap(Arrays::stream)
        .forEach(type -> types.add(type.name()));
    assertThat(types).hasSizeGreaterThan(9);
    assertThat(RowKind.types()).containsAll(types);
  }

  @Test
  @DisplayName(
      "is all by which the goals know a row: its type is only written, shown and compared here")
  void decides() {
    JavaClasses plugin =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.migrate");
    Set<String> users = new TreeSet<>();
    plugin
        .get(HistoryRow.class)
        .getMethod("type")
        .getAccessesToSelf()
        .forEach(access -> users.add(access.getOriginOwner().getSimpleName()));
    assertThat(users)
        .containsExactly("History", "Json", "SqlPreview", "StateText", "TargetSession");
  }
}
