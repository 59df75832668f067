package dev.migrate.it;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * An empty database for one test, looked at without the plugin.
 *
 * @param url its JDBC URL, without credentials
 * @param user a superuser
 * @param password the superuser's password
 */
public record Database(String url, String user, String password) {

  /**
   * @param maven any Maven
   * @return the same, for whose builds this database is the target
   */
  Maven targetOf(Maven maven) {
    return maven
        .withEnvironment("MIGRATE_URL", url)
        .withEnvironment("MIGRATE_USER", user)
        .withEnvironment("MIGRATE_PASSWORD", password);
  }

  /** A database of another name on the same server. */
  Database beside(String name) {
    return new Database(url.replaceFirst("/[^/?]+(?=\\?|$)", "/" + name), user, password);
  }

  /** What it is called on its server. */
  String name() {
    return url.replaceFirst(".*/([^/?]+).*", "$1");
  }

  /**
   * By the driver itself: scripts of the Invoker have class loaders that DriverManager distrusts.
   */
  Connection connect() throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(url);
    return source.getConnection(user, password);
  }

  void execute(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new AssertionError("Cannot run " + sql, e);
    }
  }

  /** All rows, the columns of each joined by a bar. */
  public List<String> query(String sql) {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> found = new ArrayList<>();
      while (rows.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          columns.add(rows.getString(i));
        }
        found.add(String.join("|", columns));
      }
      return found;
    } catch (SQLException e) {
      throw new AssertionError("Cannot run " + sql, e);
    }
  }

  /** The names of the tables and views in the schema public, except the history. */
  public List<String> tables() {
    return query(
        "select table_name from information_schema.tables where table_schema = 'public'"
            + " and table_name <> 'flyway_schema_history' order by 1");
  }

  /**
   * The versions that are applied: those whose last row is neither a tombstone nor a failure. None
   * where there is no history table yet.
   */
  public List<String> applied() {
    if (query("select to_regclass('flyway_schema_history')").contains("null")) {
      return List.of();
    }
    return query(
        """
        select version from (
          select distinct on (version) version, type, success
          from flyway_schema_history where version is not null
          order by version, installed_rank desc) last
        where success and type <> 'DELETE' order by version
        """);
  }
}
