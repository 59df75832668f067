package dev.migrate.backup;

import dev.migrate.backup.GzipMember.Part;
import dev.migrate.backup.Snapshot.StoredTable;
import dev.migrate.introspect.Scope;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlComment;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/**
 * Dumps a database over JDBC alone into one SQL file: the schema as the planner renders it, the
 * rows as {@code COPY} gives them.
 */
final class JdbcDump {
  private static final int LARGE_OBJECT_PIECE = 256 * 1024;
  private static final int SEQUENCES_PER_QUERY = 200;

  /**
   * As {@code pg_dump} begins its own files, so that nothing of the session leaks in; and money is
   * read as {@link Snapshot} had it written.
   */
  static final List<String> PREAMBLE =
      List.of(
          "SET statement_timeout = 0",
          "SET lock_timeout = 0",
          "SET idle_in_transaction_session_timeout = 0",
          "SET client_encoding = 'UTF8'",
          "SET lc_monetary = 'C'",
          "SET standard_conforming_strings = on",
          "SELECT pg_catalog.set_config('search_path', '', false)",
          "SET check_function_bodies = false",
          "SET xmloption = content",
          "SET client_min_messages = warning",
          "SET row_security = off");

  private static final String OWN_OBJECT =
      """
      not exists (select from pg_depend d where d.classid = 'pg_class'::regclass
        and d.objid = c.oid and d.deptype = 'e')
      """;

  private static final String SEQUENCES =
      """
      select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'S' and c.relpersistence <> 't' and n.nspname !~ '^pg_'
        and n.nspname <> 'information_schema' and (
        c.oid in (select unnest(extconfig) from pg_extension) or
      """
          + OWN_OBJECT
          + ") order by 1, 2";

  private static final String UNPOPULATED =
      """
      select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'm' and not c.relispopulated
      """;

  private static final String LARGE_OBJECTS =
      """
      select m.oid::text, pg_get_userbyid(m.lomowner), obj_description(m.oid, 'pg_largeobject')
      from pg_largeobject_metadata m order by m.oid
      """;

  private static final String LARGE_OBJECT_RIGHTS =
      """
      select m.oid::text, case when a.grantee = 0 then null else pg_get_userbyid(a.grantee)::text end,
        a.privilege_type, a.is_grantable::text
      from pg_largeobject_metadata m, aclexplode(m.lomacl) a
      where a.grantee <> m.lomowner order by m.oid, 2, 3
      """;

  private final Snapshot snapshot;
  private final PieceFile file;
  private final int jobs;
  private final ToIntFunction<StoredTable> limit;
  private final BackupProgress progress;

  JdbcDump(Snapshot snapshot, PieceFile file, int jobs, BackupProgress progress) {
    this(snapshot, file, jobs, table -> 0, progress);
  }

  /**
   * @param limit how many rows of a table at most; 0 is all
   */
  JdbcDump(
      Snapshot snapshot,
      PieceFile file,
      int jobs,
      ToIntFunction<StoredTable> limit,
      BackupProgress progress) {
    this.limit = limit;
    this.snapshot = snapshot;
    this.file = file;
    this.jobs = jobs;
    this.progress = progress;
  }

  /** The whole database, with the history table, owners and privileges. */
  static Scope everything() {
    return new Scope(new TreeSet<>(), "", true, true);
  }

  /**
   * @return the number of rows of each table
   */
  Map<StoredTable, Long> run(Schema schema, String title) throws SQLException, IOException {
    LoadOrder order = LoadOrder.of(schema, unpopulated());
    byte[] head =
        (SqlComment.line(title)
                + SqlComment.line("gunzip --stdout FILE | psql --set ON_ERROR_STOP=1 DATABASE")
                + "\n")
            .getBytes(StandardCharsets.UTF_8);
    file.append(Part.PREAMBLE, head, head.length);
    for (String sql : PREAMBLE) {
      file.statement(Part.PREAMBLE, sql);
    }
    for (String sql : order.before()) {
      file.statement(Part.BEFORE_DATA, sql);
    }
    Map<StoredTable, Long> counts = new TableDump(snapshot, file, jobs, limit, progress).run();
    sequences();
    largeObjects();
    largeObjectRights();
    for (LoadOrder.Stage stage : order.after()) {
      for (String sql : stage.statements()) {
        file.statement(stage.part(), sql);
      }
    }
    return counts;
  }

