package dev.migrate.backup;

import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The extensions of a database that the connected role can neither drop nor create again, because a
 * superuser has installed them: what replaces the content of the database leaves them, and their
 * schemas, as they are.
 *
 * @param names the extensions
 * @param schemas the schemas that they lie in, but for those that every database has
 * @param members what belongs to them, qualified and quoted
 */
record UndroppableExtensions(Set<String> names, Set<String> schemas, Set<String> members) {
  static final UndroppableExtensions NONE = new UndroppableExtensions(Set.of(), Set.of(), Set.of());

  private static final String NOT_OURS =
      """
      select e.extname::text, n.nspname::text from pg_catalog.pg_extension e
      join pg_catalog.pg_namespace n on n.oid = e.extnamespace
      where not pg_catalog.pg_has_role(e.extowner, 'USAGE') and e.extname <> 'plpgsql'
      """;

  private static final String MEMBERS =
      """
      select n.nspname::text, c.relname::text from pg_catalog.pg_depend d
      join pg_catalog.pg_extension e on e.oid = d.refobjid
      join pg_catalog.pg_class c on c.oid = d.objid
      join pg_catalog.pg_namespace n on n.oid = c.relnamespace
      where d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass and d.deptype = 'e'
        and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        and not pg_catalog.pg_has_role(e.extowner, 'USAGE')
      union
      select n.nspname::text, p.proname::text from pg_catalog.pg_depend d
      join pg_catalog.pg_extension e on e.oid = d.refobjid
      join pg_catalog.pg_proc p on p.oid = d.objid
      join pg_catalog.pg_namespace n on n.oid = p.pronamespace
      where d.classid = 'pg_catalog.pg_proc'::pg_catalog.regclass and d.deptype = 'e'
        and d.refclassid = 'pg_catalog.pg_extension'::pg_catalog.regclass
        and not pg_catalog.pg_has_role(e.extowner, 'USAGE')
      """;

  /**
   * Those that only a superuser can create, whoever has. The owner of a database may create trusted
   * ones.
   */
  private static final String FOR_SUPERUSERS =
      """
      select e.extname::text from pg_catalog.pg_extension e
      where e.extname <> 'plpgsql' and not coalesce((select bool_or(v.trusted or not v.superuser)
        from pg_catalog.pg_available_extension_versions v
        where v.name = e.extname and v.version = e.extversion), false)
      order by 1
      """;

  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?s)\\s*(?:(?:CREATE|COMMENT ON|ALTER) (EXTENSION|SCHEMA)|SELECT pg_catalog\\.(setval)\\(|"
              + "(COPY|GRANT|REVOKE)\\b)(.*)");

  private static final String IDENTIFIER = "(?:\"(?:[^\"]|\"\")+\"|[\\w$]+)";

  private static final Pattern QUALIFIED = Pattern.compile(IDENTIFIER + "\\." + IDENTIFIER);

  private static final Pattern ENTRY =
      Pattern.compile(
          "\\d+; \\d+ \\d+ (EXTENSION|SCHEMA|COMMENT|ACL|TABLE DATA|SEQUENCE SET) (\\S+) (.*)");

  UndroppableExtensions {
    names = Set.copyOf(names);
    schemas = Set.copyOf(schemas);
    members = Set.copyOf(members);
  }

  static UndroppableExtensions of(Connection connection) throws SQLException {
    Set<String> names = new HashSet<>();
    Set<String> schemas = new HashSet<>();
    for (List<String> row : Queries.all(connection, NOT_OURS)) {
      names.add(row.get(0));
      schemas.add(row.get(1));
    }
    schemas.removeAll(Set.of("public", "pg_catalog"));
    Set<String> members = new HashSet<>();
    for (List<String> row : Queries.all(connection, MEMBERS)) {
      members.add(SqlNames.qualified(row.get(0), row.get(1)));
    }
    return new UndroppableExtensions(names, schemas, members);
  }

  /**
   * @return those of a database that only a superuser can create
   */
  static List<String> forSuperusers(Connection connection) throws SQLException {
    return Queries.column(connection, FOR_SUPERUSERS);
  }

  boolean isEmpty() {
    return names.isEmpty();
  }

  /** Their facts, with the schemas that they lie in and the comments on both. */
  List<Fact> facts(Schema present) {
    List<FactId> wanted = new ArrayList<>();
    names.forEach(name -> wanted.add(FactId.of(Kind.EXTENSION, name)));
    schemas.forEach(name -> wanted.add(FactId.of(Kind.SCHEMA, name)));
    List<Fact> facts = new ArrayList<>();
    for (FactId id : wanted) {
      present.find(id).ifPresent(facts::add);
      present.find(FactId.about(Kind.COMMENT, id)).ifPresent(facts::add);
    }
    return facts;
  }

  /** Whether a piece of our own engine's file is about something that stays. */
  boolean leavesOut(byte[] content) {
    if (isEmpty()) {
      return false;
    }
    // What a piece is about stands at its beginning; rows can be long.
    String head = new String(content, 0, Math.min(content.length, 4096), StandardCharsets.UTF_8);
    Matcher statement = STATEMENT.matcher(head);
    if (!statement.matches()) {
      return false;
    }
    String rest = statement.group(4);
    if (statement.group(1) != null) {
      Set<String> kept = statement.group(1).equals("EXTENSION") ? names : schemas;
      boolean makes = head.stripLeading().startsWith("CREATE") || kept == names;
      return makes && kept.stream().anyMatch(name -> begins(rest, SqlNames.quote(name)));
    }
    Matcher first = QUALIFIED.matcher(rest);
    return first.find() && members.contains(first.group());
  }

  private static boolean begins(String rest, String name) {
    String text = rest.stripLeading();
    return text.startsWith(name) && !text.substring(name.length()).matches("(?s)[\\w$\"].*");
  }

  /** Whether a line of {@code pg_restore --list} is about something that stays. */
  boolean leavesOut(String line) {
    Matcher entry = ENTRY.matcher(line);
    if (isEmpty() || !entry.matches()) {
      return false;
    }
    String schema = entry.group(2);
    String rest = entry.group(3);
    return switch (entry.group(1)) {
      case "EXTENSION" -> anyOf(names, rest);
      case "SCHEMA" -> anyOf(schemas, rest);
      case "COMMENT" ->
          rest.startsWith("EXTENSION ") && anyOf(names, rest.substring("EXTENSION ".length()));
      case "ACL" -> rest.contains(" ") && isMember(schema, rest.substring(rest.indexOf(' ') + 1));
      default -> isMember(schema, rest);
    };
  }

  private static boolean anyOf(Set<String> names, String rest) {
    return names.stream().anyMatch(name -> (rest + " ").startsWith(name + " "));
  }

  private boolean isMember(String schema, String rest) {
    return members.stream()
        .anyMatch(
            member -> {
              String name = rest.split("[ (]", 2)[0];
              return member.equals(SqlNames.qualified(schema, name));
            });
  }

  /** For people. */
  static String list(List<String> names) {
    return names.stream().map(SqlNames::quote).collect(Collectors.joining(", "));
  }
}
