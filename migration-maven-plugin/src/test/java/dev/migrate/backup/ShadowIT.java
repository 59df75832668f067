package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.goal.Goals;
import dev.migrate.parser.ParseResult;
import dev.migrate.parser.PostgresParser;
import dev.migrate.parser.SyntaxNode;
import dev.migrate.sql.Queries;
import dev.migrate.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database in which every function and operator that we call has a shadow: one of the same name
 * and argument types, by an owner without rights, in the schemas that the database's search path
 * names before PostgreSQL's own. What we call is read from the server's log of a first run, so that
 * new queries are covered by themselves; each shadow that is called says so in the same log, also
 * in transactions that only read or are rolled back. The goals are found among the plugin's
 * classes, so that a new one is missed here; they are run as a superuser runs them. With {@code
 * -Dshadow=full} some are run in further ways, and the schema that is named as the user has
 * shadows, too.
 */
@DisplayName("A database that shadows what we call")
class ShadowIT {
  private static final String OWNER = "shadow_owner";
  private static final String MARK = "shadow called: ";
  private static final Pattern STATEMENT =
      Pattern.compile(
          "LOG:  (?:statement|execute [^:]+): (.*?)(?=\\n\\d{4}-\\d\\d-\\d\\d |\\z)",
          Pattern.DOTALL);

  /** Of the types of a call with any number of arguments, whose shadows have to have a number. */
  private static final List<String> USUAL = List.of("text", "oid", "int2", "int4");

  private static final String FULL_ONLY = "full ";
  private static final String BEGUN = "begun ";
  private static final String BEGUN_SETTINGS =
      " historySchema=begun directory=src/begun undoDirectory=src/begun_undo";

  /** These know no target but the embedded server, which they start and stop. */
  private static final Set<String> WITHOUT_TARGET = Set.of("start", "stop");

  /** Goals again, in another way: run with {@code -Dshadow=full}. */
  private static final boolean FULL = "full".equals(System.getProperty("shadow"));

  /** A folder without files: what is applied is forgotten there, and the target taken over. */
  private static final String ELSEWHERE = " directory=src/init undoDirectory=src/init_undo";

  /** As a project lives: from a database that is not empty to one that is restored. */
  private static final List<String> LIFE =
      List.of(
          BEGUN + "upgrade",
          BEGUN + "downgrade to=base backup=never",
          "stamp to=base",
          "upgrade sql=target/up.sql",
          "upgrade",
          FULL_ONLY + "downgrade to=base sql=target/down.sql",
          FULL_ONLY + "downgrade to=base backup=always backupEngine=jdbc",
          FULL_ONLY + "upgrade backup=always backupEngine=pg_dump",
          "stamp to=1",
          "stamp to=head",
          "downgrade backup=never",
          FULL_ONLY + "rehearse",
          "rehearse rehearseSample=1",
          "rehearse rehearseOn=target",
          "upgrade",
          "current",
          "heads",
          "branches",
          "history verbose=true",
          "show revision=1",
          "check",
          "diff from=target to=head",
          FULL_ONLY + "diff from=current to=target",
          "generate message=c",
          "lint lintFail=never",
          FULL_ONLY + "lint lintFail=never lintAll=true",
          "upgrade",
          FULL_ONLY + "verify verifyTarget=true skipChecks=data",
          "verify verifyTarget=true skipChecks=reversible,model,commute,data",
          "revision message=left parent=2",
          "revision message=right parent=2",
          "rebase revision=@left onto=@c",
          "merge",
          "upgrade",
          "squash to=2 message=all",
          "backup backupEngine=pg_dump backupVerify=true",
          FULL_ONLY + "restore force=true",
          "backup backupEngine=jdbc backupVerify=true",
          "restore force=true",
          "backups",
          FULL_ONLY + "current",
          "stamp to=base purge=true historySchema=public" + ELSEWHERE,
          "init model=src/init.sql historySchema=public" + ELSEWHERE);

  @TempDir Path root;

  private final List<String> runs = new ArrayList<>();

