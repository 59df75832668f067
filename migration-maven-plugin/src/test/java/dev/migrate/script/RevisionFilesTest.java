package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.api.resource.LoadableResource;
import org.flywaydb.core.internal.resolver.ChecksumCalculator;
import org.flywaydb.core.internal.resource.StringResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The reader of revision files")
class RevisionFilesTest {
  private static final String FIRST = "V20260110091500__first.sql";
  private static final String SECOND = "V20260118103000__add_location.sql";

  @TempDir Path directory;
  private Project project;

  @BeforeEach
  void createFolders() throws IOException {
    Files.createDirectory(directory.resolve("up"));
    project = new Project(directory);
  }

  private Revision only() {
    return project.read().graph().revisions().get(0);
  }

  @Test
  @DisplayName("understands the header")
  void header() {
    project
        .file("up/" + FIRST, "-- First", "--", "-- revision: 20260110091500", "-- revises:  none")
        .file("up/V20260111000000__b.sql", "-- B", "-- Revision:20260111000000", "--REVISES :")
        .file(
            "up/" + SECOND,
            "",
            "-- Add asset location: where it is",
            "-- Reviewed-by: somebody",
            "--   revision :  20260118103000  ",
            "-- Revises: 20260110091500, 20260111000000",
            "-- depends:  20260111000000 start",
            "-- labels: geo, places",
            "-- created:  2026-01-18T11:30:00+01:00",
            "-- owner: dba",
            "-- TRANSACTION: None",
            "create index concurrently x on y (z);",
            "-- labels: late")
        .file(
            "up/V20260109000000__c.sql", "-- C", "-- revision: 20260109000000", "-- labels: start");
    RevisionFile file = project.read().get(RevisionId.of("20260118103000"));
    assertThat(file.revision())
        .isEqualTo(
            new Revision(
                RevisionId.of("20260118103000"),
                "Add asset location: where it is",
                List.of(RevisionId.of("20260110091500"), RevisionId.of("20260111000000")),
                List.of("20260111000000", "start"),
                List.of("geo", "places"),
                Instant.parse("2026-01-18T10:30:00Z"),
                Path.of("up", SECOND).toString()));
    assertThat(file.upgrade().transactional()).isFalse();
    assertThat(file.hasHeader()).isTrue();
    assertThat(project.read().get(RevisionId.of("20260111000000")).revision().parents()).isEmpty();
    assertThat(project.read().get(RevisionId.of("20260110091500")).upgrade().transactional())
        .isTrue();
  }

  @Test
  @DisplayName("finds the header below other comments, and only above the first SQL")
  void headerPlace() {
    project
        .file(
            "up/" + FIRST,
            "/* Licence /* nested */",
            "   -- revision: 1 */",
            "-- Somebody's file",
            "",
            "-- revision: 20260110091500",
            "select 1;")
        .file("up/" + SECOND, "select 1;", "-- revision: 7", "-- revises: 9");
    RevisionFiles files = project.read();
    assertThat(files.all().get(0).revision().message()).isEqualTo("Somebody's file");
    assertThat(files.all().get(0).hasHeader()).isTrue();
    assertThat(files.all().get(1).hasHeader()).isFalse();
    assertThat(files.all().get(1).revision().message()).isEqualTo("add location");
  }

  @Test
  @DisplayName("takes a plain Flyway file for a revision of the one before it")
  void plainFlyway() {
    project
        .file("up/V1__init.sql", "create table a (b int);")
        .file("up/V1_1__labels.sql", "-- labels: this is only a comment", "select 1;")
        .file("up/V2.sql", "-- transaction: none", "vacuum;")
        .file("up/V10__ten.SQL", "select 1;")
        .file("up/" + FIRST, "-- First", "-- revision: 20260110091500", "-- revises: 2");
    RevisionFiles files = project.read();
    assertThat(files.all())
        .extracting(file -> file.id() + " " + file.revision().parents())
        .containsExactly("1 []", "1.1 [1]", "2 [1.1]", "10 [2]", "20260110091500 [2]");
    assertThat(files.all().get(1).revision().labels()).isEmpty();
    assertThat(files.all().get(2).upgrade().transactional()).isFalse();
    assertThat(files.all().get(0).revision().message()).isEqualTo("init");
    assertThat(files.all().get(2).revision().message()).isEmpty();
    assertThat(files.graph().heads()).hasSize(2);
  }

