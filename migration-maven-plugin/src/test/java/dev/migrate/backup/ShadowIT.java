package dev.migrate.backup;

import static dev.migrate.backup.BackupIT.execute;
import static dev.migrate.backup.BackupIT.query;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.SqlPreview;
import dev.migrate.history.TargetState;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.parser.Node;
import dev.migrate.parser.Parsed;
import dev.migrate.parser.PostgresParser;
import dev.migrate.prove.Adoption;
import dev.migrate.rehearse.Rehearsal;
import dev.migrate.rehearse.TemplateCopy;
import dev.migrate.scratch.BorrowedScratch;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.Asking;
import dev.migrate.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database in which every function and operator that we call has a shadow: one of the same name
 * and argument types, by an owner without rights, in a schema that the database's search path names
 * before PostgreSQL's own. What we call is read from the server's log of a first run, so that new
 * queries are covered by themselves; each shadow that is called says so in the same log, also in
 * transactions that only read or are rolled back.
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

  @TempDir Path root;

  private final Set<String> goals = new TreeSet<>();

  @Test
  @DisplayName("has none of its shadows called by a superuser's goals, with both engines")
  void noShadowIsCalled() throws Exception {
    Optional<InstalledServer> installed = InstalledServer.get();
    Assumptions.assumeTrue(installed.isPresent(), "PostgreSQL 15 is not installed here");
    InstalledServer server = installed.get();
    Target postgres = server.target("postgres");
    if (query(postgres, "select 1 from pg_roles where rolname = '" + OWNER + "'").isEmpty()) {
      execute(postgres, "create role " + OWNER + " login password 'shadow'");
    }
    Set<String> called = new TreeSet<>();
    Target first = database(postgres, "shadow_first");
    execute(postgres, "alter database shadow_first set log_statement = 'all'");
    long before = Files.size(server.log());
    moves(first);
    looks(postgres, first);
    PostgresParser parser = new PostgresParser();
    Matcher statements = STATEMENT.matcher(since(server, before));
    Set<String> different = new TreeSet<>();
    while (statements.find()) {
      different.add(statements.group(1).replace("\n\t", "\n"));
    }
    different.forEach(sql -> calls(parser, sql, called));
    assertThat(called).contains("f concat_ws", "o =", "f set_config");

    // While scripts run, their path is theirs; what we and Flyway say finds PostgreSQL's own first.
    Target moved = database(postgres, "shadow_moved");
    moves(moved); // where there are functions and no history, Flyway does not begin one
    int shadows = shadow(moved, called, parser);
    long moving = Files.size(server.log());
    moves(moved);
    List<String> seen = new ArrayList<>(marks(since(server, moving)));

    execute(
        postgres, "alter database shadow_moved set search_path = public, pg_catalog, \"$user\"");
    long looking = Files.size(server.log());
    looks(postgres, moved);
    seen.addAll(marks(since(server, looking)));

    System.out.printf(
        "%d functions and operators that we call by name, %d shadows of them, %d goals%n",
        called.size(), shadows, goals.size());
    assertThat(shadows).isGreaterThan(500);
    assertThat(new TreeSet<>(seen)).isEmpty();
    // The trap is set: whoever asks in the path of the database is caught.
    long asking = Files.size(server.log());
    query(moved, "select format('%s', 'x'::text)");
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

  private RevisionFiles files() throws Exception {
    RevisionFolders folders = RevisionFolders.of(root);
    Files.createDirectories(folders.upgrade());
    Files.createDirectories(folders.downgrade());
    Files.writeString(
        folders.upgrade().resolve("V1__a.sql"),
        "create table public.a (id int primary key, t text); insert into public.a values (1, 'x');");
    Files.writeString(folders.downgrade().resolve("U1__a.sql"), "drop table public.a;");
    Files.writeString(
        folders.upgrade().resolve("V2__b.sql"),
        "-- transaction: none\ncreate index concurrently a_t on public.a (t);");
    Files.writeString(folders.downgrade().resolve("U2__b.sql"), "drop index public.a_t;");
    return RevisionFiles.read(folders, MissingFolder.REFUSE);
  }

  private void ran(String goal) {
    goals.add(goal);
  }

  /** Goals that move a target. */
  private void moves(Target target) throws Exception {
    HistoryOptions options = HistoryOptions.defaults();
    RevisionFiles files = files();
    SqlPreview.upgrade(
        target, "test", options, files, state -> state.graph().upgrade(state.applied(), "head"));
    ran("upgrade, as a script");
    try (LockedTarget locked = LockedTarget.open(target, "test", options, Progress.SILENT)) {
      locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), "head"));
      ran("upgrade");
      locked.downgrade(files, files.graph().downgrade(locked.state(files).applied(), "base"));
      ran("downgrade");
      locked.upgrade(files, files.graph().upgrade(locked.state(files).applied(), "head"));
      locked.stamp(files, files.graph().stamp(locked.state(files).applied(), "1"), false);
      locked.stamp(files, files.graph().stamp(locked.state(files).applied(), "head"), false);
      ran("stamp");
      locked.downgrade(files, files.graph().downgrade(locked.state(files).applied(), "-1"));
    }
  }

  /** Goals that look at a target, or copy it. */
  private void looks(Target postgres, Target target) throws Exception {
    HistoryOptions options = HistoryOptions.defaults();
    RevisionFiles files = files();
    Optional<String> schema = Optional.of("public");
    try (Asking asking = target.ask("test")) {
      TargetState.of(files, HistoryReader.read(asking, schema, options.table()));
      ran("current, history, show, heads, check");
    }
    try (Connection connection = target.connect("test")) {
      HistoryTable table = HistoryTable.locate(connection, schema, options.table());
      HistoryReader.read(connection, table);
      new Introspector(Scope.standard()).read(connection);
      ran("diff, verify, model");
    }
    Adoption.hasGrown(target, options);
    ran("init");
    for (Engine.Choice engine : List.of(Engine.Choice.PG_DUMP, Engine.Choice.JDBC)) {
      BackupOptions backup = BackupOptions.in(root.resolve("backups")).with(engine).withChecksums();
      Backup taking = new Backup(target, "test", options.table(), backup, BackupProgress.SILENT);
      taking.hasRows();
      Manifest taken = taking.take(connection -> List.of("1"));
      ran("backup by " + engine);
      Scratch lent = BorrowedScratch.on(postgres.jdbcUrl(), "postgres", "secret word");
      try (Scratch sandbox = lent.sandbox()) {
        new Verification(sandbox, backup, BackupProgress.SILENT).verify(taken);
        ran("backup by " + engine + ", verified");
      }
      Target empty = database(postgres, "shadow_restored");
      Restoring.run(
          empty,
          "test",
          backup,
          new RestoreOptions(false, false, true),
          BackupProgress.SILENT,
          taken.name());
      ran("restore by " + engine);
    }
    DatabaseCopy copy =
        new DatabaseCopy(
            target, "test", options.table(), root.resolve("work"), BackupProgress.SILENT);
    Scratch lent = BorrowedScratch.on(postgres.jdbcUrl(), "postgres", "secret word");
    try (Scratch sandbox = lent.sandbox();
        ScratchDatabase database = copy.into(sandbox, 10)) {
      rehearse(DatabaseCopy.target(database), options, files);
      ran("rehearse in scratch");
    }
    try (TemplateCopy template = TemplateCopy.of(target, "test")) {
      assertThat(query(template.target(), "select 1")).hasSize(1);
      ran("rehearse on the target's server");
    }
  }

  private static void rehearse(Target copy, HistoryOptions options, RevisionFiles files) {
    new Rehearsal(copy, "test", files, options, Progress.SILENT)
        .run(
            state -> state.graph().upgrade(state.applied(), "head"),
            "test",
            10,
            Duration.ofMillis(1));
  }

  /** Adds the names that a statement calls: f for functions, o for operators. */
  private static void calls(PostgresParser parser, String sql, Set<String> called) {
    if (!(parser.parse(sql) instanceof Parsed.Statements statements)) {
      return;
    }
    for (Node statement : statements.nodes()) {
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

  private static Optional<String> last(List<Node> names) {
    return names.isEmpty()
        ? Optional.empty()
        : Optional.of(names.get(names.size() - 1).text("sval")).filter(name -> !name.isEmpty());
  }

  /** Makes shadows of every overload, as the owner. */
  private static int shadow(Target superuser, Set<String> called, PostgresParser parser)
      throws Exception {
    Target owner = Target.of(superuser.jdbcUrl(), OWNER, "shadow", "test");
    int made = 0;
    try (Connection connection = owner.connectForScripts("test")) {
      for (String one : called) {
        String name = one.substring(2).replace("'", "''");
        List<String> statements =
            Rows.column(
                connection, (one.startsWith("f ") ? FUNCTIONS : OPERATORS).formatted(name, MARK));
        for (String sql : statements) {
          made += run(connection, sql) ? 1 : 0;
        }
        if (one.startsWith("f ") && !Rows.column(connection, ANY.formatted(name)).isEmpty()) {
          for (String types : combinations()) {
            made += run(connection, body(name, types)) ? 1 : 0;
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

  private static String body(String name, String types) {
    return "create function public.\"%s\"(%s) returns text language plpgsql as $s$ begin raise log '%s%s'; return null; end $s$"
        .formatted(name, types, MARK, name);
  }

  private static boolean run(Connection connection, String sql) {
    try {
      Rows.execute(connection, sql);
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
      select pg_catalog.format('create function public.%%I(%%s) returns %%s%%s language plpgsql as '
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
        (1, pg_catalog.format('create function public.%%I(%%s) returns %%s language plpgsql as '
          '$s$ begin raise log ''%2$soperator %%s''; return null; end $s$', 'shadow_' || o.oid,
          pg_catalog.concat_ws(', ', nullif(pg_catalog.format_type(nullif(oprleft, 0), null), '-'),
            pg_catalog.format_type(oprright, null)),
          pg_catalog.format_type(oprresult, null), oprname)),
        (2, pg_catalog.format('create operator public.%%s (%%srightarg = %%s, function = public.%%I)',
          oprname, case when oprleft = 0 then '' else
            'leftarg = ' || pg_catalog.format_type(oprleft, null) || ', ' end,
          pg_catalog.format_type(oprright, null), 'shadow_' || o.oid))) x (n, s)
      where oprnamespace = 'pg_catalog'::regnamespace and oprname = '%1$s'
      order by o.oid, n
      """;
}
