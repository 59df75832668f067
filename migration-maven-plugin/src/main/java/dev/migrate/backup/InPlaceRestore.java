package dev.migrate.backup;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Statement;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A restore for a role that may not create databases: what is there is backed up, and then replaced
 * in one transaction.
 */
final class InPlaceRestore {
  private final Target target;
  private final String purpose;
  private final BackupOptions options;
  private final BackupProgress progress;

  InPlaceRestore(Target target, String purpose, BackupOptions options, BackupProgress progress) {
    this.target = target;
    this.purpose = purpose;
    this.options = options;
    this.progress = progress;
  }

  Restored run(
      Manifest manifest, Loading loading, Path file, boolean empty, boolean rights, long start) {
    Manifest safety = null;
    if (!empty) {
      safety =
          new Backup(target, purpose, manifest.historyTable(), options, progress)
              .take(connection -> List.of());
    }
    boolean compared =
        switch (manifest.layout()) {
          case SQL_GZ -> pieces(manifest, file, rights);
          case CUSTOM -> archive(manifest, loading, empty);
          case SQL ->
              throw new MigrateException(
                  FailureCode.RESTORE_REFUSED,
                  "A backup in plain SQL is restored into a new database, and %s may not create one."
                      .formatted(target.user()),
                  "Let an administrator run ALTER ROLE … CREATEDB, or run psql yourself.");
        };
    return new Restored(manifest, target.database(), null, safety, compared, Restore.since(start));
  }

  private boolean archive(Manifest manifest, Loading loading, boolean empty) {
    try {
      loading.pgRestore(
          target,
          empty
              ? List.of("--single-transaction")
              : List.of("--clean", "--if-exists", "--single-transaction"));
      return false;
    } catch (IOException e) {
      throw Restore.failed(manifest, e.getMessage(), e);
    }
  }

  private boolean pieces(Manifest manifest, Path file, boolean rights) {
    progress.begins(
        "Restoring into " + target.database(), manifest.tables().size(), manifest.bytes());
    try (Connection connection = target.connect(purpose)) {
      connection.setAutoCommit(false);
      Rows.execute(connection, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
      Rows.text(connection, "select pg_catalog.set_config('search_path', '', true)");
      for (Statement statement : removal()) {
        Rows.execute(connection, statement.sql());
      }
      Rows.all(
          connection, "select pg_catalog.lo_unlink(oid) from pg_catalog.pg_largeobject_metadata");
      new PieceLoader(file, rights, progress).load(connection);
      boolean comparable =
          connection.getMetaData().getDatabaseMajorVersion() == manifest.serverMajor();
      if (comparable) {
        Schema now = OpenTransaction.read(connection, Backup.comparable(manifest.historyTable()));
        Restore.requireSame(manifest, now.fingerprint().equals(manifest.fingerprint()));
      }
      Restore.requireSame(manifest, counted(connection));
      connection.commit();
      return comparable;
    } catch (SQLException e) {
      throw Restore.failed(manifest, Refusal.message(e), e);
    } catch (IOException e) {
      throw Restore.failed(manifest, e.getMessage(), e);
    } finally {
      progress.ends();
    }
  }

  private static List<TableContent> counted(Connection connection) throws SQLException {
    List<TableContent> found = new ArrayList<>();
    for (Snapshot.StoredTable table : Snapshot.tables(connection)) {
      found.add(Contents.one(connection, table, false));
    }
    return found;
  }

  /** Everything but what a new database has, too. */
  private List<Statement> removal() throws SQLException {
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
    Schema bare = new Schema(left, List.of(), Map.of(), present.origin());
    return AllRules.planner().plan(present, bare, PlanOptions.standard()).statements();
  }
}
