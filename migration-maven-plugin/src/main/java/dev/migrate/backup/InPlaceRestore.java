package dev.migrate.backup;

import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Statement;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.PostgresError;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlLiteral;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Restore into the existing database in one transaction, for a role that may not create databases:
 * what is there is backed up, and then replaced. From before that backup on nobody can write; else
 * what is written in between would be in neither.
 */
final class InPlaceRestore {
  private static final String NO_LARGE_OBJECTS =
      "select pg_catalog.lo_unlink(oid) from pg_catalog.pg_largeobject_metadata";

  private final Target target;
  private final String purpose;
  private final BackupOptions options;
  private final BackupProgress progress;
  private final HistoryLockHold hold;

  InPlaceRestore(
      Target target,
      String purpose,
      BackupOptions options,
      BackupProgress progress,
      HistoryLockHold hold) {
    this.hold = hold;
    this.target = target;
    this.purpose = purpose;
    this.options = options;
    this.progress = progress;
  }

  RestoreResult run(
      Manifest manifest,
      BackupLoader loading,
      Path file,
      boolean empty,
      boolean rights,
      long start) {
    Manifest[] safety = {null};
    Runnable before =
        () -> {
          if (!empty) {
            safety[0] =
                new Backup(target, purpose, manifest.historyTable(), options, progress)
                    .take(connection -> List.of());
          }
          progress.begins(
              "Restoring into " + target.database(), manifest.tables().size(), manifest.bytes());
        };
    boolean compared =
        manifest.layout() == Manifest.Layout.SQL_GZ
            ? pieces(manifest, file, rights, before)
            : script(manifest, loading, before);
    return new RestoreResult(
        manifest, target.database(), null, safety[0], compared, Restore.since(start));
  }

  /** What keeps everybody else from writing until the end of the transaction. */
  private List<String> locks() throws SQLException {
    List<String> statements = new ArrayList<>();
    statements.add("SET LOCAL idle_in_transaction_session_timeout = 0");
    statements.add("SET LOCAL lock_timeout = '" + Snapshot.LOCK_TIMEOUT + "'");
    try (Connection connection = target.connect(purpose)) {
      for (Snapshot.StoredTable table : Snapshot.tables(connection)) {
        if (!table.configuration()) {
          statements.add("LOCK TABLE ONLY " + table.quoted() + " IN SHARE MODE");
        }
      }
    }
    return statements;
  }

  /** By psql, in one transaction: away with what is there, the backup, and a look at its rows. */
  private boolean script(Manifest manifest, BackupLoader loading, Runnable whenLocked) {
    try (Connection witness = target.connect(purpose)) {
      StringBuilder before =
          new StringBuilder("SELECT pg_catalog.set_config('search_path', '', false);\n");
      UndroppableExtensions kept = UndroppableExtensions.of(witness);
      removal(kept).forEach(statement -> before.append(statement.sql()).append(";\n"));
      before.append(NO_LARGE_OBJECTS).append(";\n");
      long mark = ThreadLocalRandom.current().nextLong(1L << 40, 1L << 60);
      List<String> locks = locks();
      locks.add("SELECT pg_catalog.pg_advisory_xact_lock(" + mark + ")");
      loading.inOneTransaction(
          target,
          new BackupLoader.Locking(
              String.join(";\n", locks) + ";\n", () -> isTaken(witness, mark), whenLocked),
          kept,
          before.toString(),
          counting(manifest) + stillLocked() + ";\n");
      return false;
    } catch (SQLException e) {
      throw RestoreComparison.failed(manifest, PostgresError.messageAndDetail(e), e);
    } catch (IOException e) {
      throw RestoreComparison.failed(manifest, e.getMessage(), e);
    } finally {
      progress.ends();
    }
  }

  /** The last of the locks is a mark that can be seen from outside. */
  private static boolean isTaken(Connection witness, long mark) throws SQLException {
    if ("f".equals(Queries.text(witness, "select pg_catalog.pg_try_advisory_lock(" + mark + ")"))) {
      return true;
    }
    Queries.text(witness, "select pg_catalog.pg_advisory_unlock(" + mark + ")");
    return false;
  }

