package dev.migrate.scratch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrate.failure.MigrateException;
import dev.migrate.sql.Queries;
import dev.migrate.testing.TestPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Scratch databases on a borrowed server")
class BorrowedScratchIT {
  private static final String OLD = "migrate_scratch_1700000000_0123abcd_model";
  private static final String LOOKS_ALIKE = "migrate_scratch_of_my_own";

  private ScratchDatabase home;

  @BeforeEach
  void aServer() {
    home = TestPostgres.database("borrowed");
  }

  @AfterEach
  void clean() throws SQLException {
    for (String name : List.of(OLD, LOOKS_ALIKE)) {
      admin("drop database if exists " + name + " with (force)");
    }
    admin("drop role if exists powerless");
    home.close();
  }

  @Test
  @DisplayName("are created empty or as copies, and dropped when closed, also under a session")
  void createsAndDrops() throws SQLException {
    try (BorrowedScratch scratch = borrow(home.jdbcUrl() + "?ApplicationName=x")) {
      ScratchDatabase first = scratch.database("Model!");
      assertThat(first.name()).matches("migrate_scratch_\\d+_[0-9a-f]{8}_model_");
      assertThat(first.jdbcUrl()).endsWith("/" + first.name() + "?ApplicationName=x");
      try (Connection connection = first.connect()) {
        Queries.execute(connection, "create table asset (id int)");
      }
      ScratchDatabase copy = scratch.database("copy", first);
      Connection forgotten = copy.connect();
      assertThat(Queries.column(forgotten, "select count(*) from asset")).containsExactly("0");
      first.close();
      assertThat(names()).contains(copy.name()).doesNotContain(first.name());
    }
    assertThat(names()).noneMatch(name -> name.startsWith("migrate_scratch_"));
  }

  @Test
  @DisplayName("of killed processes are swept when old and unused; nothing else ever is")
  void sweeps() throws SQLException {
    admin("create database " + OLD);
    admin("create database " + LOOKS_ALIKE);
    Instant created = Instant.ofEpochSecond(1_700_000_000);

    borrowAt(created.plus(Duration.ofHours(23))).close();
    assertThat(names()).contains(OLD);

    try (Connection user =
        ScratchConnections.connect(
            TestPostgres.server().address().jdbcUrl(OLD), home.user(), home.password())) {
      borrowAt(created.plus(Duration.ofDays(30))).close();
      assertThat(Queries.column(user, "select current_database()")).containsExactly(OLD);
    }
    // The server counts a session for a moment after its client has gone.
    long end = System.nanoTime() + 5_000_000_000L;
    do {
      borrowAt(created.plus(Duration.ofDays(30))).close();
    } while (names().contains(OLD) && System.nanoTime() < end);
    assertThat(names()).contains(LOOKS_ALIKE).doesNotContain(OLD);
  }

  @Test
  @DisplayName("need the right to create databases; the failure says what an administrator runs")
  void powerless() throws SQLException {
    admin("create role powerless login password 'p'");
    assertThatThrownBy(() -> BorrowedScratch.on(home.jdbcUrl(), "powerless", "p"))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("ALTER ROLE \"powerless\" CREATEDB");
  }

  @Test
  @DisplayName("need a server that can be reached, at a URL that is one")
  void unreachable() {
    assertThatThrownBy(() -> BorrowedScratch.on(home.jdbcUrl(), home.user(), "wrong"))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("migrate.scratchUser")
        .hasMessageNotContaining("wrong");
    assertThatThrownBy(() -> BorrowedScratch.on("jdbc:mysql://x/y", "u", "p"))
        .isInstanceOf(MigrateException.class)
        .hasMessageContaining("not a PostgreSQL URL");
  }

  private BorrowedScratch borrow(String url) {
    return BorrowedScratch.on(url, home.user(), home.password());
  }

  private BorrowedScratch borrowAt(Instant now) {
    return BorrowedScratch.on(
        home.jdbcUrl(), home.user(), home.password(), Clock.fixed(now, ZoneOffset.UTC));
  }

  private void admin(String sql) throws SQLException {
    try (Connection connection = home.connect()) {
      Queries.execute(connection, sql);
    }
  }

  private List<String> names() throws SQLException {
    try (Connection connection = home.connect()) {
      return Queries.column(connection, "select datname from pg_database");
    }
  }
}
