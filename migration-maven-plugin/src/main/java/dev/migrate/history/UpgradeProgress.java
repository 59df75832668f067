package dev.migrate.history;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.ParsedScript;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.callback.Callback;
import org.flywaydb.core.api.callback.Context;
import org.flywaydb.core.api.callback.Event;

/**
 * Flyway callback that follows an upgrade script by script. A script that runs outside a
 * transaction is recorded as failed before it starts, and that mark goes in the very statement in
 * which its outcome comes, so that a process may be killed at any moment and leaves a history that
 * tells the truth.
 */
final class UpgradeProgress implements Callback {
  private final TargetSession session;
  private final NoticeListener notices;
  private final Map<RevisionId, RevisionFile> pending;
  private final Map<RevisionId, ParsedScript> feared;
  private final Set<String> settings;
  private final Map<RevisionId, Duration> took = new LinkedHashMap<>();
  private int repeatables;
  private final Map<String, Script> repeatableScripts;
  private Running running;
  private HalfDoneObjects.Left left = HalfDoneObjects.Left.NOTHING;
  private TargetSession.Surroundings surroundings;

  /** Ours, and the one that Flyway takes around each script. */
  private static final int LOCKS_IN_FLYWAY = 2;

  /**
   * @param session the connection at work
   * @param files all scripts of the project
   * @param pending the revisions to come
   * @param feared the scripts of those that can leave something half done
   */
  UpgradeProgress(
      TargetSession session,
      RevisionFiles files,
      Map<RevisionId, RevisionFile> pending,
      Map<RevisionId, ParsedScript> feared) {
    this.session = session;
    this.notices = new NoticeListener(session.progress(), this::isGeneratedAtWork);
    this.pending = pending;
    this.feared = feared;
    this.settings = files.callbackNames();
    this.repeatableScripts =
        files.repeatables().stream()
            .collect(Collectors.toMap(Script::description, script -> script, (one, other) -> one));
  }

  /** The script at work. */
  private static final class Running {
    private final String file;
    private final Optional<Revision> revision;
    private final long startedAt = System.nanoTime();
    private final boolean outside;
    private Duration duration;
    private int marker;
    private Optional<HalfDoneObjects> halfDone = Optional.empty();

    Running(String file, Optional<Revision> revision, boolean outside) {
      this.file = file;
      this.revision = revision;
      this.outside = outside;
    }
  }

  /**
   * @return tells what PostgreSQL says meanwhile
   */
  NoticeListener notices() {
    return notices;
  }

  private boolean isGeneratedAtWork() {
    return running != null
        && running.duration == null
        && running
            .revision
            .map(revision -> pending.get(revision.id()))
            .filter(file -> file.upgrade().generated())
            .isPresent();
  }

  /**
   * @return how long each revision took that is committed
   */
  Map<RevisionId, Duration> took() {
    return took;
  }

  /**
   * @return how many repeatable migrations ran
   */
  int repeatables() {
    return repeatables;
  }

  /**
   * @return the file of the script that was begun last and is not committed
   */
  Optional<String> file() {
    return Optional.ofNullable(running).map(script -> script.file);
  }

  /**
   * @return its revision; none when it is a repeatable migration
   */
  Optional<Revision> revision() {
    return Optional.ofNullable(running).flatMap(script -> script.revision);
  }

  /**
   * @return whether it ran in a transaction, so that nothing of it stays when it fails
   */
  boolean isRolledBack() {
    return running == null || !running.outside;
  }

  /**
   * The mark goes when the outcome comes: in one statement, so that there is always one of them.
   * Until then Flyway, which would stop at a failed migration, does not see it.
   *
   * @param sql what Flyway is about to prepare
   * @return what to prepare instead
   */
  String withoutMark(String sql) {
    String table = session.table().quoted();
    if (running == null || running.marker == 0) {
      return sql;
    }
    int marker = running.marker;
    if (sql.startsWith("INSERT INTO " + table)) {
      running.marker = 0;
      return "WITH begun AS (DELETE FROM %s WHERE installed_rank OPERATOR(pg_catalog.=) %d) %s"
          .formatted(table, marker, sql);
    }
    return sql.replace(
        " FROM " + table + " WHERE ",
        " FROM %s WHERE installed_rank OPERATOR(pg_catalog.<>) %d AND ".formatted(table, marker));
  }

  /**
   * @return whether it ran outside a transaction and says that it may run again
   */
  boolean isRepeatable() {
    return !isRolledBack()
        && revision()
            .map(at -> pending.get(at.id()))
            .filter(file -> file.upgrade().repeatable())
            .isPresent();
  }

  /**
   * What ended and stands in the history is committed, although Flyway failed afterwards.
   *
   * @param history as it is now
   */
  void confirm(History history) {
    if (running != null
        && running.duration != null
        && running.revision.flatMap(at -> history.appliedRow(at.id())).isPresent()) {
      confirm();
    }
  }