  @Test
  @DisplayName("has none of its shadows called by any goal of a superuser, with both engines")
  void noShadowIsCalled() throws Exception {
    Optional<InstalledServer> installed = InstalledServer.get();
    Assumptions.assumeTrue(installed.isPresent(), "PostgreSQL 15 is not installed here");
    InstalledServer server = installed.get();
    Target postgres = server.target("postgres");
    if (query(postgres, "select 1 from pg_roles where rolname = '" + OWNER + "'").isEmpty()) {
      execute(postgres, "create role " + OWNER + " login password 'shadow'");
    }
    Target first = database(postgres, "shadow_first");
    long before = Files.size(server.log());
    execute(postgres, "alter database shadow_first set log_statement = 'all'");
    live(server, first, Files.createDirectories(root.resolve("first")));
    PostgresParser parser = new PostgresParser();
    Matcher statements = STATEMENT.matcher(since(server, before));
    Set<String> different = new TreeSet<>();
    while (statements.find()) {
      different.add(statements.group(1).replace("\n\t", "\n"));
    }
    Set<String> called = new TreeSet<>();
    different.forEach(sql -> calls(parser, sql, called));
    assertThat(called).contains("f concat_ws", "o =", "f set_config", "f now");
    Set<String> goals = new TreeSet<>(WITHOUT_TARGET);
    runs.forEach(line -> goals.add(line.split(" ")[0]));
    assertThat(goals).as("goals that are run here").containsExactlyElementsOf(Goals.all());

    Target shadowed = database(postgres, "shadow_moved");
    execute(shadowed, "create schema postgres authorization " + OWNER); // as the user is named
    int shadows = shadow(shadowed, "public", called, parser);
    if (FULL) {
      shadows += shadow(shadowed, "postgres", called, parser);
    }
    execute(
        postgres, "alter database shadow_moved set search_path = \"$user\", public, pg_catalog");
    List<String> seen = live(server, shadowed, Files.createDirectories(root.resolve("second")));
    System.out.printf(
        "%d functions and operators that we call by name, %d shadows of them, %d goals in %d runs%n",
        called.size(), shadows, goals.size() - WITHOUT_TARGET.size(), runs.size() / 2);
    assertThat(shadows).isGreaterThan(1000);
    assertThat(seen).isEmpty();
    // The trap is set: whoever asks in the path of the database is caught.
    long asking = Files.size(server.log());
    query(shadowed, "select format('%s', 'x'::text)");
    assertThat(marks(since(server, asking))).isNotEmpty();
  }

  private Target database(Target postgres, String name) throws Exception {
    execute(
        postgres,
        "drop database if exists " + name,
        "create database " + name + " template template0 encoding 'UTF8' owner " + OWNER);
    return postgres.withDatabase(name);
  }

  private static String since(InstalledServer server, long from) throws Exception {
    byte[] all = Files.readAllBytes(server.log());
    return new String(all, (int) from, (int) (all.length - from), "UTF-8");
  }

  private static List<String> marks(String log) {
    return log.lines().filter(line -> line.contains(MARK)).map(line -> after(line)).toList();
  }

  private static String after(String line) {
    return line.substring(line.indexOf(MARK) + MARK.length());
  }

  /**
   * Runs the goals over the life of a project.
   *
   * @return what was called that should not, each with the goal that did
   */
  private List<String> live(InstalledServer server, Target target, Path directory)
      throws Exception {
    write(directory);
    Goals goals =
        new Goals(
            directory,
            Map.of(
                "url",
                target.jdbcUrl(),
                "user",
                "postgres",
                "password",
                "secret word",
                "scratchUrl",
                server.target("postgres").jdbcUrl(),
                "scratchUser",
                "postgres",
                "scratchPassword",
                "secret word",
                "terminateConnections",
                "true",
                "trustTarget",
                "false"));
    List<String> seen = new ArrayList<>();
    for (String step : LIFE) {
      if (step.startsWith(FULL_ONLY) && !FULL) {
        continue;
      }
      String line = named(directory, step.replaceFirst("^(" + FULL_ONLY + "|" + BEGUN + ")", ""));
      String begun = step.startsWith(BEGUN) ? BEGUN_SETTINGS : "";
      long before = Files.size(server.log());
      try {
        goals.run(line + begun);
      } catch (MojoFailureException e) {
        // The shadows are in no revision.
        assertThat(line + ": " + e.getMessage()).startsWith("verify").contains("has drifted");
      }
      runs.add(line);
      new TreeSet<>(marks(since(server, before))).forEach(mark -> seen.add(line + ": " + mark));
    }
    return seen;
  }

