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
import java.util.function.Supplier;
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
  @DisplayName("comes with many assets, is previewed first, and no further when nobody waits")
  void comesWithManyAssets() throws Exception {
    empty();
    Path file = many();
    ImportReport asked = timed("previewed", () -> imports.preview(file, false, () -> {}));
    assertThat(asked.problems()).isEmpty();
    assertThat(asked.missing().get("locations")).containsOnlyKeys("Attic");
    ImportReport report = timed("previewed again", () -> imports.preview(file, true, () -> {}));
    assertThat(report.isRight()).isTrue();
    assertThat(report.counts().get("assets")).containsEntry(Effect.ADDED, LINES);
    assertThat(report.lines()).hasSize(50);

    List<String> looks = new ArrayList<>();
    assertThatThrownBy(
            () ->
                imports.preview(
                    file,
                    true,
                    () -> {
                      looks.add("look");
                      if (looks.size() == 56) {
                        throw new Waiting.GoneException();
                      }
                    }))
        .isInstanceOf(Waiting.GoneException.class);
    assertThat(looks).hasSize(56);
    assertThat(Files.readString(only("assets.csv", exported("none.zip")))).doesNotContain("YY-");

    assertThat(timed("imported", () -> imports.run(file, true)).isRight()).isTrue();
    assertThat(timed("previewed once more", () -> imports.preview(file, false, () -> {})).counts())
        .allSatisfy((name, counts) -> assertThat(counts).containsOnlyKeys(Effect.UNCHANGED));
    empty();
  }

  /** An inventory: each asset with a category, a place and a holder, a quarter with maintenance. */
  private Path many() throws IOException {
    StringBuilder places = new StringBuilder("place,address\n");
    StringBuilder people = new StringBuilder("email,full_name,joined_on\n");
    StringBuilder assets =
        new StringBuilder(
            "tag,name,serial_number,category,location,purchase_price,holder,held_since,attributes\n");
    StringBuilder earlier = new StringBuilder("asset,person,assigned_at,returned_at\n");
    StringBuilder work = new StringBuilder("asset,kind,description,due_on\n");
    for (int i = 0; i < 50; i++) {
      places.append("Site %d,Street %d\n".formatted(i, i));
    }
    for (int i = 0; i < 200; i++) {
      people.append("p%d@example.org,Person %d,2020-01-01\n".formatted(i, i));
    }
    for (int i = 1; i <= LINES; i++) {
      assets.append(
          "YY-%08d,Lamp %d,Y%d,Lamps,%s,%d.50,p%d@example.org,2026-01-05,\"Colour: red\nRAM: %d GB\"\n"
              .formatted(i, i, i, i % 100 == 7 ? "Attic" : "Site " + i % 50, i, i % 200, i));
      if (i % 4 == 0) {
        earlier.append(
            "YY-%08d,p%d@example.org,2025-01-05,2025-02-05\n".formatted(i, (i + 1) % 200));
        work.append("YY-%08d,inspection,Inspection,2027-01-05\n".formatted(i));
      }
    }
    Path file = folder.resolve("many.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      add(zip, "categories.csv", "category,tag_prefix,inspection_months\nLamps,YY,12\n");
      add(zip, "locations.csv", places);
      add(zip, "people.csv", people);
      add(zip, "assets.csv", assets);
      add(zip, "assignments.csv", earlier);
      add(zip, "maintenance.csv", work);
    }
    return file;
  }

  private static void add(ZipOutputStream zip, String name, CharSequence text) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(text.toString().getBytes(StandardCharsets.UTF_8));
    zip.closeEntry();
  }

  private static ImportReport timed(String what, Supplier<ImportReport> work) {
    long begin = System.nanoTime();
    ImportReport report = work.get();
    System.out.printf(
        "An inventory of %,d assets %s in %.1f s%n",
        LINES, what, (System.nanoTime() - begin) / 1e9);
    return report;
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