  private List<FactId> unpopulated() throws SQLException {
    List<FactId> ids = new ArrayList<>();
    for (List<String> row : Queries.all(snapshot.connection(), UNPOPULATED)) {
      ids.add(FactId.of(Kind.MATERIALIZED_VIEW, row.get(0), row.get(1)));
    }
    return ids;
  }

  /** Sequences know no snapshots: their values are those of now, which are never too low. */
  private void sequences() throws SQLException, IOException {
    List<String> names = new ArrayList<>();
    for (List<String> row : Queries.all(snapshot.connection(), SEQUENCES)) {
      names.add(SqlNames.qualified(row.get(0), row.get(1)));
    }
    for (int i = 0; i < names.size(); i += SEQUENCES_PER_QUERY) {
      List<String> queries = new ArrayList<>();
      for (String name : names.subList(i, Math.min(i + SEQUENCES_PER_QUERY, names.size()))) {
        queries.add(
            "SELECT "
                + SqlLiteral.literal(name)
                + ", last_value::text, is_called::text FROM "
                + name);
      }
      String query = String.join(" UNION ALL ", queries);
      for (List<String> row : Queries.all(snapshot.connection(), query)) {
        file.statement(
            Part.WITH_DATA,
            "SELECT pg_catalog.setval(%s, %s, %s)"
                .formatted(SqlLiteral.literal(row.get(0)), row.get(1), row.get(2)));
      }
    }
  }

  private void largeObjects() throws SQLException, IOException {
    for (List<String> row : Queries.all(snapshot.connection(), LARGE_OBJECTS)) {
      String oid = row.get(0);
      file.statement(Part.WITH_DATA, "SELECT pg_catalog.lo_create('" + oid + "')");
      byte[] piece;
      for (long offset = 0; (piece = largeObject(oid, offset)).length > 0; offset += piece.length) {
        file.statement(
            Part.WITH_DATA,
            "SELECT pg_catalog.lo_put(%s, %s, '\\x%s')"
                .formatted(oid, offset, HexFormat.of().formatHex(piece)));
      }
      if (row.get(2) != null) {
        file.statement(
            Part.WITH_DATA,
            "COMMENT ON LARGE OBJECT " + oid + " IS " + SqlLiteral.literal(row.get(2)));
      }
    }
  }

  private byte[] largeObject(String oid, long offset) throws SQLException {
    Connection connection = snapshot.connection();
    try (java.sql.Statement statement = connection.createStatement();
        java.sql.ResultSet result =
            statement.executeQuery(
                "SELECT pg_catalog.lo_get(%s, %s, %s)"
                    .formatted(oid, offset, LARGE_OBJECT_PIECE))) {
      result.next();
      return result.getBytes(1);
    }
  }

  private void largeObjectRights() throws SQLException, IOException {
    for (List<String> row : Queries.all(snapshot.connection(), LARGE_OBJECTS)) {
      file.statement(
          Part.RIGHTS,
          "ALTER LARGE OBJECT " + row.get(0) + " OWNER TO " + SqlNames.quote(row.get(1)));
    }
    for (List<String> row : Queries.all(snapshot.connection(), LARGE_OBJECT_RIGHTS)) {
      file.statement(
          Part.RIGHTS,
          "GRANT %s ON LARGE OBJECT %s TO %s%s"
              .formatted(
                  row.get(2),
                  row.get(0),
                  row.get(1) == null ? "PUBLIC" : SqlNames.quote(row.get(1)),
                  row.get(3).equals("true") ? " WITH GRANT OPTION" : ""));
    }
  }
}
