package ${package}.schemastate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ${package}.failure.CannotStartException;
import ${package}.schemastate.SchemaProperties.OnMismatch;
import ${package}.schemastate.SchemaState.Status;
import ${package}.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

@DisplayName("The guard of the schema")
class SchemaGuardIT {
  private static final String TAKE_BACK =
      """
      insert into flyway_schema_history (installed_rank, version, description, type, script,
        checksum, installed_by, execution_time, success)
      select (select max(installed_rank) + 1 from flyway_schema_history), version, description,
        'DELETE', script, checksum, installed_by, 0, true
      from flyway_schema_history where version = '%s'
      """;

  /** Of this project, however many revisions it has by now. */
  private static final List<String> REVISIONS = revisions();

  private static final String HEAD = REVISIONS.get(REVISIONS.size() - 1);

  private final TestDatabase database = TestDatabase.atHead();

  @Test
  @DisplayName("lets the application start where the database is at the head")
  void letsStartAtTheHead() {
    SchemaGuard guard = guard(OnMismatch.REFUSE);
    guard.afterSingletonsInstantiated();
    assertThat(guard.state().status()).isEqualTo(Status.CURRENT);
    assertThat(guard.closed()).isFalse();
    assertThat(health(guard).getStatus().getCode()).isEqualTo("UP");
    assertThat(health(guard).getDetails()).containsEntry("revision", HEAD);
  }

  @Test
  @DisplayName("refuses a database that is behind, and says what to run")
  void refusesADatabaseThatIsBehind() throws SQLException {
    asOwner(TAKE_BACK.formatted(HEAD));
    assertThat(guard(OnMismatch.REFUSE).state().status()).isEqualTo(Status.BEHIND);
    assertRefused(
        "The database is behind: it stands at %s and lacks %s."
            .formatted(REVISIONS.get(REVISIONS.size() - 2), HEAD),
        "mvn migrate:upgrade");
  }

  @Test
  @DisplayName("refuses a database without any revision")
  void refusesAnEmptyDatabase() throws SQLException {
    asOwner("drop table flyway_schema_history");
    assertThatThrownBy(guard(OnMismatch.REFUSE)::afterSingletonsInstantiated)
        .hasMessage(
            "The database is behind: it stands at base and lacks %d revisions, %s to %s."
                .formatted(REVISIONS.size(), REVISIONS.get(0), HEAD));
  }

  @Test
  @DisplayName("refuses a database that is ahead, and says what to run")
  void refusesADatabaseThatIsAhead() throws SQLException {
    asOwner(
        "update flyway_schema_history set version = '20990101000000' where version = '%s'"
            .formatted(HEAD));
    assertThat(guard(OnMismatch.REFUSE).state().status()).isEqualTo(Status.AHEAD);
    assertRefused(
        "The database is ahead: it has 20990101000000, which this application does not know.",
        "mvn migrate:downgrade -Dmigrate.to=" + HEAD);
  }

  @Test
  @DisplayName("refuses a database in which a revision has failed")
  void refusesAFailedDatabase() throws SQLException {
    asOwner("update flyway_schema_history set success = false where version = '20260217080000'");
    assertRefused(
        "The revision 20260217080000 has failed in the database.", "mvn migrate:current");
  }

  @Test
  @DisplayName("reports down instead, if that is wished, until the database is there")
  void reportsDown() throws SQLException {
    asOwner(TAKE_BACK.formatted(HEAD));
    SchemaGuard guard = guard(OnMismatch.DOWN);
    guard.afterSingletonsInstantiated();

    assertThat(guard.closed()).isTrue();
    Health health = health(guard);
    assertThat(health.getStatus().getCode()).isEqualTo("DOWN");
    assertThat(health.getDetails()).containsEntry("schema", "behind").containsKey("remedy");

    asOwner("delete from flyway_schema_history where type = 'DELETE'");
    assertThat(guard.closed()).isFalse();
    assertThat(health(guard).getStatus().getCode()).isEqualTo("UP");
  }

  @Test
  @DisplayName("says so when the database cannot be asked")
  void saysSoWhenTheDatabaseCannotBeAsked() throws SQLException {
    asOwner("revoke select on flyway_schema_history from asset_tracker_app");
    assertThatThrownBy(guard(OnMismatch.REFUSE)::afterSingletonsInstantiated)
        .isInstanceOf(CannotStartException.class)
        .hasMessageContaining("permission denied for table flyway_schema_history");
    SchemaGuard guard = guard(OnMismatch.DOWN);
    guard.afterSingletonsInstantiated();
    assertThat(guard.closed()).isTrue();
    assertThat(health(guard).getStatus().getCode()).isEqualTo("DOWN");
  }

  private static List<String> revisions() {
    try {
      return Arrays.stream(
              new PathMatchingResourcePatternResolver().getResources("classpath:db/migration/V*.sql"))
          .map(script -> String.valueOf(script.getFilename()))
          .map(name -> name.substring(1, name.indexOf("__")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void assertRefused(String problem, String remedy) {
    assertThatThrownBy(guard(OnMismatch.REFUSE)::afterSingletonsInstantiated)
        .isInstanceOf(CannotStartException.class)
        .hasMessage(problem)
        .extracting(failure -> ((CannotStartException) failure).action())
        .asString()
        .contains(remedy);
  }

  private SchemaGuard guard(OnMismatch onMismatch) {
    return new SchemaGuard(
        new SchemaInspection(
            new DriverManagerDataSource(
                database.url(), TestDatabase.APPLICATION_USER, database.password())),
        new SchemaProperties(onMismatch, Duration.ZERO));
  }

  private static Health health(SchemaGuard guard) {
    return new SchemaHealthIndicator(guard).health();
  }

  private void asOwner(String sql) throws SQLException {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
