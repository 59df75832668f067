package dev.migrate.conformance;

import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Planner;
import dev.migrate.plan.Statement;
import dev.migrate.plan.online.OnlinePlanner;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Schema;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    /** What pg_dump says of it now; where none judges, no dump differs. */
    WantedDump wantedDump() throws IOException, InterruptedException {
      List<String> wanted = dump();
      return got -> Judge.difference(got, wanted);
    }
  }

  /** A dump that is wanted, taken now or known from before. */
  interface WantedDump {
    /**
     * @return the lines that only one of the two has
     */
    String difference(List<String> got)
        throws Failure, IOException, InterruptedException, SQLException;
  }

  /** What a migration shall give. */
  record Wanted(Schema schema, WantedDump dump) {}

  /** What was read on the way. */
  record Read(Schema from, Schema to) {}

  /**
   * @param side a database that has the first schema
   * @param before the dump of it
   * @param second what the way up shall give
   * @param reader gets both schemas before anything is planned
   */
  void run(Pair pair, Side side, WantedDump before, Wanted second, Consumer<Read> reader)
      throws Failure, IOException, InterruptedException, SQLException {
    try (Connection connection = side.connect()) {
      Wanted first = new Wanted(INTROSPECTOR.read(connection), before);
      reader.accept(new Read(first.schema(), second.schema()));
      KeptRows rows = rows(pair, connection);
      List<Plan> plans = new ArrayList<>();
      plans.add(migrate("up", connection, side, first.schema(), second, pair.up()));
      judge("up", rows, connection, pair, plans);
      plans.add(migrate("down", connection, side, second.schema(), first, pair.down()));
      judge("down", rows, connection, pair, plans);
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
        before.missing(
            after, direction.equals("up") ? pair.renames() : List.of(), pair.renames(), plans);
    if (!missing.isEmpty()) {
      throw new Failure(
          Outcome.Verdict.DECEIVED,
          direction,
          "rows: " + missing.get(0),
          String.join("\n", missing) + "\n\nplan:\n" + plans.get(plans.size() - 1).sql());
    }
  }

  private Plan migrate(
      String direction,
      Connection connection,
      Side side,
      Schema from,
      Wanted wanted,
      PlanOptions options)
      throws Failure, IOException, InterruptedException, SQLException {
    Schema to = wanted.schema();
    Plan plan = planned(direction, from, to, options);
    execute(direction, connection, plan);
    Schema got = INTROSPECTOR.read(connection);
    String dumps = wanted.dump().difference(side.dump());
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
      Map<Statement, String> refused = new IdentityHashMap<>();
      for (Statement statement : group) {
        refusedRows(connection, statement).ifPresent(why -> refused.put(statement, why));
      }
      connection.setAutoCommit(!group.get(0).transactional());
      for (Statement statement : group) {
        Optional<String> named = Optional.ofNullable(refused.get(statement));
        try (java.sql.Statement run = connection.createStatement()) {
          run.execute(statement.sql());
        } catch (SQLException e) {
          throw new Failure(
              named.isPresent() ? Outcome.Verdict.REFUSED : Outcome.Verdict.FAILED,
              direction,
              named.map("refused: "::concat).orElseGet(() -> "run: " + firstLine(e)),
              e.getMessage() + "\n\nat:\n" + statement + "\n\nplan:\n" + plan.sql());
        }
      }
      if (!connection.getAutoCommit()) {
        connection.commit();
      }
      connection.setAutoCommit(true);
    }
  }

  /**
   * Why rows that are there before the transaction make a statement fail, where its hazards say so
   * and find them. What only the transaction makes has none.
   */
  private static Optional<String> refusedRows(Connection connection, Statement statement)
      throws SQLException {
    for (Hazard hazard : statement.hazards()) {
      if (hazard instanceof Hazard.MayFailOnRows one && !one.query().isEmpty()) {
        try (java.sql.Statement query = connection.createStatement();
            ResultSet rows = query.executeQuery(one.query())) {
          if (rows.next()) {
            return Optional.of(one.reason());
          }
        } catch (SQLException notYet) {
          // Nor has a foreign table of a server that nobody can ask, nor a label of an enum to
          // come.
          if (!notYet.getSQLState().matches("42...|3F000|55000|22P02")) {
            throw notYet;
          }
        }
      }
    }
    return Optional.empty();
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
