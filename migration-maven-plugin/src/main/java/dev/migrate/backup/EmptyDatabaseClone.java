package dev.migrate.backup;

import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Creates an empty database that is like another in everything that is not its content: encoding,
 * locale, owner, tablespace, settings, privileges, comment, connection limit.
 */
final class EmptyDatabaseClone {
  /** Settings that are lists of names; the rest is one text. As PostgreSQL's own pg_dump has it. */
  private static final Set<String> LISTS =
      Set.of(
          "local_preload_libraries",
          "search_path",
          "session_preload_libraries",
          "shared_preload_libraries",
          "temp_tablespaces",
          "unix_socket_directories");

  private static final String TABLESPACE_OF_TEMPLATE = "pg_default";

  private final Connection admin;
  private final String original;

  /**
   * @param admin to another database of the server
   * @param original the name of the database to be like
   */
  EmptyDatabaseClone(Connection admin, String original) {
    this.admin = admin;
    this.original = original;
  }

  void create(String name) throws SQLException {
    Queries.execute(
        admin,
        "CREATE DATABASE "
            + SqlNames.quote(name)
            + " TEMPLATE template0"
            + like()
            + OrphanedCopies.mark());
    Queries.execute(
        admin,
        "COMMENT ON DATABASE "
            + SqlNames.quote(name)
            + " IS "
            + SqlLiteral.literal(
                "A restore is filling this database, and gives it the name "
                    + original
                    + " when it is complete. If no restore runs, the next one sweeps it."));
  }

  private String like() throws SQLException {
    int major = admin.getMetaData().getDatabaseMajorVersion();
    String provider = major >= 15 ? "datlocprovider::text" : "'c'";
    String locale = major >= 17 ? "datlocale" : major >= 15 ? "daticulocale" : "null::text";
    String rules = major >= 16 ? "daticurules" : "null::text";
    List<String> row =
        Queries.all(
                admin,
                """
                select pg_encoding_to_char(encoding), datcollate, datctype,
                  pg_get_userbyid(datdba)::text, spcname::text, %s, %s, %s
                from pg_database d join pg_tablespace t on t.oid = d.dattablespace
                where datname = %s
                """
                    .formatted(provider, locale, rules, SqlLiteral.literal(original)))
            .get(0);
    StringBuilder sql = new StringBuilder();
    sql.append(" ENCODING ").append(SqlLiteral.literal(row.get(0)));
    sql.append(" LC_COLLATE ").append(SqlLiteral.literal(row.get(1)));
    sql.append(" LC_CTYPE ").append(SqlLiteral.literal(row.get(2)));
    sql.append(" OWNER ").append(SqlNames.quote(row.get(3)));
    if (!row.get(4).equals(TABLESPACE_OF_TEMPLATE)) {
      // Naming it needs a right that hardly anybody has on the usual one.
      sql.append(" TABLESPACE ").append(SqlNames.quote(row.get(4)));
    }
    switch (row.get(5)) {
      case "i" -> {
        sql.append(" LOCALE_PROVIDER icu ICU_LOCALE ").append(SqlLiteral.literal(row.get(6)));
        if (row.get(7) != null) {
          sql.append(" ICU_RULES ").append(SqlLiteral.literal(row.get(7)));
        }
      }
      case "b" ->
          sql.append(" LOCALE_PROVIDER builtin BUILTIN_LOCALE ")
              .append(SqlLiteral.literal(row.get(6)));
      default -> {
        if (major >= 15) {
          // Else it would be that of template0, which need not be the original's.
          sql.append(" LOCALE_PROVIDER libc");
        }
      }
    }
    return sql.toString();
  }

  /**
   * Gives the new database, which must be the only thing of its name, the rest but its limit of
   * connections and its comment.
   */
  void dress(String name) throws SQLException {
    for (String sql : clothes(name)) {
      Queries.execute(admin, sql);
    }
  }

  /**
   * @return what takes our mark and our comment away again, and puts the original's in their place
   */
  List<String> unmark(String name) throws SQLException {
    String twin = SqlNames.quote(name);
    String same = " from pg_catalog.pg_database where datname = " + SqlLiteral.literal(original);
    String comment =
        Queries.text(admin, "select pg_catalog.shobj_description(oid, 'pg_database')" + same);
    return List.of(
        "COMMENT ON DATABASE %s IS %s"
            .formatted(twin, comment == null ? "NULL" : SqlLiteral.literal(comment)),
        "ALTER DATABASE %s CONNECTION LIMIT %s"
            .formatted(twin, Queries.text(admin, "select datconnlimit::text" + same)));
  }

  private List<String> clothes(String name) throws SQLException {
    String twin = SqlNames.quote(name);
    String same = " from pg_database where datname = " + SqlLiteral.literal(original);
    List<String> statements = new ArrayList<>();
    for (List<String> row :
        Queries.all(
            admin,
            """
            select (select rolname::text from pg_roles r where r.oid = s.setrole), c
            from pg_db_role_setting s, unnest(s.setconfig) c
            where s.setdatabase = (select oid from pg_database where datname = %s)
            """
                .formatted(SqlLiteral.literal(original)))) {
      statements.add(
          (row.get(0) == null
                  ? "ALTER DATABASE " + twin
                  : "ALTER ROLE " + SqlNames.quote(row.get(0)) + " IN DATABASE " + twin)
              + " SET "
              + setting(row.get(1)));
    }
    if (Queries.text(admin, "select datacl::text" + same) != null) {
      statements.add("REVOKE ALL ON DATABASE " + twin + " FROM PUBLIC");
      for (List<String> row :
          Queries.all(
              admin,
              """
              select case when a.grantee = 0 then null else pg_get_userbyid(a.grantee)::text end,
                a.privilege_type, a.is_grantable::text
              from pg_database d, aclexplode(d.datacl) a where d.datname = %s
              """
                  .formatted(SqlLiteral.literal(original)))) {
        statements.add(
            "GRANT %s ON DATABASE %s TO %s%s"
                .formatted(
                    row.get(1),
                    twin,
                    row.get(0) == null ? "PUBLIC" : SqlNames.quote(row.get(0)),
                    row.get(2).equals("true") ? " WITH GRANT OPTION" : ""));
      }
    }
    return statements;
  }

  static String setting(String stored) {
    int equals = stored.indexOf('=');
    String name = stored.substring(0, equals);
    String value = stored.substring(equals + 1);
    String quoted =
        Arrays.stream(name.split("\\.")).map(SqlNames::quote).collect(Collectors.joining("."));
    if (!LISTS.contains(name) || value.isEmpty()) {
      return quoted + " TO " + SqlLiteral.literal(value);
    }
    List<String> items = new ArrayList<>();
    for (String item : value.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
      String plain = item.strip();
      items.add(SqlLiteral.literal(SqlNames.unquoted(plain)));
    }
    return quoted + " TO " + String.join(", ", items);
  }
}