  /** What fails when a table has not as many rows as it had. Tables of extensions are left out. */
  private static String counting(Manifest manifest) {
    StringBuilder sql = new StringBuilder();
    for (TableChecksum table : manifest.tables()) {
      String name = SqlNames.qualified(table.schema(), table.table());
      sql.append(
          """
          DO %s;
          """
              .formatted(
                  SqlLiteral.literal(
                      """
                      DECLARE found bigint;
                      BEGIN
                        IF NOT EXISTS (SELECT FROM pg_catalog.pg_extension
                            WHERE %1$s::pg_catalog.regclass = ANY (extconfig)) THEN
                          SELECT count(*) INTO found FROM ONLY %2$s;
                          IF found <> %3$s THEN
                            RAISE EXCEPTION '%% has %% rows instead of %3$s', %1$s, found;
                          END IF;
                        END IF;
                      END"""
                          .formatted(SqlLiteral.literal(name), name, table.rows()))));
    }
    return sql.toString();
  }

  private boolean pieces(Manifest manifest, Path file, boolean rights, Runnable whenLocked) {
    try (Connection connection = target.connect(purpose)) {
      connection.setAutoCommit(false);
      Queries.execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      // None of these takes the snapshot of the transaction, which has to see what came before.
      for (String sql : locks()) {
        Queries.execute(connection, sql);
      }
      whenLocked.run();
      Queries.text(connection, "select pg_catalog.set_config('search_path', '', true)");
      UndroppableExtensions kept = UndroppableExtensions.of(connection);
      for (Statement statement : removal(kept)) {
        Queries.execute(connection, statement.sql());
      }
      Queries.all(connection, NO_LARGE_OBJECTS);
      new ParallelLoader(file, rights, kept, progress).load(connection);
      boolean comparable =
          connection.getMetaData().getDatabaseMajorVersion() == manifest.serverMajor();
      if (comparable) {
        Schema now =
            new Introspector(Backup.comparable(manifest.historyTable())).readInside(connection);
        RestoreComparison.requireSame(manifest, now.fingerprint().equals(manifest.fingerprint()));
      }
      RestoreComparison.requireSame(
          without(kept, manifest.tables()), manifest, counted(connection, kept));
      Queries.execute(connection, stillLocked());
      connection.commit();
      return comparable;
    } catch (SQLException e) {
      throw RestoreComparison.failed(manifest, PostgresError.messageAndDetail(e), e);
    } catch (IOException e) {
      throw RestoreComparison.failed(manifest, e.getMessage(), e);
    } finally {
      progress.ends();
    }
  }

  /** What fails when somebody may be upgrading what is here, and would find something else. */
  private String stillLocked() {
    return "DO "
        + SqlLiteral.literal(
            """
            BEGIN
              IF NOT EXISTS (SELECT FROM pg_catalog.pg_locks
                  WHERE pid = %d AND locktype = 'advisory' AND granted) THEN
                RAISE EXCEPTION 'the session that held the lock of the history was lost';
              END IF;
            END"""
                .formatted(hold.pid()));
  }

  private static List<TableChecksum> counted(Connection connection, UndroppableExtensions kept)
      throws SQLException {
    List<TableChecksum> found = new ArrayList<>();
    for (Snapshot.StoredTable table : Snapshot.tables(connection)) {
      found.add(TableChecksums.one(connection, new Snapshot.Segment(table, 0, 0), false));
    }
    return without(kept, found);
  }

  private static List<TableChecksum> without(
      UndroppableExtensions kept, List<TableChecksum> tables) {
    return tables.stream()
        .filter(one -> !kept.members().contains(SqlNames.qualified(one.schema(), one.table())))
        .toList();
  }

  /** Everything but what a new database has, too. */
  private List<Statement> removal(UndroppableExtensions kept) throws SQLException {
    Schema present;
    try (Connection connection = target.connect(purpose)) {
      present = new Introspector(new Scope(new TreeSet<>(), "", false, false)).read(connection);
    }
    List<Fact> left = new ArrayList<>();
    for (FactId id :
        List.of(FactId.of(Kind.SCHEMA, "public"), FactId.of(Kind.EXTENSION, "plpgsql"))) {
      present.find(id).ifPresent(left::add);
      present.find(FactId.about(Kind.COMMENT, id)).ifPresent(left::add);
    }
    left.addAll(kept.facts(present));
    Schema bare = new Schema(left, List.of(), Map.of(), present.origin());
    return AllRules.planner().plan(present, bare, PlanOptions.standard()).statements();
  }
}
