package dev.migrate.backup;

import dev.migrate.sql.Queries;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Fingerprint of the state of a database, made of transaction ids and sequence positions: when it
 * is the same again later, nothing was written in between. Whatever writes, rows or schema, takes a
 * transaction number, and numbers are the whole server's; so the mark changes too often rather than
 * too rarely. Sequences move without one, so their positions are part of it. So is what tells
 * servers, databases, and the lives of a server after a failover or a recovery apart, which hand
 * out the same numbers again.
 */
final class DatabaseFingerprint {
  private static final String TELLABLE =
      """
      select not pg_catalog.pg_is_in_recovery()
        and pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE')
        and not exists (select from pg_catalog.pg_class c where
          case when c.relkind = 'S' and c.relpersistence <> 't'
            then not pg_catalog.has_sequence_privilege(c.oid, 'SELECT') else false end)
        and pg_catalog.pg_snapshot_xmin(pg_catalog.pg_current_snapshot())
          = pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot())
      """;

  private static final String MARK =
      """
      select pg_catalog.concat_ws('/', s.system_identifier,
        pg_catalog.left(pg_catalog.pg_walfile_name(pg_catalog.pg_current_wal_lsn()), 8), d.oid,
        pg_catalog.pg_snapshot_xmax(pg_catalog.pg_current_snapshot()),
        (select pg_catalog.md5(pg_catalog.string_agg(
            pg_catalog.concat_ws(' ', q.schemaname, q.sequencename, q.last_value), ','
            order by q.schemaname, q.sequencename)) from pg_catalog.pg_sequences q))
      from pg_catalog.pg_control_system() s, pg_catalog.pg_database d
      where d.datname = pg_catalog.current_database()
      """;

  private DatabaseFingerprint() {}

  /**
   * @param connection to the database; in a transaction, the mark is that of its snapshot
   * @return the mark; null when somebody was writing, or it cannot be told
   */
  static String mark(Connection connection) throws SQLException {
    return "t".equals(Queries.text(connection, TELLABLE)) ? Queries.text(connection, MARK) : null;
  }
}
