package ${package}.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ${package}.testing.ApplicationTest;
import ${package}.testing.TestDatabase;
import ${package}.transfer.ImportReport.Effect;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.core.io.ClassPathResource;

/**
 * The inventory as files. How long many lines take is told when it runs with
 * -Dimport.lines=20000; by default there are few.
 */
@ApplicationTest
@DisplayName("The inventory")
class InventoryIT {
  private static final int LINES = Integer.getInteger("import.lines", 1200);

  /** What is hard to write: separators, quotes, formulas, line ends, and names with slashes. */
  private static final String NASTY =
      """
      insert into locations (name, address) values ('A/B\\ "C", =D', E'1st\\r\\n2nd; line');
      insert into locations (parent_id, name)
        select id, '/ ' || name from locations where name like 'A/B%';
      insert into people (full_name, email, joined_on)
        values ('＝Zoë, "Z"', 'Zoe+x@example.com', '2001-02-03');
      insert into assets (tag, name, serial_number, location_id, attributes)
        select 'ZZ-0001', E'\\'=cmd, "x"', '-1', max(id), '{"a, b": "c: d", "=e": "f;g"}'
        from locations;
      insert into assignments (asset_id, person_id, assigned_at, returned_at, note)
        select a.id, p.id, '2020-01-01 10:00:00.123456+02', '2020-01-02', E'@home\\r\\nand "away"'
        from assets a, people p where tag = 'ZZ-0001' and email like 'Zoe%';
      insert into assignments (asset_id, person_id, assigned_at, note)
        select a.id, p.id, '2021-01-01 00:00:00.000001Z', '+1'
        from assets a, people p where tag = 'ZZ-0001' and email like 'Zoe%';
      update assets set status = 'lost' where tag = 'ZZ-0001';
      insert into maintenance (asset_id, kind, description, due_on, completed_on, cost)
        select id, 'repair', 'twice, the same', '2022-01-01', '2022-01-02', 1.50
        from assets, generate_series(1, 2) where tag = 'ZZ-0001';
      """;

  @Autowired private InventoryExport export;
  @Autowired private InventoryImport imports;
  @Autowired private TestDatabase database;
  @TempDir private Path folder;

  @Test
  @DisplayName("goes out, comes into an empty system, and goes out again as the same bytes")
  void goesOutAndComesIn() throws Exception {
    empty();
    owner(new ClassPathResource("sample-data.sql").getContentAsString(StandardCharsets.UTF_8));
    owner(NASTY);
    Path first = exported("first.zip");
    assertThat(names(first))
        .containsExactly(
            "categories.csv",
            "locations.csv",
            "people.csv",
            "assets.csv",
            "assignments.csv",
            "maintenance.csv");

    ImportReport same = imports.preview(first, false, () -> {});
    assertThat(same.problems()).isEmpty();
    assertThat(same.count(Effect.UNCHANGED)).isEqualTo(same.total()).isGreaterThan(100);

    empty();
    ImportReport report = imports.run(first, false);
    assertThat(report.problems()).isEmpty();
    assertThat(report.missing()).isEmpty();
    assertThat(report.count(Effect.ADDED)).isEqualTo(same.total());

    assertThat(exported("second.zip")).hasSameBinaryContentAs(first);
  }

  @Test
  @DisplayName("comes from the file of assets alone, with places, categories and people")
  void comesFromTheAssetsAlone() throws Exception {
    empty();
    owner(new ClassPathResource("sample-data.sql").getContentAsString(StandardCharsets.UTF_8));
    Path first = only("assets.csv", exported("all.zip"));
    empty();
    ImportReport asked = imports.preview(first, false, () -> {});
    assertThat(asked.isRight()).isFalse();
    assertThat(asked.problems()).isEmpty();
    assertThat(asked.missing().keySet())
        .containsExactlyInAnyOrder("categories", "locations", "people");

    assertThat(imports.run(first, true).isRight()).isTrue();
    assertThat(only("assets.csv", exported("again.zip"))).hasSameBinaryContentAs(first);
  }

  @Test
  @DisplayName("is previewed in the order of its lines, and no further when nobody waits")
  void isPreviewed() throws Exception {
    StringBuilder csv = new StringBuilder("tag,name,serial_number,purchase_price,attributes\n");
    for (int i = 1; i <= LINES; i++) {
      csv.append(
          "YY-%08d,Lamp %d,Y%d,%d.50,\"Colour: red\nRAM: %d GB\"\n".formatted(i, i, i, i, i));
    }
    Path file = Files.writeString(folder.resolve("many.csv"), csv);
    long begin = System.nanoTime();
    ImportReport report = imports.preview(file, false, () -> {});
    System.out.printf(
        "%,d lines previewed in %.1f s%n", LINES, (System.nanoTime() - begin) / 1e9);
    assertThat(report.count(Effect.ADDED)).isEqualTo(LINES);
    assertThat(report.lines()).hasSize(50);

    List<String> looks = new ArrayList<>();
    assertThatThrownBy(
            () ->
                imports.preview(
                    file,
                    false,
                    () -> {
                      looks.add("look");
                      if (looks.size() == 2) {
                        throw new Waiting.GoneException();
                      }
                    }))
        .isInstanceOf(Waiting.GoneException.class);
    assertThat(looks).hasSize(2);
    assertThat(Files.readString(only("assets.csv", exported("none.zip")))).doesNotContain("YY-");
  }

  @Test
  @DisplayName("has no other files than its own")
  void hasNoOtherFiles() throws Exception {
    Path zip = folder.resolve("other.zip");
    try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
      out.putNextEntry(new ZipEntry("folder/notes.txt"));
      out.write("x".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(imports.preview(zip, false, () -> {}).problems())
        .extracting(ImportReport.Problem::message)
        .singleElement()
        .asString()
        .startsWith("There is no such file in an inventory. Use: categories.csv, ");
  }

  private Path exported(String name) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    export.writeAll(bytes);
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  private Path only(String entry, Path zip) throws IOException {
    try (ZipInputStream in =
        new ZipInputStream(new ByteArrayInputStream(Files.readAllBytes(zip)))) {
      for (ZipEntry at = in.getNextEntry(); at != null; at = in.getNextEntry()) {
        if (at.getName().equals(entry)) {
          return Files.write(folder.resolve(zip.getFileName() + "." + entry), in.readAllBytes());
        }
      }
    }
    throw new AssertionError("There is no " + entry + ".");
  }

  private static List<String> names(Path zip) throws IOException {
    List<String> names = new ArrayList<>();
    try (ZipInputStream in = new ZipInputStream(Files.newInputStream(zip))) {
      for (ZipEntry at = in.getNextEntry(); at != null; at = in.getNextEntry()) {
        names.add(at.getName());
      }
    }
    return names;
  }

  private void empty() throws Exception {
    owner("truncate assets, assignments, categories, locations, maintenance, people");
  }

  private void owner(String sql) throws Exception {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
