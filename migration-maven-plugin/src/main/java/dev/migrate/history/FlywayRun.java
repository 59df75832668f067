package dev.migrate.history;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.FlywayConfiguration;
import dev.migrate.script.FlywayResources;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.sql.PostgresError;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;

/**
 * Runs Flyway's {@code migrate} or {@code baseline} with exactly the revisions that it is to run,
 * or to record.
 */
final class FlywayRun {
  private final TargetSession session;
  private final RevisionFiles files;

  FlywayRun(TargetSession session, RevisionFiles files) {
    this.session = session;
    this.files = files;
  }

  /**
   * Runs what is pending of a plan.
   *
   * @param repeatables whether the repeatable migrations follow
   * @throws FlywayException when a script fails
   */
  void migrate(
      History history, List<Revision> plan, boolean repeatables, UpgradeProgress progress) {
    migrate(
        history,
        plan,
        configure(shown(history, plan), repeatables)
            .dataSource(
                new SharedConnection(
                    session.scripts(), false, progress::withoutMark, progress.notices()))
            .callbacks(progress));
    progress.confirm();
  }

  /**
   * Asks Flyway, which sums up a repeatable migration as it is once its placeholders are replaced.
   *
   * @return the repeatable migrations that it would run
   */
  List<Script> pendingRepeatables(History history) {
    Set<String> pending = new HashSet<>(history.failedRepeatables().keySet());
    lend(
        configure(Set.of(), true).skipDefaultCallbacks(true),
        flyway -> {
          for (MigrationInfo one : flyway.info().pending()) {
            if (one.getVersion() == null) {
              pending.add(one.getDescription());
            }
          }
        });
    return files.repeatables().stream()
        .filter(script -> pending.contains(script.description()))
        .toList();
  }

  /**
   * Records revisions as applied without running them, in the transaction that is open.
   *
   * @throws MigrateException when that fails; the transaction is to be rolled back then
   */
  void recordOnly(History history, List<Revision> revisions) {
    try {
      migrate(
          history,
          revisions,
          configure(shown(history, revisions), false)
              .skipDefaultCallbacks(true)
              .dataSource(
                  new SharedConnection(
                      session.scripts(),
                      true,
                      noMoreThan(revisions.size()),
                      NoticeListener.UNHEARD))
              .skipExecutingMigrations(true)
              .group(true)
              .mixed(true));
    } catch (FlywayException e) {
      throw explain(e);
    }
  }

  /** Flyway would record a revision again and again whose row it does not find afterwards. */
  private UnaryOperator<String> noMoreThan(int revisions) {
    AtomicInteger left = new AtomicInteger(revisions + 1); // and one for a schema that it creates
    String insert = "INSERT INTO " + session.table().quoted();
    return sql -> {
      if (sql.startsWith(insert) && left.decrementAndGet() < 0) {
        throw IntendedHistory.notKept("Nothing was recorded, because", session.table());
      }
      return sql;
    };
  }

  private void migrate(
      History history, List<Revision> revisions, FluentConfiguration configuration) {
    giveFailedOnesAnotherTry(history, revisions);
    lend(configuration, Flyway::migrate);
  }

  /** Tells Flyway what the history says, and lends it the session. */
  private void lend(FluentConfiguration configuration, Consumer<Flyway> use) {
    FlywayConfiguration.extension(configuration, HistoryForFlyway.class)
        .give(HistoryReader.read(session.connection(), session.table()));
    try {
      session.lend(() -> use.accept(configuration.load()));
    } catch (SQLException e) {
      throw DatabaseFailure.of("The session cannot be lent to Flyway", e);
    }
  }

  private Set<RevisionId> shown(History history, List<Revision> plan) {
    Set<RevisionId> shown = new HashSet<>(history.applied(ids()));
    shown.removeIf(id -> ranElsewhere(history, id));
    plan.forEach(revision -> shown.add(revision.id()));
    // Whoever is past the baseline may have no row for it; nothing is missing because of that.
    files
        .graph()
        .baseline()
        .map(Revision::id)
        .filter(id -> shown.stream().anyMatch(other -> other.compareTo(id) > 0))
        .ifPresent(shown::add);
    return shown;
  }

  /** Flyway would run the script, because the row is of another type than a script's. */
  private static boolean ranElsewhere(History history, RevisionId id) {
    return history.appliedRow(id).filter(row -> row.kind() == RowKind.ELSEWHERE).isPresent();
  }

  private List<RevisionId> ids() {
    return files.all().stream().map(RevisionFile::id).toList();
  }

  private FluentConfiguration configure(Set<RevisionId> shown, boolean repeatables) {
    List<RevisionFile> visible = shown.stream().map(files::find).flatMap(Optional::stream).toList();
    return files
        .folders()
        .conventions()
        .tell(session.flyway())
        .resourceProvider(FlywayResources.showing(files, visible, repeatables))
        .locations(
            files.folders().upgrades().stream()
                .map(folder -> "filesystem:" + folder)
                .toArray(String[]::new));
  }

  /** A failed row would stop Flyway; its tombstone keeps the story and lets the script run. */
  private void giveFailedOnesAnotherTry(History history, List<Revision> wanted) {
    Map<RevisionId, HistoryRow> failed = new HashMap<>(history.failed());
    failed.keySet().retainAll(wanted.stream().map(Revision::id).toList());
    try {
      for (HistoryRow row : failed.values()) {
        session.record(row.tombstone(row.took(), true));
      }
      for (HistoryRow row : history.standingFailures()) {
        session.record(row.tombstone(row.took(), true));
      }
    } catch (SQLException e) {
      throw DatabaseFailure.of("The history cannot be written", e);
    }
  }

  /** What stopped Flyway, when it was not a statement of a script. */
  static MigrateException explain(FlywayException e) {
    Optional<MigrateException> known =
        Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
            .filter(MigrateException.class::isInstance)
            .map(MigrateException.class::cast)
            .findFirst();
    if (known.isPresent()) {
      return known.get();
    }
    Optional<SQLException> sql = PostgresError.cause(e);
    if (sql.isPresent()) {
      return DatabaseFailure.of("The history could not be moved", sql.get());
    }
    String message = e.getMessage() == null ? e.toString() : e.getMessage().strip();
    return new MigrateException(
        FailureCode.DATABASE,
        "Flyway stopped: " + message,
        "See where the database stands with mvn migrate:current.",
        e);
  }
}
