package dev.migrate.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.failure.FailureCode;
import dev.migrate.revision.RebasePlan;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The writer of revision files")
class RevisionWriterTest {
  private static final Instant NOW = Instant.parse("2026-01-18T10:30:00.5Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path directory;

  private Project project() {
    return new Project(directory);
  }

  private RevisionWriter writer() {
    return new RevisionWriter(project().readOrEmpty(), CLOCK);
  }

  private static NewRevision draft(String message, RevisionFile... parents) {
    List<Revision> revisions = new ArrayList<>();
    for (RevisionFile parent : parents) {
      revisions.add(parent.revision());
    }
    return NewRevision.empty(message, revisions).running("select 1;", "select 2;\n");
  }

  @Test
  @DisplayName("writes a pair that the reader reads back")
  void roundTrip() {
    RevisionWriter writer = writer();
    RevisionFile first = writer.write(draft("Create the tables"));
    RevisionFile second =
        writer.write(
            draft("Add  asset\nlocation", first)
                .labelled(List.of("geo"))
                .dependingOn(List.of(first.id().toString()))
                .withoutTransaction());
    assertThat(project().listing())
        .containsExactly(
            Path.of("down", "U20260118103000__create_the_tables.sql").toString(),
            Path.of("down", "U20260118103001__add_asset_location.sql").toString(),
            Path.of("up", "V20260118103000__create_the_tables.sql").toString(),
            Path.of("up", "V20260118103001__add_asset_location.sql").toString(),
            Path.of("up", "V20260118103001__add_asset_location.sql.conf").toString());
    assertThat(project().text("up/V20260118103001__add_asset_location.sql"))
        .isEqualTo(
            """
            -- Add asset location
            --
            -- revision: 20260118103001
            -- revises:  20260118103000
            -- depends:  20260118103000
            -- labels:   geo
            -- created:  2026-01-18T10:30:00Z
            -- transaction: none

            select 1;
            """);
    assertThat(project().text("down/U20260118103000__create_the_tables.sql"))
        .isEqualTo(
            """
            -- Take back: Create the tables
            --
            -- revision: 20260118103000

            select 2;
            """);
    RevisionFiles files = project().read();
    assertThat(files.all()).containsExactly(first, second);
    assertThat(files.all().get(1).downgrade().orElseThrow().transactional()).isFalse();
  }

  @Test
  @DisplayName("explains in an empty revision what to write, and keeps it transactional")
  void emptyRevision() {
    RevisionFile file = writer().write(NewRevision.empty("Fill in", List.of()));
    assertThat(file.upgrade().text()).contains("-- revises:  none", "ALTER TABLE assets");
    assertThat(file.upgrade().transactional()).isTrue();
    assertThat(file.downgrade().orElseThrow().text()).contains("downgrade: none");
    assertThat(project().read().all()).containsExactly(file);
  }

  @Test
  @DisplayName("writes no downgrade for what cannot be taken back")
  void irreversible() {
    RevisionFile file = writer().write(draft("Burn it").irreversible());
    assertThat(file.downgrade()).isEmpty();
    assertThat(file.irreversible()).isTrue();
    assertThat(file.upgrade().text()).contains("-- downgrade: none\n");
    assertThat(project().listing()).hasSize(1);
    assertThat(project().read().all()).containsExactly(file);
  }

  @Test
  @DisplayName("joins heads")
  void merge() {
    RevisionWriter writer = writer();
    RevisionFile base = writer.write(draft("base"));
    RevisionFile left = writer.write(draft("left", base));
    RevisionFile right = writer.write(draft("right", base));
    List<Revision> heads = project().read().graph().parentsForMerge("heads");
    RevisionFile merge = writer.write(NewRevision.merge("Join", heads));
    assertThat(merge.revision().parents()).containsExactly(left.id(), right.id());
    assertThat(project().read().graph().heads()).containsExactly(merge.revision());
  }

  @Test
  @DisplayName("keeps a message that looks like a line of the header")
  void messageLikeKey() {
    writer().write(draft("Labels: print them"));
    assertThat(project().read().all().get(0).revision().message()).isEqualTo("Labels: print them");
    writer().write(draft("revision: 7"));
    assertThat(project().read().all().get(1).revision().message()).isEqualTo("revision: 7");
  }

  @Test
  @DisplayName("makes file names from messages in any language, short and never empty")
  void names() {
    assertThat(MigrationFileName.slug("Add asset location!")).isEqualTo("add_asset_location");
    assertThat(MigrationFileName.slug("  Größe—ändern (v2)  ")).isEqualTo("größe_ändern_v2");
    assertThat(MigrationFileName.slug("資産の場所を追加")).isEqualTo("資産の場所を追加");
    assertThat(MigrationFileName.slug("Добавить Место")).isEqualTo("добавить_место");
    assertThat(MigrationFileName.slug("हिन्दी नाम")).isEqualTo("हिन्दी_नाम");
    assertThat(MigrationFileName.slug("a/b\\c:d*e?\"<>|__f.sql")).isEqualTo("a_b_c_d_e_f_sql");
    assertThat(MigrationFileName.slug("\uD83D\uDE00 !!!")).isEqualTo("revision");
    assertThat(MigrationFileName.slug("")).isEqualTo("revision");
    assertThat(MigrationFileName.slug("x".repeat(100))).hasSize(60);
    assertThat(MigrationFileName.slug("word ".repeat(30)))
        .hasSizeLessThanOrEqualTo(60)
        .doesNotEndWith("_");
    String gothic = "\uD800\uDF30";
    assertThat(MigrationFileName.slug(gothic.repeat(100))).isEqualTo(gothic.repeat(50));
    assertThat(
            MigrationFileName.slug("a" + gothic.repeat(100))
                .getBytes(StandardCharsets.UTF_8)
                .length)
        .isLessThanOrEqualTo(200);
    RevisionFile file = writer().write(draft(gothic.repeat(100)));
    assertThat(project().read().all()).containsExactly(file);
  }

  @Test
  @DisplayName("gives a child an id above its parents and dependencies, whatever the clock says")
  void idsAboveParents() {
    project()
        .file("up/V20300101000000__a.sql", "-- A", "-- revision: 20300101000000", "-- labels: late")
        .file("up/V20300101000005__b.sql", "-- B", "-- revision: 20300101000005");
    Revision parent = project().read().graph().revisions().get(0);
    RevisionFile child = writer().write(NewRevision.empty("child", List.of(parent)));
    assertThat(child.id()).hasToString("20300101000001");
    RevisionFile dependant =
        writer().write(draft("dependant").dependingOn(List.of("late", "20300101000005")));
    assertThat(dependant.id()).hasToString("20300101000006");
    RevisionFile free = writer().write(draft("free"));
    assertThat(free.id()).hasToString("20260118103000");
  }

  @Test
  @DisplayName("never gives one id twice, to many writers in the same second")
  void concurrentWriters() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<Future<RevisionId>> ids = new ArrayList<>();
    for (int i = 0; i < 24; i++) {
      NewRevision draft = draft("revision of writer " + i % 3);
      RevisionWriter own = writer();
      ids.add(pool.submit(() -> own.write(draft).id()));
    }
    List<RevisionId> written = new ArrayList<>();
    for (Future<RevisionId> id : ids) {
      written.add(id.get());
    }
    pool.shutdown();
    assertThat(written).doesNotHaveDuplicates().hasSize(24);
    assertThat(project().read().all()).hasSize(24).allMatch(file -> file.downgrade().isPresent());
    assertThat(project().listing()).hasSize(48).noneMatch(name -> name.endsWith(".tmp"));
  }