  @Test
  @DisplayName("reads UTF-8 with and without BOM and with any line ends, as Flyway sums it up")
  void encodings() {
    String text = "-- Größe \uD83D\uDE00%n--%n-- revision: 20260110091500%n%nselect 'ü';%n%n";
    List<String> ends = List.of("\n", "\r\n", "\r");
    for (String end : ends) {
      for (String bom : List.of("", "\uFEFF")) {
        String content = bom + text.replace("%n", end);
        project.bytes("up/" + FIRST, content.getBytes(StandardCharsets.UTF_8));
        RevisionFile file = project.read().all().get(0);
        LoadableResource flyways = new StringResource(content);
        assertThat(file.revision().message()).isEqualTo("Größe \uD83D\uDE00");
        assertThat(file.upgrade().checksum()).isEqualTo(ChecksumCalculator.calculate(flyways));
        assertThat(file.upgrade().text()).isEqualTo(text.replace("%n", end));
      }
    }
    project.bytes("up/" + FIRST, new byte[0]);
    assertThat(project.read().all().get(0).upgrade().checksum())
        .isEqualTo(ChecksumCalculator.calculate(new StringResource("")));
  }

  @Test
  @DisplayName("names the file, the byte and the line that are not UTF-8")
  void notUtf8() {
    project.bytes("up/" + FIRST, "-- a\nselect 'ü';".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(project.problem())
        .isEqualTo(Path.of("up", FIRST) + " is not UTF-8: byte 0xFC at offset 13, in line 2.");
    project.bytes("up/" + FIRST, new byte[] {'a', '\n', (byte) 0xC3});
    assertThat(project.problem()).contains("byte 0xC3 at offset 2, in line 2");
  }

  @Test
  @DisplayName("names the encoding that a file is in, and what makes UTF-8 of it")
  void otherEncodings() {
    String sql = "-- Größe\nCREATE TABLE a (id int, name text DEFAULT 'ü');\n";
    Map<String, String> told =
        Map.of(
            "UTF-16", "UTF-16", // with a mark
            "UTF-16LE", "UTF-16",
            "UTF-16BE", "UTF-16BE",
            "X-UTF-16LE-BOM", "UTF-16",
            "X-UTF-32BE-BOM", "UTF-32",
            "X-UTF-32LE-BOM", "UTF-32",
            "UTF-32LE", "UTF-32LE",
            "UTF-32BE", "UTF-32BE");
    told.forEach(
        (encoding, iconv) -> {
          for (String text : List.of(sql, "select 1;\n")) {
            project.bytes("up/" + FIRST, text.getBytes(Charset.forName(encoding)));
            MigrateException failure = project.failure();
            assertThat(failure.problem())
                .startsWith(Path.of("up", FIRST) + " is UTF-")
                .endsWith(" and not UTF-8.");
            assertThat(failure.remedy())
                .isEqualTo(
                    "Save the file as UTF-8, for example with 'iconv -f %s -t UTF-8'."
                        .formatted(iconv));
          }
        });
    project.bytes("up/" + FIRST, ("\uFEFF" + sql).getBytes(Charset.forName("GB18030")));
    assertThat(project.failure().remedy()).contains("iconv -f GB18030 -t UTF-8");
  }

  @Test
  @DisplayName("pairs upgrades with downgrades; a missing one makes a revision irreversible")
  void downgrades() {
    project
        .file("up/" + FIRST, "select 1;")
        .file("up/" + SECOND, "select 2;")
        .file(
            "down/deeper/U20260118103000__other_words.sql",
            "-- revision: 20260118103000",
            "-- transaction: none");
    RevisionFiles files = project.read();
    assertThat(files.all().get(0).downgrade()).isEmpty();
    Script downgrade = files.all().get(1).downgrade().orElseThrow();
    assertThat(downgrade.transactional()).isFalse();
    assertThat(downgrade.text()).startsWith("-- revision");
    assertThat(files.get(files.graph().revisions())).isEqualTo(files.all());
  }

  @Test
  @DisplayName("also finds downgrades that lie beside their upgrades")
  void downgradesBesideUpgrades() {
    project.file("up/V1__a.sql", "select 1;").file("up/U1__a.sql", "select 2;");
    assertThat(project.read().all().get(0).downgrade()).isPresent();
  }

  @Test
  @DisplayName("refuses downgrades without upgrade, twice, and upgrades in the wrong folder")
  void strayFiles() {
    project.file("up/" + FIRST, "").file("down/U20260118103000__x.sql", "");
    assertThat(project.problem())
        .isEqualTo(
            Path.of("down", "U20260118103000__x.sql")
                + " takes back revision 20260118103000, and there is no upgrade script of that"
                + " id.");
    project.file("up/" + SECOND, "").file("down/U20260118103000__y.sql", "");
    assertThat(project.problem()).startsWith("Two files take back revision 20260118103000: ");
    Project other = new Project(directory.resolve("other"));
    other.file("up/V1__a.sql", "").file("down/V2__b.sql", "");
    assertThat(other.problem())
        .isEqualTo(
            Path.of("down", "V2__b.sql")
                + " lies in a folder of downgrade scripts, where Flyway would not find it.");
  }

  @Test
  @DisplayName("lists repeatable and baseline migrations, and names that Flyway does not know")
  void otherFiles() {
    project
        .file("up/R__views.sql", "select 1;")
        .file("up/R__a_functions.sql", "select 1;")
        .file("up/B5__baseline.sql", "select 1;")
        .file("up/V1__a.sql", "select 1;")
        .file("up/V1__a.sql.conf", "executeInTransaction=false")
        .file("up/V20260101_single_underscore.sql", "select 1;")
        .file("up/v3__lower_case.sql", "select 1;")
        .file("up/afterMigrate.sql", "select 1;")
        .file("up/Vacuum.sql", "vacuum;")
        .file("up/.#V2__lock.sql", "")
        .file("up/.V2__hidden.sql", "")
        .file("up/V2__backup.sql~", "")
        .file("up/#V2__emacs.sql#", "")
        .file("up/.idea/V2__hidden_folder.sql", "")
        .file("up/__init__.py", "")
        .file("up/V2__Compiled.class", "");
    RevisionFiles files = project.read();
    assertThat(files.all()).extracting(file -> file.id().toString()).containsExactly("1");
    assertThat(files.repeatables())
        .extracting(script -> script.path().getFileName().toString())
        .containsExactly("R__a_functions.sql", "R__views.sql");
    assertThat(files.baselines())
        .extracting(BaselineFile::version)
        .containsExactly(RevisionId.of("5"));
    assertThat(files.misnamed())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("V20260101_single_underscore.sql", "v3__lower_case.sql");
    assertThat(files.others())
        .extracting(path -> path.getFileName().toString())
        .containsExactly("Vacuum.sql");
  }

  @Test
  @DisplayName("searches several folders and their sub-folders, each file once")
  void folders() {
    project
        .file("up/2026/V2__b.sql", "select 1;")
        .file("more/V1__a.sql", "select 1;")
        .file("down/U1__a.sql", "select 1;");
    RevisionFolders folders =
        new RevisionFolders(
            directory,
            List.of(Path.of("up"), Path.of("up", "2026"), Path.of("more"), Path.of("up")),
            List.of(Path.of("down"), Path.of("down")));
    RevisionFiles files = RevisionFiles.read(folders, RevisionFiles.MissingFolder.REFUSE);
    assertThat(files.all()).extracting(file -> file.id().toString()).containsExactly("1", "2");
    assertThat(RevisionFolders.of(directory).upgrade())
        .isEqualTo(directory.toAbsolutePath().resolve("src/main/resources/db/migration"));
  }

  @Test
  @DisplayName("names both files of one id")
  void duplicateIds() {
    project.file("up/V1__a.sql", "select 1;").file("up/x/V1.0__b.sql", "select 2;");
    assertThat(project.problem())
        .isEqualTo(
            "Two files have the id 1: "
                + Path.of("up", "V1__a.sql")
                + " and "
                + Path.of("up", "x", "V1.0__b.sql")
                + ".");
  }

  @Test
  @DisplayName("refuses a header that contradicts the name or itself")
  void badHeaders() {
    project.file("up/" + FIRST, "-- First", "-- revision: 20260110091501");
    assertThat(project.problem())
        .isEqualTo(
            Path.of("up", FIRST)
                + ", line 2: the header says revision 20260110091501, and the name of the file says"
                + " 20260110091500.");
    project.file("up/" + FIRST, "-- revision: 20260110091500", "-- revises: yesterday");
    assertThat(project.problem())
        .endsWith("line 2: the header revises 'yesterday', which is not a revision id.");
    project.file("up/" + FIRST, "-- revision: 20260110091500", "-- revises: base");
    assertThat(project.problem())
        .endsWith("line 2: the header revises 'base', which is not a revision id.");
    assertThat(project.failure().remedy()).contains("'-- revises: none'");
    project.file("up/" + FIRST, "-- revision: 20260110091500", "-- created: yesterday");
    assertThat(project.problem()).endsWith("says created 'yesterday', which is not a time.");
    project.file("up/" + FIRST, "-- revision: 20260110091500", "-- revises:", "-- revises: 1");
    assertThat(project.problem()).endsWith("line 3: the header says revises twice.");
    project.file("up/" + FIRST, "-- revision: 20260110091500", "-- transaction: no");
    assertThat(project.problem()).contains("says transaction 'no', and only 'none' has a meaning");
    project
        .file("up/" + FIRST, "-- revision: 20260110091500")
        .file("down/U20260110091500__x.sql", "-- revision: 1");
    assertThat(project.problem()).startsWith(Path.of("down").toString()).contains("revision 1");
  }

  @Test
  @DisplayName(
      "refuses an id that is no timestamp in a file with a header, and one that is too long")
  void badIds() {
    project.file("up/V20260230000000__x.sql", "-- February", "-- revision: 20260230000000");
    assertThat(project.problem())
        .isEqualTo(
            Path.of("up", "V20260230000000__x.sql")
                + " has a header, and its id 20260230000000 is not a UTC timestamp of fourteen"
                + " digits.");
    Project other = new Project(directory.resolve("other"));
    other.file("up/V" + "1".repeat(51) + "__x.sql", "");
    assertThat(other.problem()).contains("has an id of 51 characters");
  }

  @Test
  @DisplayName("refuses a missing folder, or takes it for empty, as the caller likes")
  void missingFolder() {
    Project nothing = new Project(directory.resolve("nothing"));
    assertThat(nothing.readOrEmpty().graph().isEmpty()).isTrue();
    assertThat(Project.problem(FailureCode.FILE_ACCESS, nothing::read))
        .isEqualTo("The folder up does not exist.");
    Project file = new Project(directory.resolve("file"));
    file.file("up", "not a folder");
    assertThat(Project.problem(FailureCode.FILE_ACCESS, file::readOrEmpty))
        .isEqualTo("The folder up is not a folder.");
  }

  @Test
  @DisplayName("refuses a file that cannot be read")
  void unreadable() throws IOException {
    Files.createSymbolicLink(directory.resolve("up/V1__gone.sql"), directory.resolve("nowhere"));
    Script script =
        new Script(
            directory.resolve("up/V2__gone.sql"),
            "up/V2__gone.sql",
            0,
            true,
            false,
            false,
            ScriptConventions.FLYWAY);
    assertThat(Project.problem(FailureCode.FILE_ACCESS, script::text))
        .isEqualTo("up/V2__gone.sql cannot be read: it does not exist.");
    assertThat(Project.problem(FailureCode.FILE_ACCESS, project::read)).contains("V1__gone.sql");
  }
}