  /** Puts the id of a revision where its message stands behind an at sign. */
  private static String named(Path directory, String line) throws Exception {
    Matcher messages = Pattern.compile("@(\\w+)").matcher(line);
    StringBuilder named = new StringBuilder();
    while (messages.find()) {
      String end = "__" + messages.group(1) + ".sql";
      try (Stream<Path> files = Files.list(directory.resolve("src/main/resources/db/migration"))) {
        String file =
            files
                .map(path -> path.getFileName().toString())
                .filter(name -> name.startsWith("V") && name.endsWith(end))
                .findFirst()
                .orElseThrow();
        messages.appendReplacement(named, file.substring(1, file.length() - end.length()));
      }
    }
    return messages.appendTail(named).toString();
  }

  private static void write(Path directory) throws Exception {
    Path upgrades = directory.resolve("src/main/resources/db/migration");
    Path undo = directory.resolve("src/main/resources/db/undo");
    for (Path folder :
        List.of(
            upgrades,
            undo,
            directory.resolve("src/main/database"),
            directory.resolve("src/begun"),
            directory.resolve("src/begun_undo"),
            directory.resolve("target"))) {
      Files.createDirectories(folder);
    }
    Files.writeString(
        directory.resolve("src/begun/V1__begun.sql"), "create table public.begun (id int);");
    Files.writeString(
        directory.resolve("src/begun_undo/U1__begun.sql"), "drop table public.begun;");
    Files.writeString(
        directory.resolve("src/main/database/schema.sql"),
        "create table public.a (id int primary key, t text, n int);\n"
            + "create index a_t on public.a (t);\n"
            + "create view public.v as select id from public.a;\n");
    Files.writeString(
        upgrades.resolve("V1__a.sql"),
        "set search_path = public;\n"
            + "create table public.a (id int primary key, t text);\n"
            + "copy public.a (id, t) from stdin;\n1\tx\n\\.\n"
            + "insert into public.a values (2, 'y');\n");
    Files.writeString(undo.resolve("U1__a.sql"), "drop table public.a cascade;");
    Files.writeString(
        upgrades.resolve("V2__b.sql"),
        "-- transaction: none\ncreate index concurrently a_t on public.a (t);");
    Files.writeString(
        undo.resolve("U2__b.sql"), "-- transaction: none\ndrop index concurrently public.a_t;");
    Files.writeString(
        upgrades.resolve("R__v.sql"),
        "create or replace view public.v as select id from public.a;");
    for (String callback :
        List.of("beforeMigrate", "beforeEachMigrate", "afterEachMigrate", "afterMigrate")) {
      Files.writeString(
          upgrades.resolve(callback + ".sql"), "set application_name = '" + callback + "';");
    }
  }

  /** Adds the names that a statement calls: f for functions, o for operators. */
  private static void calls(PostgresParser parser, String sql, Set<String> called) {
    if (!(parser.parse(sql) instanceof ParseResult.Statements statements)) {
      return;
    }
    for (SyntaxNode statement : statements.nodes()) {
      statement.walk(
          node -> {
            if (node.is("FuncCall")) {
              last(node.list("funcname")).ifPresent(name -> called.add("f " + name));
            } else if (node.is("A_Expr")) {
              last(node.list("name")).ifPresent(name -> called.add("o " + name));
            } else if (node.is("SubLink")) {
              called.add("o =");
              last(node.list("operName")).ifPresent(name -> called.add("o " + name));
            }
          });
      if (statement.is("DoStmt")) {
        parser
            .body(sql)
            .ifPresent(body -> body.statements().forEach(one -> calls(parser, one, called)));
      }
    }
  }