  @Test
  @DisplayName("refuses what would not fit the others, before it writes anything")
  void refusals() {
    RevisionWriter writer = writer();
    RevisionFile first = writer.write(draft("first").labelled(List.of("geo")));
    List<String> before = project().listing();
    assertThat(Project.problem(FailureCode.INVALID_PARAMETER, () -> writer.write(draft(" \n "))))
        .isEqualTo("The new revision has no message.");
    assertThat(
            Project.problem(
                FailureCode.INVALID_REVISION_FILE,
                () -> writer.write(draft("second", first).labelled(List.of("geo")))))
        .startsWith("The label 'geo' stands in two files");
    assertThat(
            Project.problem(
                FailureCode.UNKNOWN_REVISION,
                () -> writer.write(draft("second", first).dependingOn(List.of("nope")))))
        .contains("'nope'");
    assertThat(project().listing()).isEqualTo(before);
  }

  @Test
  @DisplayName("leaves nothing behind when one of the two files cannot be written")
  void bothOrNone() {
    project().file("down", "a file where the folder should be");
    assertThat(
            Project.problem(
                FailureCode.FILE_ACCESS,
                () -> new RevisionWriter(empty(), CLOCK).write(draft("x"))))
        .isEqualTo(
            Path.of("down", "U20260118103000__x.sql")
                + " cannot be written: there is a file where a folder should be.");
    assertThat(project().listing()).containsExactly("down");
  }

