package dev.migrate.scratch;

import static java.util.Locale.ROOT;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.parser.ParseResult;
import dev.migrate.parser.PostgresParser;
import dev.migrate.parser.SyntaxNode;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Runs untrusted statements in a {@link Sandbox}: as the role that owns the sandbox, unless a
 * statement needs a superuser and calls no code that somebody wrote. Such are run as one:
 * extensions before there is any code that theirs could stumble over; owners, privileges and event
 * triggers in the end, when nothing follows that would call the code of their new owners. What
 * needs a superuser and may call code is refused by name.
 */
public final class SandboxAdministrator implements AutoCloseable {
  /** What to do about what only a superuser may load. */
  public static final String TRUST =
      "If you trust everybody who may create objects in the target, give"
          + " -Dmigrate.trustTarget=true: then what comes from it is loaded as a superuser of the"
          + " scratch server, who can run programs on the machine of that server.";

  /** What may be for us begins with one of these; the parser takes a moment to load. */
  private static final Pattern CANDIDATE =
      Pattern.compile(
          "(?is)\\s*(GRANT|REVOKE"
              + "|CREATE\\s+(EXTENSION|CAST|EVENT\\s+TRIGGER|PUBLICATION|OPERATOR\\s+(CLASS|FAMILY))"
              + "|DROP\\s+(EXTENSION|CAST|EVENT\\s+TRIGGER|PUBLICATION|OPERATOR\\s+(CLASS|FAMILY))"
              + "|COMMENT\\s+ON\\s+EVENT\\s+TRIGGER"
              + "|ALTER\\s+(DEFAULT\\s+PRIVILEGES|EVENT\\s+TRIGGER|PUBLICATION|OPERATOR\\s+FAMILY)"
              + "|ALTER\\s.*\\sOWNER\\s+TO)\\s.*");

  private static final Pattern COMMENT = Pattern.compile("(?is)\\s*COMMENT\\s.*");

  private static final String WORD = "(?:\\w+|\"[\\w ]+\")";
  private static final String OBJECT =
      " " + WORD + "(?:\\." + WORD + ")?(?:\\([\\w., \\[\\]\"]*\\))?";

  /** What nobody needs a parser for, since nothing else can look like it. */
  private static final Pattern PLAIN_OWNER =
      Pattern.compile(
          "\\s*ALTER (?:TABLE|SEQUENCE|VIEW|MATERIALIZED VIEW|FOREIGN TABLE|FUNCTION|PROCEDURE"
              + "|AGGREGATE|TYPE|DOMAIN|SCHEMA|STATISTICS|COLLATION)"
              + OBJECT
              + " OWNER TO (\\w+|\"[\\w ]+\")\\s*;?\\s*");

  private static final Pattern PLAIN_GRANT =
      Pattern.compile(
          "\\s*(?:GRANT|REVOKE) [A-Z, ]+ ON (?:TABLE|SEQUENCE|FUNCTION|PROCEDURE|SCHEMA|TYPE)"
              + "(?! \"?pg_catalog\\b)"
              + OBJECT
              + " (?:TO|FROM) "
              + WORD
              + "\\s*;?\\s*");

  private static final Pattern CREATE_SCHEMA = Pattern.compile("(?is)\\s*CREATE\\s+SCHEMA\\s.*");
  private static final Pattern CREATE_EXTENSION =
      Pattern.compile("(?is)\\s*CREATE\\s+EXTENSION\\s.*");

  /** Made by a superuser only, and made without a call of what they name. */
  private static final Set<String> ALWAYS =
      Set.of("CreateOpClassStmt", "CreateOpFamilyStmt", "AlterOpFamilyStmt");

  private static final Set<String> EVENT_TRIGGER =
      Set.of("CreateEventTrigStmt", "AlterEventTrigStmt");

  /** What the owner may do mostly, and a superuser always. */
  private static final Set<String> WHEN_REFUSED =
      Set.of(
          "CommentStmt",
          "CreateCastStmt",
          "CreatePublicationStmt",
          "AlterPublicationStmt",
          "DropStmt");

