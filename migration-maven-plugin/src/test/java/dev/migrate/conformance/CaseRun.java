package dev.migrate.conformance;

import dev.migrate.diff.Diff;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Planner;
import dev.migrate.plan.Statement;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Schema;
import java.io.Closeable;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Runs cases on two servers of its own: each schema is loaded on its own server, because roles
 * belong to the server. Plans run on the first.
 */
final class CaseRun implements Closeable {
  private static final String DATABASE = "conformance";
  private static final int MAJOR = 15;

  private final PostgresServer fromServer;
  private final PostgresServer toServer;
  private final Introspector introspector =
      new Introspector(Scope.standard().withPrivileges(true).withOwners(true));
  private final Planner planner = AllRules.planner();
  private final OnlinePlanner online = new OnlinePlanner(planner);

  CaseRun() throws IOException, InterruptedException {
    fromServer = PostgresServer.start(PostgresServer.binaries(MAJOR));
    toServer = PostgresServer.start(PostgresServer.binaries(MAJOR));
  }

  /** A failure that belongs to the case. */
  private static final class Failure extends Exception {
    private static final long serialVersionUID = 1L;
    private final Outcome.Verdict verdict;
    private final String direction;
    private final String reason;
    private final String detail;

    Failure(Outcome.Verdict verdict, String direction, String reason, String detail) {
      super(reason);
      this.verdict = verdict;
      this.direction = direction;
      this.reason = reason;
      this.detail = detail;
    }
  }