  /** What ended is committed: the next script begins, or Flyway is through. */
  void confirm() {
    if (running != null && running.duration != null) {
      if (running.revision.isPresent()) {
        took.put(running.revision.get().id(), running.duration);
        session.progress().finished(running.revision.get(), running.duration);
      } else {
        repeatables++;
      }
    }
    running = null;
  }

  @Override
  public boolean supports(Event event, Context context) {
    return switch (event) {
      case BEFORE_EACH_MIGRATE, AFTER_EACH_MIGRATE, AFTER_EACH_MIGRATE_ERROR -> true;
      default -> false;
    };
  }

  @Override
  public boolean canHandleInTransaction(Event event, Context context) {
    return true;
  }

  @Override
  public void handle(Event event, Context context) {
    try {
      switch (event) {
        case BEFORE_EACH_MIGRATE -> begin(context);
        case AFTER_EACH_MIGRATE -> end();
        default -> fail();
      }
    } catch (SQLException e) {
      throw new FlywayException("The history cannot be written", e);
    }
  }

  private void begin(Context context) throws SQLException {
    requireRecorded();
    confirm();
    MigrationInfo migration = context.getMigrationInfo();
    Optional<RevisionFile> file =
        Optional.ofNullable(migration.getVersion())
            .map(version -> pending.get(RevisionId.of(version.getVersion())));
    Optional<Revision> revision = file.map(RevisionFile::revision);
    if (surroundings == null) {
      surroundings = TargetSession.Surroundings.of(session, settings);
    }
    session.keepLock(LOCKS_IN_FLYWAY);
    Optional<Script> repeatable =
        file.isPresent()
            ? Optional.empty()
            : Optional.ofNullable(repeatableScripts.get(migration.getDescription()));
    file.ifPresent(known -> requireUnchanged(known, migration));
    repeatable.ifPresent(Script::requireUnchanged);
    boolean outside = context.getConnection().getAutoCommit();
    Optional<Script> script = file.map(RevisionFile::upgrade).or(() -> repeatable);
    running =
        new Running(script.map(Script::name).orElse(migration.getScript()), revision, outside);
    // What runs was read before the first script ran; its file may be another one by now.
    Optional<ParsedScript> compared = revision.map(at -> feared.get(at.id()));
    if (repeatable.isPresent() && HalfDoneObjects.isToBeFeared(repeatable.get(), !outside)) {
      compared = Optional.of(new ScriptReader(session.reading()).read(repeatable.get()));
    }
    if (compared.isPresent()) {
      running.halfDone = Optional.of(HalfDoneObjects.before(session, compared.get()));
    }
    if (outside) {
      running.marker = session.mark(begun(migration, revision.map(Revision::id)));
    }
    revision.ifPresent(session.progress()::started);
  }

  /** Flyway takes what it finds no row of for pending, and would run it again, without end. */
  private void requireRecorded() throws SQLException {
    if (running != null && running.duration != null && running.revision.isPresent()) {
      Revision before = running.revision.get();
      if (!session.isRecorded(before.id())) {
        throw IntendedHistory.notKept(
            "Revision %s ran to its end and is committed, but".formatted(before.title()),
            session.table());
      }
    }
  }

  private static HistoryRow begun(MigrationInfo migration, Optional<RevisionId> id) {
    return new HistoryRow(
        0,
        id,
        migration.getDescription(),
        migration.getType().name(),
        migration.getScript(),
        Optional.ofNullable(migration.getChecksum()),
        "",
        LocalDateTime.MIN,
        Duration.ZERO,
        false);
  }

  private static void requireUnchanged(RevisionFile file, MigrationInfo migration) {
    if (migration.getChecksum() != null && migration.getChecksum() != file.upgrade().checksum()) {
      throw file.upgrade().changed();
    }
  }

  private void end() throws SQLException {
    running.duration = Duration.ofNanos(System.nanoTime() - running.startedAt);
    if (running.outside) {
      session.refuseOpenTransaction(running.file);
    }
    surroundings.leave(session, LOCKS_IN_FLYWAY);
    if (running.halfDone.isPresent()) {
      running
          .halfDone
          .get()
          .requireNothing(
              running.file,
              running
                  .revision
                  .map(
                      revision ->
                          isRolledBack() || isRepeatable()
                              ? "run mvn migrate:upgrade again."
                              : "run mvn migrate:upgrade -Dmigrate.rerun=%s, or record it with mvn migrate:stamp -Dmigrate.to=%s."
                                  .formatted(revision.id(), revision.id()))
                  .orElse("run mvn migrate:upgrade again."));
    }
  }

  /**
   * @return what the script that failed has left half done
   */
  HalfDoneObjects.Left left() {
    return left;
  }

  /** Flyway records the failure itself, unless the connection is gone: then the mark stays. */
  private void fail() throws SQLException {
    if (running.outside && SessionReset.withoutLimit(session.connection())) {
      session.endTransaction();
      surroundings.leave(session, LOCKS_IN_FLYWAY);
      if (running.halfDone.isPresent()) {
        left = running.halfDone.get().left();
      }
    }
  }

  @Override
  public String getCallbackName() {
    return "progress";
  }
}