  /** What is dropped without a call of anything. */
  private static final Set<String> DROPPED =
      Set.of(
          "OBJECT_CAST",
          "OBJECT_EVENT_TRIGGER",
          "OBJECT_EXTENSION",
          "OBJECT_OPCLASS",
          "OBJECT_OPFAMILY",
          "OBJECT_PUBLICATION");

  private static final String CODE =
      """
      SELECT 1 FROM pg_catalog.pg_proc p WHERE p.oid >= 16384 AND NOT EXISTS (
        SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass AND d.objid = p.oid
          AND d.deptype = 'e')
      LIMIT 1
      """;

  /** What the rows and the servers of extensions need of whoever loads them. */
  private static final String USE_OF_EXTENSIONS =
      """
      SELECT pg_catalog.format('GRANT %s ON %s TO %s', CASE d.classid
            WHEN 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass THEN 'USAGE' ELSE 'ALL' END,
          CASE d.classid WHEN 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass
              THEN pg_catalog.format('FOREIGN DATA WRAPPER %I', f.fdwname)
            WHEN 'pg_catalog.pg_namespace'::pg_catalog.regclass
              THEN pg_catalog.format('SCHEMA %I', n.nspname)
            ELSE pg_catalog.format('%s %I.%I',
              CASE c.relkind WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, s.nspname, c.relname) END,
          (SELECT datdba::pg_catalog.regrole FROM pg_catalog.pg_database
            WHERE datname = pg_catalog.current_database()))
      FROM pg_catalog.pg_depend d
      LEFT JOIN pg_catalog.pg_foreign_data_wrapper f
        ON d.classid = 'pg_catalog.pg_foreign_data_wrapper'::pg_catalog.regclass AND f.oid = d.objid
      LEFT JOIN pg_catalog.pg_namespace n
        ON d.classid = 'pg_catalog.pg_namespace'::pg_catalog.regclass AND n.oid = d.objid
      LEFT JOIN pg_catalog.pg_class c
        ON d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND c.oid = d.objid
          AND c.relkind IN ('r', 'p', 'S')
      LEFT JOIN pg_catalog.pg_namespace s ON s.oid = c.relnamespace
      WHERE d.deptype = 'e' AND d.objid >= 16384
        AND (f.oid IS NOT NULL OR n.oid IS NOT NULL OR c.oid IS NOT NULL)
      """;

  private final Connection connection;
  private final PostgresParser parser = new PostgresParser();
  private final List<String> last = new ArrayList<>();
  private final List<String> events = new ArrayList<>();

  private SandboxAdministrator(Connection connection) {
    this.connection = connection;
  }

  /**
   * @param database a database of a {@link Sandbox}
   * @return its administrator, to be closed
   * @throws SQLException when nobody can connect to it
   */
  public static SandboxAdministrator of(ScratchDatabase database) throws SQLException {
    SandboxAdministrator administrator = new SandboxAdministrator(database.connectToRead());
    administrator.parser.prepare();
    return administrator;
  }

  /** Whose a statement is. */
  private enum Part {
    OWNER,
    OWNER_FIRST,
    EXTENSION,
    ALWAYS,
    LAST,
    NOBODY,
    EVENT_TRIGGER,
    EVENT_TRIGGER_DROP
  }

  /**
   * @param statements in order
   * @return the same with schemas and extensions first, which need nothing but each other
   */
  public static List<String> extensionsFirst(List<String> statements) {
    List<String> ordered = new ArrayList<>();
    statements.stream().filter(one -> CREATE_SCHEMA.matcher(one).matches()).forEach(ordered::add);
    statements.stream()
        .filter(one -> CREATE_EXTENSION.matcher(one).matches())
        .forEach(ordered::add);
    statements.stream()
        .filter(
            one ->
                !CREATE_SCHEMA.matcher(one).matches() && !CREATE_EXTENSION.matcher(one).matches())
        .forEach(ordered::add);
    return ordered;
  }

