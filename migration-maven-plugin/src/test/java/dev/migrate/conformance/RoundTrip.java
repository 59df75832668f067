package dev.migrate.conformance;

import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Planner;
import dev.migrate.plan.Statement;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Schema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * From the first schema of a pair to the second and back, in a database that holds the first: what
 * comes out is compared by our own reading, by pg_dump where there is one for the server, and by
 * the rows.
 */
final class RoundTrip {
  /** Privileges and owners take part, as they do for pg_dump. */
  static final Introspector INTROSPECTOR =
      new Introspector(Scope.standard().withPrivileges(true).withOwners(true));

  private final Planner planner = AllRules.planner();
  private final OnlinePlanner online = new OnlinePlanner(planner);

  /** A database of a pair, and whether pg_dump judges it. */
  record Side(Server server, String database, boolean dumps) {
    Connection connect() throws SQLException {
      return server.connect(database);
    }

    List<String> dump() throws IOException, InterruptedException {
      return dumps
          ? Judge.normalised(server.client(database, "", "pg_dump", "--schema-only"))
          : List.of();
    }

    Schema read() throws SQLException {
      try (Connection connection = connect()) {
        return INTROSPECTOR.read(connection);
      }
    }
  }

  /** What was read on the way. */
  record Read(Schema from, Schema to) {}

  /**
   * @param reader gets both schemas before anything is planned
   */
  void run(Pair pair, Side from, Side to, Consumer<Read> reader)
      throws Failure, IOException, InterruptedException, SQLException {
    List<String> fromDump = from.dump();
    List<String> toDump = to.dump();
    Schema toSchema = to.read();
    try (Connection connection = from.connect()) {
      Schema fromSchema = INTROSPECTOR.read(connection);
      reader.accept(new Read(fromSchema, toSchema));
      KeptRows before = rows(pair, connection);
      List<Plan> plans = new ArrayList<>();
      plans.add(
          migrate("up", connection, fromSchema, toSchema, pair.up(), () -> from.dump(), toDump));
      judge("up", before, connection, pair, plans);
      plans.add(
          migrate(
              "down", connection, toSchema, fromSchema, pair.down(), () -> from.dump(), fromDump));
      judge("down", before, connection, pair, plans);
    }
  }

  private static KeptRows rows(Pair pair, Connection connection) throws Failure, SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.execute(pair.rows());
    } catch (SQLException e) {
      throw new Failure(
          Outcome.Verdict.FAILED, "", "rows do not load: " + firstLine(e), e.getMessage());
    }
    return KeptRows.read(connection);
  }

  private static void judge(
      String direction, KeptRows before, Connection connection, Pair pair, List<Plan> plans)
      throws Failure, SQLException {
    if (before.isEmpty()) {
      return;
    }
    KeptRows after = KeptRows.read(connection).tried(connection);
    List<String> missing =
        before.missing(after, direction.equals("up") ? pair.renames() : List.of(), plans);
    if (!missing.isEmpty()) {
      throw new Failure(
          Outcome.Verdict.DECEIVED,
          direction,
          "rows: " + missing.get(0),
          String.join("\n", missing) + "\n\nplan:\n" + plans.get(plans.size() - 1).sql());
    }
  }

  private interface Dumping {
    List<String> dump() throws IOException, InterruptedException;
  }

  private Plan migrate(
      String direction,
      Connection connection,
      Schema from,
      Schema to,
      PlanOptions options,
      Dumping dumping,
      List<String> wantedDump)
      throws Failure, IOException, InterruptedException, SQLException {
    Plan plan = planned(direction, from, to, options);
    execute(direction, connection, plan);
    Schema got = INTROSPECTOR.read(connection);
    String dumps = Judge.difference(dumping.dump(), wantedDump);
    if (!got.equals(to)) {
      Diff rest = Diff.between(got, to);
      String remains =
          rest.changes().stream().map(Object::toString).collect(Collectors.joining("\n"));
      throw new Failure(
          Outcome.Verdict.FAILED,
          direction,
          "proof: "
              + rest.changes().stream()
                  .limit(1)
                  .map(RoundTrip::brief)
                  .collect(Collectors.joining()),
          "remains:\n" + remains + "\n\nplan:\n" + plan.sql() + "\n\ndumps:\n" + dumps);
    }
    if (!dumps.isEmpty()) {
      throw new Failure(
          Outcome.Verdict.DECEIVED,
          direction,
          "judge: " + dumps.lines().findFirst().orElse(""),
          "plan:\n" + plan.sql() + "\n\ndumps:\n" + dumps);
    }
    return plan;
  }

  private Plan planned(String direction, Schema from, Schema to, PlanOptions options)
      throws Failure {
    try {
      return plan(direction, from, to, options);
    } catch (MigrateException e) {
      boolean refused = e.code() == FailureCode.NOT_SUPPORTED;
      throw new Failure(
          refused ? Outcome.Verdict.REFUSED : Outcome.Verdict.FAILED,
          direction,
          (refused ? "refused: " : "plan: ") + e.getMessage(),
          stack(e));
    } catch (RuntimeException e) {
      throw new Failure(Outcome.Verdict.FAILED, direction, "plan: " + e.getMessage(), stack(e));
    }
  }

  /** {@code -Dconformance.online=true} tries the form that runs under load. */
  private Plan plan(String direction, Schema from, Schema to, PlanOptions options) {
    if (!Boolean.getBoolean("conformance.online")) {
      return planner.plan(from, to, options);
    }
    return direction.equals("up") ? online.plan(from, to, options) : online.back(from, to, options);
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
              "run: " + firstLine(e),
              e.getMessage() + "\n\nat:\n" + statement + "\n\nplan:\n" + plan.sql());
        }
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      connection.setAutoCommit(true);
    }
  }

  private static String firstLine(SQLException e) {
    return e.getMessage().lines().findFirst().orElse("");
  }

  static String stack(Throwable e) {
    StringBuilder text = new StringBuilder(e.toString());
    for (StackTraceElement element : e.getStackTrace()) {
      text.append("\n  at ").append(element);
    }
    return text.toString();
  }
}
