package dev.migrate.sql;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Quotes identifiers for SQL, and unquotes them. This is the one place that puts quotes around an
 * identifier and takes them off: what a database calls its objects may hold anything, quotes as
 * well.
 */
public final class SqlNames {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  /**
   * The words that {@code pg_get_keywords()} of PostgreSQL 13 to 18 reports as not entirely
   * unreserved; {@code quote_ident} quotes the same.
   */
  private static final Set<String> KEYWORDS =
      Arrays.stream(
              """
              all analyse analyze and any array as asc asymmetric authorization between bigint binary
              bit boolean both case cast char character check coalesce collate collation column
              concurrently constraint create cross current_catalog current_date current_role
              current_schema current_time current_timestamp current_user dec decimal default deferrable
              desc distinct do else end except exists extract false fetch float for foreign freeze from
              full grant greatest group grouping having ilike in initially inner inout int integer
              intersect interval into is isnull join json json_array json_arrayagg json_exists
              json_object json_objectagg json_query json_scalar json_serialize json_table json_value
              lateral leading least left like limit localtime localtimestamp merge_action national
              natural nchar none normalize not notnull null nullif numeric offset on only or order out
              outer overlaps overlay placing position precision primary real references returning right
              row select session_user setof similar smallint some substring symmetric system_user table
              tablesample then time timestamp to trailing treat trim true union unique user using values
              varchar variadic verbose when where window with xmlattributes xmlconcat xmlelement
              xmlexists xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
              """
                  .split("\\s+"))
          .collect(Collectors.toUnmodifiableSet());

  private SqlNames() {}

  /**
   * @return the name as an identifier, in quotes where PostgreSQL needs them and nowhere else: what
   *     people read
   */
  public static String quote(String name) {
    return PLAIN.matcher(name).matches() && !KEYWORDS.contains(name) ? name : inQuotes(name);
  }

  /**
   * @return the name as an identifier in quotes, whatever it is: what is compared, or read by other
   *     programs than PostgreSQL
   */
  public static String inQuotes(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /**
   * @param identifier a name as it stands in SQL
   * @return the name: without quotes if it has them, else as it is
   */
  public static String unquoted(String identifier) {
    boolean quoted =
        identifier.length() > 1 && identifier.startsWith("\"") && identifier.endsWith("\"");
    return quoted ? inside(identifier.substring(1, identifier.length() - 1)) : identifier;
  }

  /**
   * @param quoted what stands between the quotes of an identifier
   * @return the name
   */
  public static String inside(String quoted) {
    return quoted.replace("\"\"", "\"");
  }

  /**
   * @return both as an identifier
   */
  public static String qualified(String schema, String name) {
    return quote(schema) + "." + quote(name);
  }

  /**
   * @return them as a list of identifiers
   */
  public static String list(Collection<String> names) {
    return names.stream().map(SqlNames::quote).collect(Collectors.joining(", "));
  }

  /**
   * @param role a role, or {@code public}
   * @return it as it stands in GRANT
   */
  public static String role(String role) {
    return role.equals("public") ? "PUBLIC" : quote(role);
  }
}