  Outcome run(Case test) {
    if (test.minVersion > MAJOR) {
      return new Outcome(
          test.id, test.source, Outcome.Verdict.SKIPPED, "", "needs " + test.minVersion, "");
    }
    try {
      runOrFail(test);
      return new Outcome(test.id, test.source, Outcome.Verdict.PASSED, "", "", "");
    } catch (Failure e) {
      return new Outcome(test.id, test.source, e.verdict, e.direction, e.reason, e.detail);
    } catch (IOException | SQLException | RuntimeException e) {
      return new Outcome(
          test.id, test.source, Outcome.Verdict.FAILED, "", "runner: " + e, stack(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new Outcome(
          test.id, test.source, Outcome.Verdict.FAILED, "", "runner: interrupted", "");
    } finally {
      clean(fromServer);
      clean(toServer);
    }
  }

  private void runOrFail(Case test)
      throws Failure, IOException, InterruptedException, SQLException {
    load(fromServer, test, test.fromSql, "from");
    load(toServer, test, test.toSql, "to");
    shareRoles();
    List<String> fromDump = dump(fromServer);
    List<String> toDump = dump(toServer);
    try (Connection connection = fromServer.connect(DATABASE)) {
      Schema from = introspector.read(connection);
      Schema to = read(toServer);
      migrate("up", connection, from, to, toDump);
      migrate("down", connection, to, from, fromDump);
    }
  }

  private void load(PostgresServer server, Case test, String sql, String side)
      throws Failure, SQLException, InterruptedException {
    try (java.sql.Statement statement = server.admin().createStatement()) {
      for (String role : test.roles) {
        statement.execute("CREATE ROLE " + role);
      }
      statement.execute("CREATE DATABASE " + DATABASE + " TEMPLATE template0 STRATEGY file_copy");
    }
    try {
      server.client(DATABASE, sql, "psql", "-X", "-q", "-v", "ON_ERROR_STOP=1");
    } catch (IOException e) {
      throw new Failure(
          Outcome.Verdict.FAILED, "", side + " does not load: " + e.getMessage(), e.getMessage());
    }
  }

  private void shareRoles() throws SQLException {
    Set<String> fromRoles = roles(fromServer);
    Set<String> toRoles = roles(toServer);
    createRoles(fromServer, toRoles, fromRoles);
    createRoles(toServer, fromRoles, toRoles);
  }

  private static void createRoles(PostgresServer server, Set<String> wanted, Set<String> known)
      throws SQLException {
    try (java.sql.Statement statement = server.admin().createStatement()) {
      for (String role : wanted) {
        if (!known.contains(role)) {
          statement.execute("CREATE ROLE " + role);
        }
      }
    }
  }

  private static Set<String> roles(PostgresServer server) throws SQLException {
    Set<String> roles = new TreeSet<>();
    try (java.sql.Statement statement = server.admin().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select quote_ident(rolname) from pg_roles"
                    + " where rolname !~ '^pg_' and rolname <> 'postgres'")) {
      while (rows.next()) {
        roles.add(rows.getString(1));
      }
    }
    return roles;
  }

  private Schema read(PostgresServer server) throws SQLException {
    try (Connection connection = server.connect(DATABASE)) {
      return introspector.read(connection);
    }
  }

  private static List<String> dump(PostgresServer server) throws IOException, InterruptedException {
    return Judge.normalised(server.client(DATABASE, "", "pg_dump", "--schema-only"));
  }

  private void migrate(
      String direction, Connection connection, Schema from, Schema to, List<String> wantedDump)
      throws Failure, IOException, InterruptedException, SQLException {
    Plan plan;
    try {
      plan = plan(direction, from, to);
    } catch (RuntimeException e) {
      throw new Failure(Outcome.Verdict.FAILED, direction, "plan: " + e.getMessage(), stack(e));
    }
    execute(direction, connection, plan);
    Schema got = introspector.read(connection);
    List<String> gotDump = dump(fromServer);
    String dumps = Judge.difference(gotDump, wantedDump);
    if (!got.equals(to)) {
      Diff rest = Diff.between(got, to);
      String remains =
          rest.changes().stream().map(Object::toString).collect(Collectors.joining("\n"));
      throw new Failure(
          Outcome.Verdict.FAILED,
          direction,
          "proof: "
              + rest.changes().stream().limit(1).map(CaseRun::brief).collect(Collectors.joining()),
          "remains:\n" + remains + "\n\nplan:\n" + plan.sql() + "\n\ndumps:\n" + dumps);
    }
    if (!dumps.isEmpty()) {
      throw new Failure(
          Outcome.Verdict.DECEIVED,
          direction,
          "judge: " + dumps.lines().findFirst().orElse(""),
          "plan:\n" + plan.sql() + "\n\ndumps:\n" + dumps);
    }
  }

  /** {@code -Dconformance.online=true} tries the form that runs under load. */
  private Plan plan(String direction, Schema from, Schema to) {
    if (!Boolean.getBoolean("conformance.online")) {
      return planner.plan(from, to, PlanOptions.standard());
    }
    return direction.equals("up")
        ? online.plan(from, to, PlanOptions.standard())
        : online.back(from, to, PlanOptions.standard());
  }

  private static String brief(dev.migrate.diff.Change change) {
    return change.getClass().getSimpleName() + " " + change.id().kind();
  }

  private static void execute(String direction, Connection connection, Plan plan)
      throws Failure, SQLException {
    for (List<Statement> group : plan.transactions()) {
      connection.setAutoCommit(!group.get(0).transactional());
      for (Statement statement : group) {
        try (java.sql.Statement run = connection.createStatement()) {
          run.execute(statement.sql());
        } catch (SQLException e) {
          throw new Failure(
              Outcome.Verdict.FAILED,
              direction,
              "run: " + e.getMessage().lines().findFirst().orElse(""),
              e.getMessage() + "\n\nat:\n" + statement + "\n\nplan:\n" + plan.sql());
        }
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      connection.setAutoCommit(true);
    }
  }

  private static String stack(Throwable e) {
    StringBuilder text = new StringBuilder(e.toString());
    for (StackTraceElement element : e.getStackTrace()) {
      text.append("\n  at ").append(element);
    }
    return text.toString();
  }

  private static void clean(PostgresServer server) {
    try (java.sql.Statement statement = server.admin().createStatement()) {
      dropSubscriptions(server, statement);
      statement.execute("DROP DATABASE IF EXISTS " + DATABASE + " (FORCE)");
      for (String role : new ArrayList<>(roles(server))) {
        statement.execute("DROP ROLE " + role);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot clean up after a case", e);
    }
  }

  /** A database that subscribes cannot be dropped. */
  private static void dropSubscriptions(PostgresServer server, java.sql.Statement inPostgres)
      throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows =
        inPostgres.executeQuery("select quote_ident(subname) from pg_subscription")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    if (names.isEmpty()) {
      return;
    }
    try (Connection connection = server.connect(DATABASE);
        java.sql.Statement statement = connection.createStatement()) {
      for (String name : names) {
        statement.execute("ALTER SUBSCRIPTION " + name + " DISABLE");
        statement.execute("ALTER SUBSCRIPTION " + name + " SET (slot_name = NONE)");
        statement.execute("DROP SUBSCRIPTION " + name);
      }
    }
  }

  @Override
  public void close() throws IOException {
    try {
      fromServer.close();
    } finally {
      toServer.close();
    }
  }
}
