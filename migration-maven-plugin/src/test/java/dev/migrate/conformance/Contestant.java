package dev.migrate.conformance;

import dev.migrate.diff.Diff;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Schema;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import liquibase.database.Database;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.diff.DiffGeneratorFactory;
import liquibase.diff.DiffResult;
import liquibase.diff.compare.CompareControl;
import liquibase.exception.LiquibaseException;
import org.jooq.Meta;
import org.jooq.Queries;
import org.jooq.SQLDialect;
import org.jooq.impl.DSL;

/**
 * What a {@link SchemaBenchmark} measures, in a Java machine of its own: nothing is warm, and what
 * takes too long can be ended.
 */
final class Contestant {
  private long since = System.nanoTime();

  private Contestant() {}

  /** What to do, and the URLs of one database or of two. */
  public static void main(String[] arguments) throws SQLException, LiquibaseException {
    Contestant contestant = new Contestant();
    switch (arguments[0]) {
      case "read" -> contestant.read(arguments[1], Integer.parseInt(arguments[2]));
      case "migrate" -> contestant.migrate(arguments[1], arguments[2]);
      case "jooq" -> contestant.jooq(arguments[1], arguments[2]);
      case "liquibase" -> contestant.liquibase(arguments[1], arguments[2]);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  /** Prints a name and the milliseconds since the last time, for the benchmark to read. */
  private void lap(String name) {
    long now = System.nanoTime();
    System.out.printf(Locale.ROOT, "%s=%d%n", name, (now - since) / 1_000_000);
    since = System.nanoTime();
  }

  private void read(String url, int times) throws SQLException {
    for (int i = 0; i < times; i++) {
      since = System.nanoTime();
      Schema schema = introspected(url);
      lap(i == 0 ? "cold" : "warm");
      if (i == 0) {
        System.out.println("facts=" + schema.facts().size());
        System.out.println("peak=" + peakHeap());
      }
    }
  }

  private static Schema introspected(String url) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url)) {
      return new Introspector(Scope.standard()).read(connection);
    }
  }

  /** In MiB, the garbage that was not collected yet included. */
  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum()
        / (1024 * 1024);
  }

  private void migrate(String fromUrl, String toUrl) throws SQLException {
    Schema from = introspected(fromUrl);
    Schema to = introspected(toUrl);
    lap("read");
    Diff diff = Diff.between(from, to);
    lap("diff");
    Plan plan = AllRules.planner().plan(from, to, PlanOptions.standard());
    lap("plan");
    System.out.println("differences=" + diff.changes().size());
    System.out.println("statements=" + plan.statements().size());
  }

  private void jooq(String fromUrl, String toUrl) throws SQLException {
    System.setProperty("org.jooq.no-logo", "true");
    System.setProperty("org.jooq.no-tips", "true");
    try (Connection from = DriverManager.getConnection(fromUrl);
        Connection to = DriverManager.getConnection(toUrl)) {
      Queries queries = publicTables(from).migrateTo(publicTables(to));
      lap("diff");
      System.out.println("statements=" + queries.queries().length);
    }
  }

  private static Meta publicTables(Connection connection) {
    return DSL.using(connection, SQLDialect.POSTGRES)
        .meta()
        .filterSchemas(schema -> schema.getName().equals("public"));
  }

  private void liquibase(String fromUrl, String toUrl) throws SQLException, LiquibaseException {
    try (Connection from = DriverManager.getConnection(fromUrl);
        Connection to = DriverManager.getConnection(toUrl)) {
      DiffResult diff =
          DiffGeneratorFactory.getInstance()
              .compare(database(to), database(from), CompareControl.STANDARD);
      lap("diff");
      System.out.println(
          "differences="
              + (diff.getMissingObjects().size()
                  + diff.getUnexpectedObjects().size()
                  + diff.getChangedObjects().size()));
    }
  }

  private static Database database(Connection connection) throws LiquibaseException {
    return DatabaseFactory.getInstance()
        .findCorrectDatabaseImplementation(new JdbcConnection(connection));
  }
}