  /**
   * @param sql one statement
   * @return whether it is not the owner's to run, or not only
   * @throws SQLException when the connection is lost
   */
  public boolean takes(String sql) throws SQLException {
    return part(sql) != Part.OWNER;
  }

  /**
   * Runs a statement, or keeps it for the end.
   *
   * @param session of the owner; a transaction in it is committed where the statement is not run by
   *     the owner
   * @param sql one statement
   * @throws SQLException what PostgreSQL says to it
   * @throws MigrateException {@code UNTRUSTED_TARGET} when it needs a superuser and may call code
   */
  public void run(Connection session, String sql) throws SQLException {
    Part part = part(sql);
    switch (part) {
      case OWNER -> {
        try {
          own(session, sql);
        } catch (MigrateException refused) {
          if (!COMMENT.matcher(sql).matches() || parsed(sql) != Part.OWNER_FIRST) {
            throw refused;
          }
          administer(session, sql);
        }
      }
      case OWNER_FIRST -> {
        try {
          own(session, sql);
        } catch (MigrateException refused) {
          administer(session, sql);
        }
      }
      case EXTENSION -> {
        if (!Queries.column(connection, CODE).isEmpty()) {
          throw untrusted(sql, "there are functions already that its script could call", null);
        }
        administer(session, sql);
        for (String grant : Queries.column(connection, USE_OF_EXTENSIONS)) {
          Queries.execute(connection, grant);
        }
      }
      case ALWAYS -> administer(session, sql);
      case LAST -> last.add(sql);
      case NOBODY -> {
        // A role of the server's own name stays what it is: nothing of the target becomes its.
      }
      case EVENT_TRIGGER -> events.add(sql);
      case EVENT_TRIGGER_DROP -> {
        settle(session);
        Queries.execute(connection, sql);
      }
    }
  }

  /**
   * Runs what was kept for the end: owners and privileges, and then event triggers, which would
   * hear of all that follows.
   *
   * @param session of the owner
   * @param rights whether owners and privileges are wanted at all
   * @throws SQLException what PostgreSQL says to it
   */
  public void finish(Connection session, boolean rights) throws SQLException {
    List<String> owners = rights ? List.copyOf(last) : List.of();
    List<String> triggers = List.copyOf(events);
    last.clear();
    events.clear();
    for (String sql : owners) {
      administer(session, sql);
    }
    if (!triggers.isEmpty()) {
      settle(session);
      for (String sql : triggers) {
        Queries.execute(connection, sql);
      }
    }
  }

  private static void own(Connection session, String sql) throws SQLException {
    Savepoint before = session.getAutoCommit() ? null : session.setSavepoint();
    try {
      Queries.execute(session, sql);
    } catch (SQLException e) {
      if (before != null) {
        session.rollback(before);
      }
      if (SqlState.INSUFFICIENT_PRIVILEGE.is(e)) {
        throw untrusted(sql, e.getMessage().lines().findFirst().orElse(""), e);
      }
      throw e;
    }
  }

  private void administer(Connection session, String sql) throws SQLException {
    if (!Queries.column(
            connection, "SELECT evtname::pg_catalog.text FROM pg_catalog.pg_event_trigger")
        .isEmpty()) {
      throw untrusted(sql, "an event trigger would hear of it", null);
    }
    settle(session);
    Queries.execute(connection, sql);
  }

  /** What the owner has done so far has to be seen by us, and its locks must not stop us. */
  private static void settle(Connection session) throws SQLException {
    if (!session.getAutoCommit()) {
      session.commit();
    }
  }

  private Part part(String sql) throws SQLException {
    if (!CANDIDATE.matcher(sql).matches()) {
      return Part.OWNER;
    }
    if (PLAIN_GRANT.matcher(sql).matches()) {
      return Part.LAST;
    }
    Matcher owner = PLAIN_OWNER.matcher(sql);
    if (owner.matches() && !isKeyword(owner.group(1))) {
      return isPowerful(plain(owner.group(1))) ? Part.NOBODY : Part.LAST;
    }
    return parsed(sql);
  }

