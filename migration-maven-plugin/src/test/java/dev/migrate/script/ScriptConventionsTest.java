package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles.MissingFolder;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.Configuration;
import org.flywaydb.core.internal.resource.ResourceName;
import org.flywaydb.core.internal.resource.ResourceNameParser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The names of scripts that a project has chosen")
class ScriptConventionsTest {
  private static final List<Map<String, String>> CHOSEN =
      List.of(
          Map.of(),
          Map.of("sqlMigrationPrefix", ""),
          Map.of("sqlMigrationPrefix", "", "sqlMigrationSeparator", "-"),
          Map.of("sqlMigrationPrefix", "migration_", "repeatableSqlMigrationPrefix", "repeat"),
          Map.of("sqlMigrationSeparator", "_", "sqlMigrationSuffixes", ".sql,.pgsql"),
          Map.of("sqlMigrationPrefix", "R", "repeatableSqlMigrationPrefix", "RR"),
          Map.of("sqlMigrationSuffixes", ".ddl"));

  private static final List<String> NAMES =
      List.of(
          "V1__a.sql",
          "V1.sql",
          "V1_2__a.sql",
          "V1.2__a__b.SQL",
          "V1___a.sql",
          "1__a.sql",
          "1_a.sql",
          "1-a-b.sql",
          "20200101_add.sql",
          "R__views.sql",
          "RR__views.sql",
          "R1__a.sql",
          "repeat__x.sql",
          "migration_1__x.sql",
          "migration_x.sql",
          "V1_a.pgsql",
          "V1__a.ddl",
          "V1__a.sql.conf",
          "beforeMigrate.sql",
          "beforeMigrate__x.sql",
          "afterEachMigrate.ddl",
          "notes.sql",
          "v1__a.sql",
          "U1__a.sql",
          "B7__base.sql");

  @Test
  @DisplayName("are read as Flyway reads them")
  void asFlyway() {
    for (Map<String, String> settings : CHOSEN) {
      ScriptConventions ours = ScriptConventions.of(settings);
      Configuration flyway =
          ours.tell(Flyway.configure(ScriptConventionsTest.class.getClassLoader()));
      ResourceNameParser parser = new ResourceNameParser(flyway);
      for (String name : NAMES) {
        if (!ours.hasSuffix(name)) {
          assertThat(ours.parse(name)).as("%s under %s", name, settings).isEmpty();
          continue;
        }
        ResourceName theirs = parser.parse(name);
        boolean migration =
            theirs.isValid()
                && List.of(ours.versioned(), ours.repeatable(), ours.baseline())
                    .contains(theirs.getPrefix());
        var read = ours.parse(name).filter(one -> one.kind() != MigrationFileName.Kind.DOWNGRADE);
        assertThat(read.isPresent()).as("%s under %s", name, settings).isEqualTo(migration);
        read.ifPresent(
            one -> {
              assertThat(one.prefix()).as(name).isEqualTo(theirs.getPrefix());
              assertThat(RevisionId.parse(one.version()).map(RevisionId::toString).orElse(""))
                  .as(name)
                  .isEqualTo(theirs.getVersion() == null ? "" : theirs.getVersion().toString());
              assertThat(one.description()).as(name).isEqualTo(theirs.getDescription());
            });
      }
    }
  }

  @Test
  @DisplayName("hold for a project's whole folder, and for what is written into it")
  void wholeFolder(@TempDir Path root) throws IOException {
    Path up = Files.createDirectories(root.resolve("up"));
    Files.writeString(up.resolve("001-people.sql"), "create table people (id int);");
    Files.writeString(up.resolve("R-views.sql"), "create view v as select 1;");
    Files.writeString(up.resolve("beforeMigrate.sql"), "select 1;");
    Files.writeString(up.resolve("V2__other.sql"), "select 1;");
    RevisionFolders folders =
        new RevisionFolders(
            root,
            List.of(Path.of("up")),
            List.of(Path.of("down")),
            ScriptConventions.of(Map.of("sqlMigrationPrefix", "", "sqlMigrationSeparator", "-")));
    RevisionFiles files = RevisionFiles.read(folders, MissingFolder.REFUSE);
    assertThat(files.all()).extracting(file -> file.id().toString()).containsExactly("001");
    assertThat(files.all().get(0).upgrade().description()).isEqualTo("people");
    assertThat(files.repeatables()).extracting(Script::description).containsExactly("views");
    assertThat(files.callbacks()).hasSize(1);
    assertThat(files.others()).containsExactly(up.resolve("V2__other.sql"));

    RevisionFile written =
        new RevisionWriter(files, Clock.systemUTC())
            .write(
                NewRevision.empty("Add cities", files.graph().revisions())
                    .running("create table cities (id int);", "drop table cities;"));
    assertThat(written.upgrade().path().getFileName().toString())
        .matches("[0-9]{14}-add_cities\\.sql");
    assertThat(written.downgrade().orElseThrow().path().getFileName().toString())
        .matches("U[0-9]{14}-add_cities\\.sql");
    assertThat(RevisionFiles.read(folders, MissingFolder.REFUSE).all()).hasSize(2);
  }

  @Test
  @DisplayName("are refused where scripts could not be told apart")
  void contradictions() {
    for (Map<String, String> wrong :
        List.of(
            Map.of("sqlMigrationPrefix", "R"),
            Map.of("sqlMigrationPrefix", "", "repeatableSqlMigrationPrefix", ""),
            Map.of("sqlMigrationSeparator", ""),
            Map.of("sqlMigrationSuffixes", ".sql,"),
            Map.of("sqlMigrationSuffixes", " "),
            Map.of("encoding", "utf-nine"))) {
      boolean refused = !wrong.equals(Map.of("sqlMigrationSuffixes", ".sql,"));
      if (refused) {
        assertThatThrownBy(() -> ScriptConventions.of(new HashMap<>(wrong)))
            .as("%s", wrong)
            .isInstanceOfSatisfying(
                MigrateException.class,
                e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER));
      } else {
        assertThat(ScriptConventions.of(wrong).suffixes()).containsExactly(".sql");
      }
    }
  }

  @Test
  @DisplayName("have an encoding, in which scripts are read, summed up and written")
  void encoding(@TempDir Path root) throws IOException {
    Charset latin = Charset.forName("windows-1252");
    Path file = root.resolve("V1__a.sql");
    Files.write(file, "-- Größe €\r\nselect 1;".getBytes(latin));
    ScriptText text = ScriptText.read(file, "a", latin);
    assertThat(text.text()).contains("Größe €");
    Files.write(file, "-- Größe €\nselect 1;".getBytes(StandardCharsets.UTF_8));
    assertThat(text.checksum()).isEqualTo(ScriptText.read(file, "a").checksum());
    ScriptConventions conventions = ScriptConventions.of(Map.of("encoding", "windows-1252"));
    assertThat(conventions.encoded("ä€".getBytes(StandardCharsets.UTF_8), "a"))
        .isEqualTo("ä€".getBytes(latin));
    assertThatThrownBy(() -> conventions.encoded("漢".getBytes(StandardCharsets.UTF_8), "a"))
        .hasMessageContaining("windows-1252");
  }
}