  /** What was read before somebody put a file in the place of a folder. */
  private RevisionFiles empty() {
    return new RevisionFiles(
        project().folders(),
        List.of(),
        List.of(),
        List.of(),
        RevisionFiles.Found.NOTHING,
        RevisionFiles.Archived.NOTHING,
        List::of);
  }

  @Test
  @DisplayName("refuses a folder that cannot be made")
  void folderIsFile() {
    project().file("up", "a file");
    assertThat(
            Project.problem(
                FailureCode.FILE_ACCESS,
                () -> new RevisionWriter(empty(), CLOCK).write(draft("x"))))
        .contains("cannot be written: there is a file where a folder should be");
  }

  @Test
  @DisplayName("moves a branch: new names and header lines, all other bytes as they were")
  void rebase() throws IOException {
    project()
        .file("up/V20260101000000__a.sql", "-- A", "-- revision: 20260101000000")
        .bytes(
            "up/deep/V20260102000000__x.sql",
            ("\uFEFF-- X ä\r\n-- revises:20260101000000\r\n--  Revision :  20260102000000  \r\n"
                    + "-- note: 20260102000000\r\n\r\nselect '20260102000000';\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8))
        .file(
            "up/V20260103000000__y.sql",
            "-- Y",
            "-- depends: 20260102000000, 20260101000000",
            "-- revision: 20260103000000",
            "-- revises: 20260102000000",
            "select 1; -- revision: 20260103000000")
        .file("down/U20260103000000__back.sql", "-- revision: 20260103000000", "select 'é';")
        .file(
            "up/V20260104000000__m.sql",
            "-- M",
            "-- revision: 20260104000000",
            "-- revises: 20260101000000");
    RevisionFiles files = project().read();
    RebasePlan rebase =
        files
            .graph()
            .rebase(
                files.graph().resolveOne("20260102000000", Set.of()),
                files.graph().resolveOne("20260104000000", Set.of()),
                Set.of(),
                NOW);
    new RevisionWriter(files, CLOCK).rebase(rebase);

    assertThat(project().listing())
        .containsExactly(
            Path.of("down", "U20260118103001__back.sql").toString(),
            Path.of("up", "V20260101000000__a.sql").toString(),
            Path.of("up", "V20260104000000__m.sql").toString(),
            Path.of("up", "V20260118103001__y.sql").toString(),
            Path.of("up", "deep", "V20260118103000__x.sql").toString());
    assertThat(project().text("up/deep/V20260118103000__x.sql"))
        .isEqualTo(
            "\uFEFF-- X ä\r\n-- revises:20260104000000\r\n--  Revision :  20260118103000  \r\n"
                + "-- note: 20260102000000\r\n\r\nselect '20260102000000';\r\n\r\n");
    assertThat(project().text("up/V20260118103001__y.sql").lines())
        .containsExactly(
            "-- Y",
            "-- depends: 20260118103000, 20260101000000",
            "-- revision: 20260118103001",
            "-- revises: 20260118103000",
            "select 1; -- revision: 20260103000000");
    assertThat(project().text("down/U20260118103001__back.sql").lines())
        .containsExactly("-- revision: 20260118103001", "select 'é';");
    assertThat(project().read().graph().heads()).extracting(Revision::message).containsExactly("Y");
  }

  @Test
  @DisplayName("gives a plain Flyway file a header when it moves, and a missing line of parents")
  void rebaseOfPlainFiles() {
    project()
        .file("up/V1__a.sql", "select 1;")
        .file("up/V2__plain.sql", "-- transaction: none", "vacuum;")
        .file("up/V20260101000000__root.sql", "-- Root", "-- revision: 20260101000000");
    RevisionFiles files = project().read();
    List<Revision> all = files.graph().revisions();
    new RevisionWriter(files, CLOCK)
        .rebase(files.graph().rebase(all.get(1), all.get(2), Set.of(), NOW));
    assertThat(project().text("up/V20260118103000__plain.sql"))
        .isEqualTo(
            "-- plain\n--\n-- revision: 20260118103000\n-- revises:  20260101000000\n\n"
                + "-- transaction: none\nvacuum;");
    RevisionFiles moved = project().read();
    assertThat(moved.all().get(2).upgrade().transactional()).isFalse();

    new RevisionWriter(moved, CLOCK)
        .rebase(
            moved
                .graph()
                .rebase(
                    moved.graph().revisions().get(1),
                    moved.graph().revisions().get(0),
                    Set.of(),
                    NOW));
    assertThat(project().text("up/V20260118103001__root.sql"))
        .isEqualTo("-- Root\n-- revises: 1\n-- revision: 20260118103001");
    assertThat(project().read().graph().heads()).hasSize(1);
  }

  @Test
  @DisplayName("does not move a branch across a plain file that would get another parent by it")
  void rebaseAcrossPlainFile() {
    project()
        .file("up/V1__a.sql", "select 1;")
        .file(
            "up/V20260101000000__x.sql", "-- X", "-- revision: 20260101000000", "-- revises: none")
        .file("up/V20260101000001__y.sql", "-- Y", "-- revision: 20260101000001", "-- revises: 1")
        .file("up/V20260102000000__plain.sql", "select 1;");
    RevisionFiles files = project().read();
    List<Revision> all = files.graph().revisions();
    List<String> before = project().listing();
    RebasePlan rebase = files.graph().rebase(all.get(1), all.get(0), Set.of(), NOW);
    assertThat(
            Project.problem(
                FailureCode.INVALID_REVISION_FILE,
                () -> new RevisionWriter(files, CLOCK).rebase(rebase)))
        .contains("V20260102000000__plain.sql has no header");
    assertThat(project().listing()).isEqualTo(before);
  }

  @Test
  @DisplayName("leaves a branch as it was when its new names are taken")
  void rebaseBlocked() throws IOException {
    project()
        .file("up/V20260101000000__a.sql", "-- A", "-- revision: 20260101000000")
        .file("up/V20260102000000__b.sql", "-- B", "-- revision: 20260102000000");
    RevisionFiles files = project().read();
    List<Revision> all = files.graph().revisions();
    RebasePlan rebase = files.graph().rebase(all.get(1), all.get(0), Set.of(), NOW);
    Files.createDirectories(directory.resolve("up/V20260118103000__b.sql"));
    List<String> before = project().listing();
    assertThat(
            Project.problem(
                FailureCode.FILE_ACCESS, () -> new RevisionWriter(files, CLOCK).rebase(rebase)))
        .contains("cannot be written");
    assertThat(project().listing()).isEqualTo(before);
  }
}