  private static Optional<String> last(List<SyntaxNode> names) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(names.get(names.size() - 1).text("sval")).filter(name -> !name.isEmpty());
  }

  /** Makes shadows of every overload, as the owner. */
  private static int shadow(
      Target superuser, String schema, Set<String> called, PostgresParser parser) throws Exception {
    Target owner = Target.of(superuser.jdbcUrl(), OWNER, "shadow", "test");
    int made = 0;
    try (Connection connection = owner.connectForScripts("test")) {
      for (String one : called) {
        String name = one.substring(2).replace("'", "''");
        List<String> statements =
            Queries.column(
                connection,
                (one.startsWith("f ") ? FUNCTIONS : OPERATORS).formatted(name, MARK, schema));
        for (String sql : statements) {
          made += run(connection, sql) ? 1 : 0;
        }
        if (one.startsWith("f ") && !Queries.column(connection, ANY.formatted(name)).isEmpty()) {
          for (String types : combinations()) {
            made += run(connection, body(schema, name, types)) ? 1 : 0;
          }
        }
      }
    }
    return made;
  }

  private static List<String> combinations() {
    List<String> all = new ArrayList<>();
    for (String a : USUAL) {
      all.add("text, " + a);
      for (String b : USUAL) {
        all.add("text, " + a + ", " + b);
        for (String c : USUAL) {
          all.add("text, " + a + ", " + b + ", " + c);
        }
      }
    }
    return all;
  }

  private static String body(String schema, String name, String types) {
    return "create function %s.\"%s\"(%s) returns text language plpgsql as $s$ begin raise log '%s%s'; return null; end $s$"
        .formatted(schema, name, types, MARK, name);
  }

  private static boolean run(Connection connection, String sql) {
    try {
      Queries.execute(connection, sql);
      return true;
    } catch (java.sql.SQLException pseudo) {
      return false; // a type that no function in PL/pgSQL may have, such as internal
    }
  }

  private static final String ANY =
      """
      select 1 from pg_catalog.pg_proc where pronamespace = 'pg_catalog'::regnamespace
        and proname = '%s' and 'pg_catalog."any"'::regtype = any (proargtypes::oid[])
      """;

  private static final String FUNCTIONS =
      """
      select pg_catalog.format('create function %3$s.%%I(%%s) returns %%s%%s language plpgsql as '
          '$s$ begin raise log ''%2$s%%s''; return%%s; end $s$', proname,
        (select pg_catalog.string_agg(pg_catalog.format_type(t, null), ', ' order by o)
         from pg_catalog.unnest(proargtypes::oid[]) with ordinality a (t, o)),
        case when proretset then 'setof ' else '' end, pg_catalog.format_type(prorettype, null),
        proname, case when proretset or prorettype = 'void'::regtype then '' else ' null' end)
      from pg_catalog.pg_proc
      where pronamespace = 'pg_catalog'::regnamespace and proname = '%1$s'
      """;

  private static final String OPERATORS =
      """
      select s from pg_catalog.pg_operator o, lateral (values
        (1, pg_catalog.format('create function %3$s.%%I(%%s) returns %%s language plpgsql as '
          '$s$ begin raise log ''%2$soperator %%s''; return null; end $s$', 'shadow_' || o.oid,
          pg_catalog.concat_ws(', ', nullif(pg_catalog.format_type(nullif(oprleft, 0), null), '-'),
            pg_catalog.format_type(oprright, null)),
          pg_catalog.format_type(oprresult, null), oprname)),
        (2, pg_catalog.format('create operator %3$s.%%s (%%srightarg = %%s, function = %3$s.%%I)',
          oprname, case when oprleft = 0 then '' else
            'leftarg = ' || pg_catalog.format_type(oprleft, null) || ', ' end,
          pg_catalog.format_type(oprright, null), 'shadow_' || o.oid))) x (n, s)
      where oprnamespace = 'pg_catalog'::regnamespace and oprname = '%1$s'
      order by o.oid, n
      """;
}
