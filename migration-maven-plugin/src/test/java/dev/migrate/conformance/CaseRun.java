package dev.migrate.conformance;

import dev.migrate.scratch.PostgresVersion;
import java.io.Closeable;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Runs cases on two servers of its own: each schema is loaded on its own server, because roles
 * belong to the server. Plans run on the first. What needs a newer version than the installed one
 * runs on embedded servers, without pg_dump for a judge.
 */
final class CaseRun implements Closeable {
  private static final String DATABASE = "conformance";
  private static final String DEPENDENT_OBJECTS = "2BP01";

  private final Servers installed;
  private Optional<Servers> newest = Optional.empty();
  private final RoundTrip roundTrip = new RoundTrip();

  private record Servers(Server from, Server to) implements Closeable {
    @Override
    public void close() throws IOException {
      try {
        from.close();
      } finally {
        to.close();
      }
    }
  }

  CaseRun() throws IOException, InterruptedException {
    installed =
        new Servers(
            PostgresServer.start(PostgresServer.binaries(PostgresServer.INSTALLED)),
            PostgresServer.start(PostgresServer.binaries(PostgresServer.INSTALLED)));
  }

  Outcome run(Case test) {
    Servers servers = servers(test);
    try {
      load(servers.from(), test, test.fromSql, "from");
      load(servers.to(), test, test.toSql, "to");
      shareRoles(servers);
      boolean dumps = servers == installed;
      RoundTrip.Side from = new RoundTrip.Side(servers.from(), DATABASE, dumps);
      RoundTrip.Side to = new RoundTrip.Side(servers.to(), DATABASE, dumps);
      roundTrip.run(
          test.pair(),
          from,
          from.wantedDump(),
          new RoundTrip.Wanted(to.read(), to.wantedDump()),
          read -> {});
      return new Outcome(test.id, test.source, Outcome.Verdict.PASSED, "", "", "");
    } catch (Failure e) {
      return e.outcome(test.id, test.source);
    } catch (IOException | SQLException | RuntimeException e) {
      return new Outcome(
          test.id, test.source, Outcome.Verdict.FAILED, "", "runner: " + e, RoundTrip.stack(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(
          test.id, test.source, Outcome.Verdict.FAILED, "", "runner: interrupted", "");
    } finally {
      clean(servers.from());
      clean(servers.to());
    }
  }

  private Servers servers(Case test) {
    if (test.minMajor() <= PostgresServer.INSTALLED) {
      return installed;
    }
    if (newest.isEmpty()) {
      newest =
          Optional.of(
              new Servers(
                  EmbeddedServer.start(PostgresVersion.DEFAULT),
                  EmbeddedServer.start(PostgresVersion.DEFAULT)));
    }
    return newest.orElseThrow();
  }

  private static void load(Server server, Case test, String sql, String side)
      throws Failure, SQLException, InterruptedException {
    try (java.sql.Statement statement = server.admin().createStatement()) {
      for (String role : test.roles) {
        if (!role.equalsIgnoreCase("public")) {
          statement.execute("CREATE ROLE " + quoted(role));
        }
      }
    }
    server.create(DATABASE);
    try {
      server.client(DATABASE, sql, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1");
    } catch (IOException e) {
      throw new Failure(
          Outcome.Verdict.FAILED, "", side + " does not load: " + e.getMessage(), e.getMessage());
    }
  }

  /** Some files quote the names themselves. */
  private static String quoted(String role) {
    return role.startsWith("\"") ? role : '"' + role.replace("\"", "\"\"") + '"';
  }

  private static void shareRoles(Servers servers) throws SQLException {
    Set<String> fromRoles = roles(servers.from());
    Set<String> toRoles = roles(servers.to());
    createRoles(servers.from(), toRoles, fromRoles);
    createRoles(servers.to(), fromRoles, toRoles);
  }

  private static void createRoles(Server server, Set<String> wanted, Set<String> known)
      throws SQLException {
    try (java.sql.Statement statement = server.admin().createStatement()) {
      for (String role : wanted) {
        if (!known.contains(role)) {
          statement.execute("CREATE ROLE " + role);
        }
      }
    }
  }

  private static Set<String> roles(Server server) throws SQLException {
    Set<String> roles = new TreeSet<>();
    try (java.sql.Statement statement = server.admin().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select quote_ident(rolname) from pg_roles"
                    + " where rolname !~ '^pg_' and rolname <> session_user")) {
      while (rows.next()) {
        roles.add(rows.getString(1));
      }
    }
    return roles;
  }

  private static void clean(Server server) {
    try (java.sql.Statement statement = server.admin().createStatement()) {
      server.drop(DATABASE);
      dropRoles(server, statement);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot clean up after a case", e);
    }
  }

  /** A role that granted a membership cannot go before the member. */
  private static void dropRoles(Server server, java.sql.Statement statement) throws SQLException {
    int before = Integer.MAX_VALUE;
    List<String> roles = new ArrayList<>(roles(server));
    while (!roles.isEmpty() && roles.size() < before) {
      before = roles.size();
      for (String role : roles) {
        try {
          statement.execute("DROP ROLE " + role);
        } catch (SQLException e) {
          if (!e.getSQLState().equals(DEPENDENT_OBJECTS)) {
            throw e;
          }
        }
      }
      roles = new ArrayList<>(roles(server));
    }
    if (!roles.isEmpty()) {
      throw new IllegalStateException("Roles that cannot be dropped: " + roles);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      installed.close();
    } finally {
      if (newest.isPresent()) {
        newest.get().close();
      }
    }
  }
}