  private static String plain(String role) {
    return role.startsWith("\"") ? role.substring(1, role.length() - 1) : role.toLowerCase(ROOT);
  }

  /** Whoever is connected, which would be us. */
  private static boolean isKeyword(String role) {
    return Set.of("current_role", "current_user", "session_user").contains(role.toLowerCase(ROOT));
  }

  private Part parsed(String sql) throws SQLException {
    if (!(parser.parse(sql) instanceof ParseResult.Statements parsed)
        || parsed.nodes().size() != 1) {
      return Part.OWNER;
    }
    SyntaxNode node = parsed.nodes().get(0);
    if (node.is("CreateExtensionStmt")) {
      return Part.EXTENSION;
    }
    if (ALWAYS.contains(node.kind())) {
      return Part.ALWAYS;
    }
    if (EVENT_TRIGGER.contains(node.kind()) || concerns(node, "OBJECT_EVENT_TRIGGER")) {
      return node.is("DropStmt") ? Part.EVENT_TRIGGER_DROP : Part.EVENT_TRIGGER;
    }
    if (node.is("GrantStmt")) {
      return grantsOfServer(node) ? Part.NOBODY : Part.LAST;
    }
    if (node.is("AlterOwnerStmt") || changesOwner(node)) {
      String role = newOwner(node).orElse("");
      return role.isEmpty() || isPowerful(role) ? Part.NOBODY : Part.LAST;
    }
    if (node.is("AlterDefaultPrivilegesStmt")) {
      return Part.LAST;
    }
    if (WHEN_REFUSED.contains(node.kind())
        && (!node.is("DropStmt") || DROPPED.contains(node.text("removeType")))) {
      return Part.OWNER_FIRST;
    }
    return Part.OWNER;
  }

  private static boolean concerns(SyntaxNode node, String object) {
    return List.of("objtype", "objectType", "removeType").stream()
        .anyMatch(field -> node.text(field).equals(object));
  }

  private static boolean changesOwner(SyntaxNode node) {
    return node.is("AlterTableStmt")
        && node.list("cmds").stream()
            .allMatch(command -> command.text("subtype").equals("AT_ChangeOwner"));
  }

  private static Optional<String> newOwner(SyntaxNode node) {
    return node.node("newowner")
        .or(() -> node.list("cmds").stream().findFirst().flatMap(one -> one.node("newowner")))
        .map(role -> role.text("rolename"));
  }

  private boolean isPowerful(String role) throws SQLException {
    return !Queries.column(
            connection,
            "SELECT 1 FROM pg_catalog.pg_roles WHERE rolname = ? AND (rolsuper"
                + " OR pg_catalog.starts_with(rolname, 'pg_') AND rolname <> 'pg_database_owner')",
            role)
        .isEmpty();
  }

  /** Rights on what PostgreSQL itself brings, or on the server, belong to no database. */
  private static boolean grantsOfServer(SyntaxNode node) {
    return !Set.of(
                "OBJECT_TABLE",
                "OBJECT_SEQUENCE",
                "OBJECT_FUNCTION",
                "OBJECT_PROCEDURE",
                "OBJECT_ROUTINE",
                "OBJECT_SCHEMA",
                "OBJECT_TYPE",
                "OBJECT_DOMAIN",
                "OBJECT_LANGUAGE",
                "OBJECT_LARGEOBJECT",
                "OBJECT_FDW",
                "OBJECT_FOREIGN_SERVER")
            .contains(node.text("objtype"))
        || node.list("objects").stream()
            .anyMatch(
                object ->
                    object.text("schemaname").equals("pg_catalog")
                        || object.list("objname").stream()
                            .limit(1)
                            .anyMatch(name -> name.text("sval").equals("pg_catalog")));
  }

  private static MigrateException untrusted(String sql, String why, SQLException cause) {
    String line = sql.strip().lines().findFirst().orElse("");
    return new MigrateException(
        FailureCode.UNTRUSTED_TARGET,
        "The target holds something that only a superuser can make on the scratch server, and that"
            + " may run code of the target's: %s (%s).".formatted(line, why),
        TRUST,
        cause);
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
