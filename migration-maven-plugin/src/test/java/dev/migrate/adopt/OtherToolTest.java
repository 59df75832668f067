package dev.migrate.adopt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The migrations of another tool")
class OtherToolTest {
  @TempDir private Path folder;

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private OtherTool.Found read() {
    return OtherTool.read(folder, "there");
  }

  @Test
  @DisplayName("are read from golang-migrate's pairs, without the transactions of their own")
  void golangMigrate() throws IOException {
    file("2_b.up.sql", "create table b (x int);");
    file("000001_a.up.sql", "-- first\nBEGIN;\ncreate table a (x int);\nCOMMIT;\n-- end\n");
    file("000001_a.down.sql", "begin;\ndrop table a;\nend;\n");
    file("10_c.up.sql", "create index concurrently i on a (x);");
    file("10_c.down.sql", "-- nothing\n");
    file("readme.sql", "x");
    OtherTool.Found found = read();
    assertThat(found.tool()).isEqualTo("golang-migrate");
    assertThat(found.steps())
        .extracting(OtherTool.Step::version)
        .containsExactly("000001", "2", "10");
    assertThat(found.steps().get(0).upgrade())
        .contains("create table a", "-- first", "-- end")
        .doesNotContain("BEGIN", "COMMIT");
    assertThat(found.steps().get(0).downgrade()).isEqualTo("drop table a;\n");
    assertThat(found.steps().get(1).downgrade()).isNull();
    assertThat(found.steps().get(2).downgrade()).isNull();
    assertThat(found.steps().get(2).upgradeAlone()).isTrue();
    assertThat(found.notTaken()).hasSize(1);
  }

  @Test
  @DisplayName("are read from the sections of dbmate's files")
  void dbmate() throws IOException {
    file(
        "20240101000000_a.sql",
        "-- migrate:up\ncreate table a (x int);\n\n-- migrate:down\ndrop table a;\n");
    file(
        "20240102000000_b.sql",
        "-- migrate:up transaction:false\ncreate index concurrently i on a (x);\n-- migrate:down\n");
    OtherTool.Found found = read();
    assertThat(found.tool()).isEqualTo("dbmate");
    assertThat(found.steps())
        .containsExactly(
            new OtherTool.Step(
                "20240101000000",
                "a",
                "create table a (x int);\n",
                "drop table a;\n",
                false,
                false),
            new OtherTool.Step(
                "20240102000000",
                "b",
                "create index concurrently i on a (x);\n",
                null,
                true,
                false));
    file("20240103000000_c.sql", "create table c (x int);");
    assertThatThrownBy(this::read).hasMessageContaining("20240103000000_c.sql has no line");
  }

  @Test
  @DisplayName("are read in the order of Sqitch's plan, reworked ones included")
  void sqitch() throws IOException {
    file(
        "sqitch.plan",
        """
        %syntax-version=1.0.0
        %project=shop

        schema 2024-01-02T00:00:00Z A B <a@b.c> # first
        view [schema] 2024-01-01T00:00:00Z A B <a@b.c> # earlier by its time
        @v1 2024-01-03T00:00:00Z A B <a@b.c> # tag
        view [view@v1] 2024-01-04T00:00:00Z A B <a@b.c> # reworked
        """);
    file(
        "deploy/schema.sql",
        "-- Deploy shop:schema to pg\n\nBEGIN;\n\ncreate schema s;\n\nCOMMIT;\n");
    file("revert/schema.sql", "BEGIN;\ndrop schema s;\nCOMMIT;\n");
    file("verify/schema.sql", "select 1;");
    file("deploy/view@v1.sql", "create view s.v as select 1 as x;");
    file("deploy/view.sql", "create or replace view s.v as select 2 as x;");
    OtherTool.Found found = read();
    assertThat(found.tool()).isEqualTo("Sqitch");
    assertThat(found.steps())
        .extracting(OtherTool.Step::version)
        .containsExactly("20240102000000", "20240102000001", "20240104000000");
    assertThat(found.steps())
        .extracting(OtherTool.Step::words)
        .containsExactly("schema", "view", "view_2");
    assertThat(found.steps().get(1).upgrade()).contains("select 1");
    assertThat(found.steps().get(2).upgrade()).contains("select 2");
    assertThat(found.steps().get(0).downgrade()).isEqualTo("drop schema s;\n");
    assertThat(found.notTaken()).anyMatch(note -> note.startsWith("verify/"));
    Files.delete(folder.resolve("deploy/view.sql"));
    assertThatThrownBy(this::read)
        .hasMessageContaining("sqitch.plan, line 7: the change view has no script deploy/view.sql");
  }

  @Test
  @DisplayName("are refused where two have one version, or none is of a tool that is known")
  void refused() throws IOException {
    file("V1__a.sql", "create table a (x int);");
    assertThatThrownBy(this::read)
        .isInstanceOfSatisfying(
            MigrateException.class,
            e -> assertThat(e.code()).isEqualTo(FailureCode.INVALID_PARAMETER));
    file("1_a.up.sql", "x");
    file("01_b.up.sql", "y");
    assertThatThrownBy(this::read).hasMessageContaining("have one version");
    assertThatThrownBy(() -> OtherTool.read(folder.resolve("gone"), "gone"))
        .hasMessageContaining("gone does not exist");
  }
}
