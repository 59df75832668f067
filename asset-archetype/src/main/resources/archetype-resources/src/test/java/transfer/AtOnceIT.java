package ${package}.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.asset.Asset;
import ${package}.asset.AssetService;
import ${package}.assignment.AssignmentService;
import ${package}.category.CategoryService;
import ${package}.person.Person;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import ${package}.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

/** Two at once: one imports, and somebody else changes what the lines speak of. */
@ApplicationTest
@DisplayName("While somebody else works, an import")
class AtOnceIT {
  @Autowired private InventoryImport imports;
  @Autowired private TestDatabase database;
  @Autowired private Sample sample;
  @Autowired private Pages pages;
  @Autowired private AssetService assets;
  @Autowired private AssignmentService assignments;
  @Autowired private CategoryService categories;
  @TempDir private Path folder;

  @Test
  @DisplayName("uses what somebody else has made since it began")
  void usesWhatSomebodyElseHasMade() throws Exception {
    String tag = sample.category("Any", null).tagPrefix() + "W-0001";
    Path file =
        file(
            "tag,name,category,location,holder\n"
                + "%1$s,Tent,Tents %1$s,Camp %1$s / Hut,olga.%1$s@example.com\n".formatted(tag));

    ImportReport report =
        imports.preview(
            file,
            true,
            () ->
                owner(
                    "insert into categories (name, tag_prefix) values ('tents %1$s', '%2$s');"
                        + " insert into people (full_name, email) values ('Olga', 'OLGA.%1$s@example.com');"
                        + " insert into locations (name) values ('CAMP %1$s');"
                        + " insert into locations (parent_id, name)"
                        + " select id, 'hut' from locations where name = 'CAMP %1$s'",
                    tag,
                    tag.substring(0, tag.indexOf('-'))));

    assertThat(report.problems()).isEmpty();
    assertThat(report.counts().keySet()).containsExactly("assets");
  }

  @Test
  @DisplayName("waits for another that makes the same, and uses what came of it")
  void waitsForAnother() throws Exception {
    String prefix = sample.category("Any", null).tagPrefix() + "V";
    Path file = file("tag,name,category\n%1$s-0001,Tent,Tents %1$s\n".formatted(prefix));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Connection first = database.connectAsOwner();
        Statement statement = first.createStatement()) {
      first.setAutoCommit(false);
      statement.execute(
          "insert into categories (name, tag_prefix) values ('Tents %1$s', '%1$s')"
              .formatted(prefix));
      Future<ImportReport> second = other.submit(() -> imports.run(file, true));
      awaitSomebodyWhoWaits();
      first.commit();

      assertThat(second.get().isRight()).isTrue();
    } finally {
      other.shutdownNow();
    }
    Asset tent = assets.findByTag(prefix + "-0001").orElseThrow();
    assertThat(categories.get(tent.categoryId()).name()).isEqualTo("Tents " + prefix);
  }

  @Test
  @DisplayName("names the lines whose tag somebody else has taken while it waited")
  void namesWhatWasTaken() throws Exception {
    String tag = Sample.tag();
    Path file = file("tag,name\n%s,Another\n%s,Mine\n".formatted(Sample.tag(), tag));
    ExecutorService other = Executors.newSingleThreadExecutor();
    try (Connection first = database.connectAsOwner();
        Statement statement = first.createStatement()) {
      first.setAutoCommit(false);
      statement.execute("insert into assets (tag, name) values ('%s', 'Theirs')".formatted(tag));
      Future<ImportReport> second = other.submit(() -> imports.run(file, false));
      awaitSomebodyWhoWaits();
      first.commit();

      assertThat(second.get().problems())
          .containsExactly(
              new ImportReport.Problem("assets", 3, "tag", "Another asset has this tag."));
    } finally {
      other.shutdownNow();
    }
    assertThat(assets.findByTag(tag).orElseThrow().name()).isEqualTo("Theirs");
  }

  @Test
  @DisplayName("names the lines that speak of somebody who was deleted since it began")
  void namesWhatWasDeleted() throws Exception {
    Person person = sample.person("Short Visit");
    Asset asset = sample.asset("Badge");
    Path holders = file("tag,holder\n%s,%s\n".formatted(asset.tag(), person.email()));

    assertThat(
            imports
                .preview(holders, false, () -> owner("delete from people where id = %s", person.id()))
                .problems())
        .containsExactly(
            new ImportReport.Problem(
                "assets",
                2,
                "",
                "Somebody else has changed, or deleted, what this line speaks of."));
    assertThat(assignments.ofAsset(asset.id())).isEmpty();
  }

  @Test
  @DisplayName("is told by a page when the database has sent it away, and so is a form")
  void isSentAway() throws Exception {
    String tag = Sample.tag();
    owner(
        "create function send_away() returns trigger language plpgsql as 'begin raise exception"
            + " using errcode = ''40P01'', message = ''deadlock detected''; end';"
            + " create trigger send_away before insert on assets for each row"
            + " when (new.tag = '%s') execute function send_away()",
        tag);
    try {
      assertThat(pages.post("/assets", "tag", tag, "name", "Lamp").getStatus()).isEqualTo(409);
      assertThat(
              pages
                  .upload("/transfer/preview", "tag,name\n%s,Lamp\n".formatted(tag).getBytes("UTF-8"))
                  .getStatus())
          .isEqualTo(409);
    } finally {
      owner("drop trigger send_away on assets; drop function send_away");
    }
    assertThat(assets.findByTag(tag)).isEmpty();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.csv"), text);
  }

  private void owner(String sql, Object... values) {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql.formatted(values));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void awaitSomebodyWhoWaits() throws SQLException {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      boolean waits = false;
      while (!waits) {
        try (ResultSet found =
            statement.executeQuery(
                "select exists (select from pg_stat_activity where usename = '"
                    + TestDatabase.APPLICATION_USER
                    + "' and datname = current_database() and wait_event_type = 'Lock')")) {
          found.next();
          waits = found.getBoolean(1);
        }
      }
    }
  }
}
