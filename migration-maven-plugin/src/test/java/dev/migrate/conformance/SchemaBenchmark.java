package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What reading, comparing and planning cost, beside what others need for the same databases on the
 * same server: {@code pg_dump} for the reading, jOOQ and Liquibase for the difference.
 *
 * <p>{@code -Dbenchmark.sizes=1000,5000} says how many tables; {@code -Dbenchmark.large=true} adds
 * 10,000. It needs an installed PostgreSQL 15.
 */
@Tag("benchmark")
@DisplayName("The cost of a schema")
class SchemaBenchmark {
  private static final int ROUNDS = 5;
  private static final int PAIR = 1_000;
  private static final int PATIENCE_MINUTES = 5;
  private static final int TABLES_PER_TRANSACTION = 500;

  /** Nine columns, four indexes with the key's, a foreign key, a check and a comment each. */
  private static final String TABLES =
      """
      do $$ begin
        for i in %d..%d loop
          execute format('create table t%%1$s (id bigint primary key,
            parent bigint references t%%2$s, name text not null, code varchar(20) default ''x'',
            size int check (size > 0), price numeric(12,2),
            created timestamptz not null default now(), active boolean, note text)',
            i, greatest(i / 10, 1));
          execute format('create index t%%1$s_parent on t%%1$s (parent)', i);
          execute format('create index t%%1$s_name on t%%1$s (name)', i);
          execute format('create index t%%1$s_created on t%%1$s (created desc, id)', i);
          execute format('comment on table t%%1$s is ''Table %%1$s''', i);
        end loop;
      end $$
      """;

  private static final String DIFFERENCES =
      """
      alter table t5 add extra int;
      alter table t7 alter name type varchar(50);
      drop index t9_name;
      create table more (id int primary key);
      alter table t20 drop constraint t20_size_check;
      comment on table t30 is 'Another table 30'
      """;

  private static PostgresServer server;

  @BeforeAll
  static void start() throws IOException, InterruptedException {
    server = PostgresServer.start(PostgresServer.binaries(15));
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  @DisplayName("read from the catalog, beside pg_dump --schema-only")
  void readBesideDump() throws IOException, InterruptedException, SQLException {
    for (int tables : sizes()) {
      String name = database(tables);
      List<Long> dumps = new ArrayList<>();
      for (int i = 0; i <= ROUNDS; i++) {
        dumps.add(dump(name));
      }
      Answer read =
          contestant("read", url(name), String.valueOf(ROUNDS + 1))
              .orElseThrow(() -> new IllegalStateException("No end: " + tables + " tables"));
      long dump = median(dumps.subList(1, dumps.size()));
      print("%,d tables: pg_dump --schema-only".formatted(tables), dump, dump, tables);
      print("%,d tables: read, cold".formatted(tables), read.number("cold"), dump, tables);
      print("%,d tables: read, warm".formatted(tables), median(read.all("warm")), dump, tables);
      System.out.printf(
          Locale.ROOT,
          "%-50s %,d facts, peak heap %,d MiB%n",
          "%,d tables: after the first read".formatted(tables),
          read.number("facts"),
          read.number("peak"));
      assertThat(read.number("facts")).isGreaterThan(tables * 15L);
    }
  }

  @Test
  @DisplayName("compared with another, beside jOOQ and Liquibase")
  void differenceBesideOthers() throws IOException, InterruptedException, SQLException {
    String from = database(PAIR);
    String to = from + "_changed";
    try (Statement statement = server.admin().createStatement()) {
      statement.execute("drop database if exists " + to);
      statement.execute("create database " + to + " template " + from);
    }
    run(to, DIFFERENCES);
    Answer own =
        contestant("migrate", url(from), url(to))
            .orElseThrow(() -> new IllegalStateException("No end of our own"));
    long total = own.number("read") + own.number("diff") + own.number("plan");
    assertThat(own.number("statements")).isPositive();
    print("Migrate, two cold reads", own.number("read"), total, PAIR);
    print("Migrate, diff", own.number("diff"), total, PAIR);
    print("Migrate, plan", own.number("plan"), total, PAIR);
    print("Migrate, all three", total, total, PAIR);
    for (String other : List.of("jooq", "liquibase")) {
      Optional<Answer> answer = contestant(other, url(from), url(to));
      if (answer.isPresent()) {
        print(other + ", diff", answer.get().number("diff"), total, PAIR);
      } else {
        System.out.printf("%-50s ended after %d minutes%n", other + ", diff", PATIENCE_MINUTES);
      }
    }
  }

  private static List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    for (String size : System.getProperty("benchmark.sizes", "1000,5000").split(",")) {
      sizes.add(Integer.valueOf(size.strip()));
    }
    if (Boolean.getBoolean("benchmark.large")) {
      sizes.add(10_000);
    }
    return sizes;
  }

  private static String url(String database) {
    return "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres".formatted(server.port(), database);
  }

  private static String database(int tables) throws SQLException {
    String name = "tables_" + tables;
    try (Statement statement = server.admin().createStatement()) {
      statement.execute("drop database if exists " + name);
      statement.execute("create database " + name);
    }
    try (Connection connection = DriverManager.getConnection(url(name));
        Statement statement = connection.createStatement()) {
      for (int first = 1; first <= tables; first += TABLES_PER_TRANSACTION) {
        int last = Math.min(tables, first + TABLES_PER_TRANSACTION - 1);
        statement.execute(TABLES.formatted(first, last));
      }
    }
    return name;
  }

  private static void run(String database, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url(database));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static long dump(String database) throws IOException, InterruptedException {
    long start = System.nanoTime();
    String text = server.client(database, "", "pg_dump", "--schema-only");
    long millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(text).contains("CREATE TABLE public.t1 ");
    return millis;
  }

  /** What a contestant printed: names and numbers, a name once or several times. */
  private record Answer(List<String> lines) {
    List<Long> all(String name) {
      return lines.stream()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> Long.valueOf(line.substring(name.length() + 1)))
          .toList();
    }

    long number(String name) {
      return all(name).get(0);
    }
  }

  /** Empty when it took too long and was ended. */
  private static Optional<Answer> contestant(String... arguments)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("contestant", ".out");
    Path errors = Files.createTempFile("contestant", ".err");
    try {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.add(Contestant.class.getName());
      command.addAll(Arrays.asList(arguments));
      Process process =
          new ProcessBuilder(command)
              .redirectError(errors.toFile())
              .redirectOutput(output.toFile())
              .start();
      try {
        if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
          return Optional.empty();
        }
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(process.exitValue()).as(Files.readString(errors)).isZero();
      return Optional.of(new Answer(Files.readAllLines(output)));
    } finally {
      Files.delete(output);
      Files.delete(errors);
    }
  }

  private static long median(List<Long> millis) {
    return millis.stream().sorted().toList().get(millis.size() / 2);
  }

  private static void print(String what, long millis, long reference, int tables) {
    System.out.printf(
        Locale.ROOT,
        "%-50s %,8d ms  %7.3f ms a table   x %.2f%n",
        what,
        millis,
        (double) millis / tables,
        (double) millis / reference);
  }
}
