package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.conformance.RoundTrip.Read;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Planner;
import dev.migrate.plan.Statement;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What plans say can happen to rows, and what does: each change runs with rows that are said to
 * make it fail, and with rows that are not; what is said not to fail runs with all rows. On the
 * newest PostgreSQL; where texts become something else, also on the oldest, which cannot tell by
 * itself whether a text is a number. {@code -Dhazards.all=true} runs all on both. The schemas of
 * the newest are kept beside the plans for {@link HazardsPlanTest}; {@code -Dcorpus.write=true}
 * writes them anew.
 */
@DisplayName("What plans say of rows")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HazardsIT {
  /** What stands before the names of changes where they are kept. */
  static final String SUBJECT = "hazards/";

  static final Path FOLDER = Path.of("src", "test", "resources", "hazards");
  static final KeptFacts FACTS = new KeptFacts(FOLDER.resolve("facts"));

  private static final Planner PLANNER = AllRules.planner();
  private static final Introspector INTROSPECTOR =
      new Introspector(Scope.standard().withPrivileges(true));

  private final List<ScratchDatabase> databases = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final Map<String, Read> read = new TreeMap<>();

  @BeforeAll
  void connect() throws SQLException {
    for (PostgresVersion version : List.of(PostgresVersion.DEFAULT, PostgresVersion.of("13"))) {
      ScratchDatabase database = TestPostgres.server(version).database("hazards");
      databases.add(database);
      connections.add(database.connect());
    }
  }

  @AfterAll
  void close() throws SQLException {
    for (Connection connection : connections) {
      connection.close();
    }
    databases.forEach(ScratchDatabase::close);
  }

  /**
   * A change.
   *
   * @param fitting rows with which it runs; may be empty
   * @param refused rows with which it fails; none when it never does
   * @param losses of how many columns values are lost, and said to be
   * @param since the first version that knows all of it
   */
  private record Change(
      String name,
      String before,
      String after,
      String fitting,
      List<String> refused,
      int losses,
      int since) {
    @Override
    public String toString() {
      return name;
    }

    Change losing() {
      return new Change(name, before, after, fitting, refused, 1, since);
    }

    Change losing(int columns) {
      return new Change(name, before, after, fitting, refused, columns, since);
    }

    Change since(int version) {
      return new Change(name, before, after, fitting, refused, losses, version);
    }
  }

  private static Change change(
      String name, String before, String after, String fitting, String... refused) {
    return new Change(name, before, after, fitting, List.of(refused), 0, 13);
  }

  /** A column {@code a} of one type that gets another. */
  private static Change type(String before, String after, String fitting, String... refused) {
    return typed("", before, after, fitting, refused);
  }

  private static Change typed(
      String types, String before, String after, String fitting, String... refused) {
    return change(
        before + " → " + after,
        types + "create table t (a %s)".formatted(before),
        types + "create table t (a %s)".formatted(after),
        "(" + fitting.replace("; ", "), (") + ")",
        Stream.of(refused).map(one -> "(" + one + ")").toArray(String[]::new));
  }

  static Stream<Change> changes() {
    String colours = "create type colour as enum ('red', 'blue'); ";
    String more = "create type shade as enum ('red', 'blue', 'grey'); ";
    String email = "create domain email as text check (value ~ '@'); ";
    String percent = "create domain percent as int not null check (value between 0 and 100); ";
    String pair = "create type pair as (x int, y text); ";
    return Stream.of(
        // Texts
        type("text", "varchar(5)", "'12345'; null; 'ab     '", "'123456'").losing(),
        type("varchar(5)", "varchar(3)", "'123'", "'1234'").losing(),
        type("varchar(3)", "varchar(5)", "'123'"),
        type("varchar(3)", "text", "'123'"),
        type("char(5)", "char(3)", "'ab'", "'abcd'"),
        type("char(3)", "varchar(3)", "'ab'"),
        type("varchar(10)", "name", "'ab'"),
        type("text", "name", "'ab'").losing(),
        type("varchar(3)", "char(3)", "'ab'").losing(),
        type("text", "json", "'{\"a\" : 1}'", "'{'"),
        type("text", "interval", "'1 day'", "'soon'").losing(),
        type("text", "bytea", "'\\x00'", "'\\x0'").losing(),
        type("inet", "varchar(10)", "'10.0.0.11'", "'10.0.0.0/24'"),
        type("text[]", "varchar(3)[]", "array['abc']", "array['abc', 'abcd']").losing(),
        // Anything as text
        type("int", "text", "-7"),
        type("int", "varchar(11)", "-2147483648"),
        type("int", "varchar(5)", "12345", "-12345"),
        type("bigint", "varchar(20)", "-9223372036854775808"),
        type("uuid", "varchar(36)", "gen_random_uuid()"),
        type("uuid", "varchar(35)", "null", "gen_random_uuid()"),
        type("boolean", "varchar(5)", "true; false"),
        type("boolean", "char(4)", "true", "false"),
        type("int[]", "text[]", "array[1, 2]"),
        type("int[]", "varchar(2)[]", "array[1, 22]", "array[333]"),
        type("int[]", "text", "array[1, 2]"),
        typed(colours, "colour", "text", "'red'"),
        typed(colours, "colour", "varchar(4)", "'blue'"),
        typed(colours, "colour", "varchar(3)", "'red'", "'blue'"),
        typed(colours, "colour[]", "text[]", "array['red']::colour[]"),
        typed(
            colours,
            "colour[]",
            "varchar(3)[]",
            "array['red']::colour[]",
            "array['blue']::colour[]"),
        typed(email, "email", "text", "'a@b'"),
        // Texts as something else
        type("text", "int", "' -7 '; null", "'seven'", "'3000000000'", "'1.5'", "''").losing(),
        type("text", "smallint", "'7'", "'70000'").losing(),
        type("text", "boolean", "'yes'; 'off'", "'perhaps'").losing(),
        type("text", "uuid", "'00000000-0000-4000-8000-000000000001'", "'1'").losing(),
        type("text", "numeric", "'1.5'; '-2e3'; 'NaN'", "'a'", "'1,5'").losing(),
        type("text", "numeric(4,1)", "'1.5'", "'12345'", "'a'").losing(),
        type("text", "date", "'2001-01-01'", "'soon'").losing(),
        type("text", "jsonb", "'{\"a\":1, \"a\": 2}'", "'{'").losing(),
        type("text", "int[]", "'{1,2}'", "'{a}'").losing(),
        type("text[]", "int[]", "array['1']", "array['1', 'b']").losing(),
        typed(colours, "text", "colour", "'red'; null", "'green'"),
        typed(email, "text", "email", "'a@b'; null", "'a'"),
        // Numbers
        type("int", "bigint", "7"),
        type("bigint", "int", "7; -2147483648", "2147483648"),
        type("int", "smallint", "32767", "32768"),
        type("smallint", "numeric(5,0)", "-32768"),
        type("int", "numeric(12,2)", "2147483647"),
        type("int", "numeric(5,2)", "999", "1000"),
        type("numeric(8,2)", "numeric(10,2)", "123456.78"),
        type("numeric(8,2)", "numeric(10,1)", "999999.99").losing(),
        type("numeric(3,2)", "numeric(2,1)", "9.94", "9.95").losing(),
        type("numeric(8,2)", "numeric(6,2)", "9999.99", "10000"),
        type("numeric", "numeric(6,2)", "9999.994; 'NaN'", "9999.995").losing(),
        type("numeric", "int", "1.5", "3e9", "'NaN'").losing(),
        type("numeric(6,0)", "bigint", "123456", "'NaN'"),
        type("numeric(15,3)", "double precision", "123456789012.345"),
        type("numeric", "double precision", "1.5", "1e400").losing(),
        type("numeric(6,2)", "real", "1234.56"),
        type("numeric(9,2)", "real", "1234.56").losing(),
        type("int", "double precision", "7"),
        type("bigint", "double precision", "7").losing(),
        type("int", "real", "7").losing(),
        type("double precision", "real", "1.5; 'NaN'; 'Infinity'; 0", "1e300", "1e-300").losing(),
        type("real", "double precision", "1.5"),
        type(
                "double precision",
                "int",
                "2147483647.4; -2147483648.4",
                "2147483648",
                "'NaN'",
                "'Infinity'")
            .losing(),
        type("double precision", "numeric(4,1)", "999.94", "999.95").losing(),
        type("double precision", "numeric", "1.5").losing(),
        type("boolean", "int", "true"),
        type("boolean", "bigint", "true"),
        type("int", "boolean", "7").losing(),
        type("bigint", "boolean", "1", "7"),
        type("money", "numeric", "7"),
        type("int", "money", "7"),
        type("money", "int", "7", "3000000000").losing(),
        type("money", "numeric(5,2)", "7", "3000"),
        type("money", "double precision", "7").losing(),
        type("bigint[]", "int[]", "array[7]", "array[3000000000]"),
        // What never is the other
        type("uuid", "int", "null", "gen_random_uuid()"),
        type("uuid", "bigint", "null", "gen_random_uuid()"),
        type("int", "uuid", "null", "7"),
        type("date", "int", "null", "'2001-01-01'"),
        type("timestamptz", "bigint", "null", "now()"),
        type("boolean", "uuid", "null", "true"),
        type("boolean", "date", "null", "true"),
        type("int", "int[]", "null", "7"),
        type("int[]", "int", "null", "array[7]"),
        type("date", "uuid", "null", "'2001-01-01'"),
        // Times
        type("timestamp", "date", "'2001-01-01 12:00'").losing(),
        type("date", "timestamp", "'2001-01-01'"),
        type("timestamp", "timestamp(0)", "'2001-01-01 12:00:00.7'").losing(),
        type("timestamp(0)", "timestamp(3)", "'2001-01-01 12:00:01'"),
        type("timestamptz", "timestamptz(3)", "now()").losing(),
        type("time", "time(0)", "'12:00:00.7'").losing(),
        type("timetz", "time", "'12:00:00+02'").losing(),
        type("timestamp", "time", "'2001-01-01 12:00'").losing(),
        type("interval", "interval(0)", "'1.7 s'").losing(),
        type("time", "interval", "'12:00'"),
        type("int", "date", "20010101", "7"),
        // Others
        type("json", "jsonb", "'{\"a\":1, \"a\": 2}'").losing(),
        type("jsonb", "json", "'{}'"),
        type("int[]", "jsonb", "array[1, null]"),
        type("date", "jsonb", "'2001-01-01'"),
        type("jsonb", "date", "'\"2001-01-01\"'", "'1'").losing(),
        type("jsonb", "int[]", "'[1, 2]'", "'{}'").losing(),
        typed(pair, "pair", "jsonb", "(1, 'a')"),
        typed(pair, "jsonb", "pair", "'{\"x\": 1}'", "'{\"x\": \"a\"}'").losing(),
        type("macaddr8", "macaddr", "'08:00:2b:ff:fe:01:02:03'", "'08:00:2b:01:02:03:04:05'"),
        type("macaddr", "macaddr8", "'08:00:2b:01:02:03'"),
        type("bit(3)", "int", "B'101'"),
        type("int", "bit(3)", "5").losing(),
        type("inet", "cidr", "'10.0.0.1/8'").losing(),
        type("cidr", "inet", "'10.0.0.0/8'"),
        type("bit(3)", "bit(4)", "null", "B'101'"),
        type("bit(3)", "bit varying(5)", "B'101'"),
        type("bit varying(5)", "bit varying(3)", "B'101'", "B'1010'"),
        type("bit varying", "bit(3)", "B'101'", "B'10'"),
        typed(colours + more, "colour", "shade", "'red'"),
        typed(colours + more, "shade", "colour", "'red'", "'grey'"),
        typed(percent, "int", "percent", "7", "-7", "null"),
        typed(percent, "percent", "int", "7"),
        // Not types
        change(
            "NOT NULL",
            "create table t (a int)",
            "create table t (a int not null)",
            "(1)",
            "(null)"),
        change(
            "a new column",
            "create table t (a int)",
            "create table t (a int, b int not null)",
            "",
            "(1)"),
        change(
            "a new column with a default",
            "create table t (a int)",
            "create table t (a int, b int not null default 1)",
            "(1)"),
        change(
            "a check",
            "create table t (a int)",
            "create table t (a int, check (a > 0))",
            "(1), (null)",
            "(0)"),
        change(
            "unique",
            "create table t (a int, b int)",
            "create table t (a int, b int, unique (a, b))",
            "(1, 2), (1, 3), (null, 1), (null, 1)",
            "(1, 2), (1, 2)"),
        change(
                "unique, with nulls the same",
                "create table t (a int)",
                "create table t (a int, unique nulls not distinct (a))",
                "(1), (null)",
                "(null), (null)",
                "(1), (1)")
            .since(15),
        change(
            "unique with what is unique already",
            "create table t (a int unique, b int)",
            "create table t (a int unique, b int, unique (a, b))",
            "(1, 2), (2, 2), (null, 2), (null, 2)"),
        change(
                "unique, with nulls the same, with what is unique among values",
                "create table t (a int unique, b int)",
                "create table t (a int unique, b int, unique nulls not distinct (a, b))",
                "(1, 1), (2, 1), (null, 1)",
                "(null, 1), (null, 1)")
            .since(15),
        change(
                "unique, with nulls the same, with what is unique with them",
                "create table t (a int primary key, b int, c int, unique nulls not distinct (b))",
                "create table t (a int primary key, b int, c int, unique nulls not distinct (b),"
                    + " unique nulls not distinct (a, c), unique nulls not distinct (b, c))",
                "(1, null, null), (2, 1, null)")
            .since(15),
        change(
            "unique over a new column",
            "create table t (a int)",
            "create table t (a int, b int, unique (a, b))",
            "(1), (1)"),
        change(
            "unique over a new column with a default",
            "create table t (a int)",
            "create table t (a int, b int default 7, unique (b))",
            "(1)",
            "(1), (1)"),
        change(
            "a primary key",
            "create table t (a int not null)",
            "create table t (a int primary key)",
            "(1), (2)",
            "(1), (1)"),
        change(
            "a unique index",
            "create table t (a text)",
            "create table t (a text); create unique index i on t (lower(a), length(a) desc nulls last)",
            "('a'), ('b'), (null), (null)",
            "('a'), ('A')"),
        change(
            "a unique index of some rows",
            "create table t (a text, b bool)",
            "create table t (a text, b bool); create unique index i on t (a) where b",
            "('a', true), ('a', false)",
            "('a', true), ('a', true)"),
        change(
            "a unique index over a new column",
            "create table t (a text)",
            "create table t (a text, b int); create unique index i on t (b)",
            "('a'), ('b')"),
        change(
            "a foreign key",
            "create table p (x int primary key); insert into p values (1); create table t (a int)",
            "create table p (x int primary key); create table t (a int references p)",
            "(1), (null)",
            "(2)"),
        change(
            "a foreign key of two columns",
            "create table p (x int, y int, primary key (x, y)); insert into p values (1, 2); create table t (a int, b int)",
            "create table p (x int, y int, primary key (x, y)); create table t (a int, b int, foreign key (b, a) references p (y, x))",
            "(1, 2), (null, 7), (7, null)",
            "(2, 1)"),
        change(
            "a foreign key that matches full",
            "create table p (x int, y int, primary key (x, y)); create table t (a int, b int)",
            "create table p (x int, y int, primary key (x, y)); create table t (a int, b int, foreign key (a, b) references p match full)",
            "(null, null)",
            "(null, 1)"),
        change(
            "a foreign key of a new column",
            "create table p (x int primary key); create table t (a int)",
            "create table p (x int primary key); create table t (a int, b int references p)",
            "(7)"),
        change(
            "a foreign key of a new column and one that is there",
            "create table p (x int, y int, primary key (x, y)); create table t (a int)",
            "create table p (x int, y int, primary key (x, y)); create table t (a int, b int, foreign key (a, b) references p)",
            "(7)"),
        change(
            "a foreign key of a new column with a default",
            "create table p (x int primary key); create table t (a int)",
            "create table p (x int primary key); create table t (a int, b int default 1 references p)",
            "",
            "(7)"),
        change(
            "a foreign key of a new table",
            "create table t (a int primary key)",
            "create table t (a int primary key); create table u (b int references t)",
            "(7)"),
        change(
            "a foreign key, not valid",
            "create table p (x int primary key); create table t (a int)",
            "create table p (x int primary key); create table t (a int); alter table t add foreign key (a) references p not valid",
            "(7)"),
        change(
            "exclusion",
            "create table t (a int4range)",
            "create table t (a int4range, exclude using gist (a with &&))",
            "('[1,3)'), ('[3,5)'), (null)",
            "('[1,4)'), ('[3,5)')"),
        change(
            "exclusion of some rows, by expressions",
            "create table t (a int, b int, c bool)",
            "create table t (a int, b int, c bool, exclude using gist (int4range(a, b) with &&) where (c))",
            "(1, 4, true), (3, 5, false)",
            "(1, 4, true), (3, 5, true)"),
        change(
                "without overlaps",
                "create extension if not exists btree_gist; create table t (a int, b int4range)",
                "create extension if not exists btree_gist; create table t (a int, b int4range, unique (a, b without overlaps))",
                "(1, '[1,3)'), (1, '[3,5)'), (2, '[1,5)')",
                "(1, '[1,4)'), (1, '[3,5)')")
            .since(18),
        change(
            "a check of a domain",
            "create domain d as int; create table t (a d)",
            "create domain d as int check (value > 0); create table t (a d)",
            "(1), (null)",
            "(0)"),
        change(
            "a check of a domain of two columns",
            "create domain d as text; create table t (a d, b d)",
            "create domain d as text check (value <> 'VALUE'); create table t (a d, b d)",
            "('a', 'b')",
            "('a', 'VALUE')"),
        change(
            "NOT NULL of a domain",
            "create domain d as int; create table t (a d)",
            "create domain d as int not null; create table t (a d)",
            "(1)",
            "(null)"),
        change(
                "an attribute of another type",
                "create type c as (x text, y int); create table t (a c, b c[])",
                "create type c as (x int, y bigint); create table t (a c, b c[])",
                "(('7', 1), array[('8', 2)]::c[]), (null, null)",
                "(('seven', 1), null)",
                "(null, array[('7', 1), ('seven', 1)]::c[])")
            .losing(2),
        change(
            "an attribute of a wider type",
            "create type c as (x int, y varchar(3)); create table t (a c)",
            "create type c as (x bigint, y text); create table t (a c)",
            "((7, 'a'))"),
        change(
            "an attribute of a typed table",
            "create type c as (x bigint, y text); create table t of c",
            "create type c as (x int, y text); create table t of c",
            "(7, 'a')",
            "(3000000000, 'a')"),
        change(
                "a domain over another type",
                "create domain d as text; create table t (a d)",
                "create domain d as int; create table t (a d)",
                "('7')",
                "('seven')")
            .losing(),
        change(
            "a composite type in a domain with a check",
            "create type c as (x int); create domain d as c; create table t (a d)",
            "create type c as (x bigint); create domain d as c check ((value).x > 0); create table t (a d)",
            "(row(7))",
            "(row(-7))"),
        change(
            "a range of another type",
            "create type r as range (subtype = bigint); create table t (a r)",
            "create type r as range (subtype = int); create table t (a r)",
            "('[1,3)'), ('(,3)'), (null)",
            "('[1,3000000000)')"),
        change(
            "an enum without a value",
            "create type e as enum ('a', 'b'); create table t (a e, b e[])",
            "create type e as enum ('a'); create table t (a e, b e[])",
            "('a', array['a']::e[])",
            "('b', null)",
            "(null, array['b']::e[])"),
        change(
            "an enum with a value more",
            "create type e as enum ('a'); create table t (a e)",
            "create type e as enum ('a', 'b'); create table t (a e)",
            "('a')"),
        change(
            "a table that is attached",
            "create table p (a int) partition by range (a); create table t (a int)",
            "create table p (a int) partition by range (a); create table t partition of p for values from (1) to (5)",
            "(1)",
            "(7)"),
        change(
            "a table that is attached by a list",
            "create table p (a text) partition by list (a); create table t (a text)",
            "create table p (a text) partition by list (a); create table t partition of p for values in ('a, b', null)",
            "('a, b'), (null)",
            "('a')"),
        change(
            "a table that is attached by two columns",
            "create table p (a int, \"B\" text) partition by range (a, \"B\"); create table t (a int, \"B\" text)",
            "create table p (a int, \"B\" text) partition by range (a, \"B\"); create table t partition of p for values from (1, 'a') to (2, 'c')",
            "(1, 'b'), (2, 'a')",
            "(1, null)",
            "(2, 'c')"),
        change(
            "a table that is attached below an end that is open",
            "create table p (a int) partition by range (a); create table t (a int)",
            "create table p (a int) partition by range (a); create table t partition of p for values from (minvalue) to (5)",
            "(-7)",
            "(5)"),
        change(
            "a table that is attached by an expression",
            "create table p (a int) partition by range ((a + 1)); create table t (a int)",
            "create table p (a int) partition by range ((a + 1)); create table t partition of p for values from (1) to (5)",
            "(1)",
            "(7)"),
        change(
            "a table that is attached and takes the rest",
            "create table p (a int) partition by range (a); create table q partition of p for values from (1) to (5); create table t (a int)",
            "create table p (a int) partition by range (a); create table q partition of p for values from (1) to (5); create table t partition of p default",
            "(5), (null)",
            "(1)"),
        change(
            "a partition beside the default",
            "create table p (a int) partition by range (a); create table t partition of p default",
            "create table p (a int) partition by range (a); create table t partition of p default; create table q partition of p for values from (1) to (5)",
            "(5), (null)",
            "(1)"),
        change(
            "a table that is attached beside the default",
            "create table p (a int) partition by list (a); create table q (a int); create table t partition of p default",
            "create table p (a int) partition by list (a); create table t partition of p default; create table q partition of p for values in (1, 2)",
            "(5), (null)",
            "(1)"),
        change(
            "a table that is attached and takes all",
            "create table p (a int) partition by range (a); create table t (a int)",
            "create table p (a int) partition by range (a); create table t partition of p default",
            "(1)"),
        change(
            "a check that is validated",
            "create table t (a int); insert into t values (0); alter table t add constraint c check (a > 0) not valid",
            "create table t (a int, constraint c check (a > 0))",
            "",
            "(1)"),
        change(
            "a generated column that goes",
            "create table t (a int, b int generated always as (a * 2) stored)",
            "create table t (a int)",
            "(1)"),
        change(
            "another expression",
            "create table t (a int, b int generated always as (a * 2) stored)",
            "create table t (a int, b int generated always as (a * 3) stored)",
            "(1)"),
        change(
                "a plain column that becomes generated",
                "create table t (a int, b int)",
                "create table t (a int, b int generated always as (a * 3) stored)",
                "(1, 1)")
            .losing(),
        change(
            "a generated column that becomes plain",
            "create table t (a int, b int generated always as (a * 3) stored)",
            "create table t (a int, b int)",
            "(1)"),
        change(
                "a virtual column that becomes plain",
                "create table t (a int, b int generated always as (a * 3) virtual)",
                "create table t (a int, b int)",
                "(1)")
            .losing()
            .since(18),
        change(
            "an identity that becomes a serial",
            "create table t (a int generated by default as identity)",
            "create table t (a serial)",
            "(1)"),
        change(
            "a serial that becomes an identity",
            "create table t (a serial)",
            "create table t (a int generated by default as identity)",
            "(1)"),
        change(
                "a column that goes",
                "create table t (a int, b int)",
                "create table t (a int)",
                "(1, 2)")
            .losing());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void changes(Change change) throws SQLException {
    boolean both = change.before().contains("a text") || Boolean.getBoolean("hazards.all");
    for (Connection connection : both ? connections : connections.subList(0, 1)) {
      Schema to = load(connection, change, change.after());
      if (to == null) {
        continue;
      }
      Schema from = load(connection, change, change.before());
      read.putIfAbsent(SUBJECT + change.name(), new Read(from, to));
      List<Statement> plan = PLANNER.plan(from, to, PlanOptions.standard()).statements();
      List<Hazard.MayFailOnRows> failing =
          plan.stream()
              .flatMap(one -> one.hazards().stream())
              .filter(Hazard.MayFailOnRows.class::isInstance)
              .map(Hazard.MayFailOnRows.class::cast)
              .toList();
      assertThat(failing.isEmpty()).as("%s", plan).isEqualTo(change.refused().isEmpty());
      assertThat(failing).allSatisfy(one -> assertThat(one.reason()).isNotBlank());
      assertThat(plan)
          .flatExtracting(Statement::hazards)
          .filteredOn(Hazard.LosesData.class::isInstance)
          .hasSize(change.losses());
      if (!change.fitting().isEmpty()) {
        assertThat(run(connection, change.fitting(), plan, false)).isEmpty();
      }
      for (String rows : change.refused()) {
        assertThat(run(connection, rows, plan, true)).as("with %s", rows).isPresent();
      }
    }
  }

  @AfterAll
  void facts() throws IOException {
    if (Boolean.getBoolean("corpus.write")) {
      FACTS.write(read);
    }
    Map<String, Read> kept = FACTS.read();
    assertThat(kept.keySet())
        .as("kept facts; -Dcorpus.write=true writes them")
        .containsAll(read.keySet());
    assertThat(read)
        .allSatisfy((name, facts) -> assertThat(kept.get(name)).as(name).isEqualTo(facts));
  }

  @ParameterizedTest(name = "{0} to {1}")
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "text | varchar(3) | 'ab'; 'ab  '; 'abc'; 'abc '; ''; '    '; null",
        "varchar(5) | varchar(3) | 'ab'; 'ab  '; 'abc'; 'abc '",
        "varchar(9) | name | 'ab'; 'ab '",
        "text | name | 'ab'; repeat('x', 63); repeat('x', 64)",
        "text | char(3) | 'ab'; 'ab '; 'abc'; 'abc  '",
        "varchar(3) | char(3) | 'ab'; 'ab '",
        "varchar(3) | char(5) | 'ab'; 'ab '",
        "char(5) | varchar(3) | 'ab'; 'abc'",
        "char(5) | char(3) | 'ab'; 'abc'",
        "name | varchar(3) | 'ab'; 'ab  '; 'abc '",
        "name | char(3) | 'ab'; 'ab '",
        "varchar | varchar(3) | 'ab'; 'abc '",
        "text[] | varchar(3)[] | array['abc']; array['ab', 'abc ']"
      })
  @DisplayName("finds the texts that lose blanks or their end, and no others")
  void rowsThatLose(String before, String after, String values) throws SQLException {
    Change change = type(before, after, "");
    Connection connection = connections.get(0);
    Schema to = load(connection, change, change.after());
    Schema from = load(connection, change, change.before());
    execute(connection, "insert into t values (" + values.replace("; ", "), (") + ")");
    List<Statement> plan = PLANNER.plan(from, to, PlanOptions.standard()).statements();

    List<String> found = texts(connection, losing(plan));
    List<String> lost = texts(connection, "table t");
    for (Statement statement : plan) {
      execute(connection, statement.sql());
    }
    lost.removeAll(texts(connection, "table t"));

    assertThat(found).isEqualTo(lost);
  }

  private static String losing(List<Statement> plan) {
    return plan.stream()
        .flatMap(statement -> statement.hazards().stream())
        .filter(Hazard.LosesData.class::isInstance)
        .map(hazard -> ((Hazard.LosesData) hazard).query())
        .findFirst()
        .orElse("select * from t where false");
  }

  private static Schema load(Connection connection, Change change, String sql) throws SQLException {
    if (connection.getMetaData().getDatabaseMajorVersion() < change.since()) {
      return null;
    }
    execute(connection, "drop schema public cascade; create schema public; " + sql);
    return INTROSPECTOR.read(connection);
  }

  /**
   * Returns what PostgreSQL refuses; a query that is to find the rows is asked before all, or right
   * before the statement where it is about what the plan makes.
   */
  private static Optional<String> run(
      Connection connection, String rows, List<Statement> plan, boolean refused)
      throws SQLException {
    connection.setAutoCommit(false);
    try {
      execute(connection, "insert into t values " + rows);
      boolean found = false;
      boolean asked = false;
      Set<String> later = new HashSet<>();
      for (String query : queries(plan)) {
        asked = true;
        Savepoint here = connection.setSavepoint();
        try {
          found |= finds(connection, query);
        } catch (SQLException notYet) {
          assertThat(notYet.getSQLState())
              .as("%s: %s", query, notYet.getMessage())
              .isEqualTo("42703");
          connection.rollback(here);
          later.add(query);
        }
      }
      for (Statement statement : plan) {
        for (String query : queries(List.of(statement))) {
          found |= later.contains(query) && finds(connection, query);
        }
        try {
          execute(connection, statement.sql());
        } catch (SQLException e) {
          assertThat(found || !asked).as("found by the query, and %s", e.getMessage()).isTrue();
          return Optional.of(e.getMessage());
        }
      }
      assertThat(found).as("found by a query, and it runs").isFalse();
      return Optional.empty();
    } finally {
      connection.rollback();
      connection.setAutoCommit(true);
    }
  }

  private static List<String> queries(List<Statement> plan) {
    return plan.stream()
        .flatMap(statement -> statement.hazards().stream())
        .filter(Hazard.MayFailOnRows.class::isInstance)
        .map(hazard -> ((Hazard.MayFailOnRows) hazard).query())
        .filter(query -> !query.isEmpty())
        .toList();
  }

  private static boolean finds(Connection connection, String query) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.next();
    }
  }

  private static List<String> texts(Connection connection, String query) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("select a::text from (" + query + ") q")) {
      List<String> texts = new ArrayList<>();
      while (result.next()) {
        texts.add(result.getString(1));
      }
      return texts;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (java.sql.Statement statement = connection.createStatement()) {
      statement.setEscapeProcessing(false);
      statement.execute(sql);
    }
  }
}
