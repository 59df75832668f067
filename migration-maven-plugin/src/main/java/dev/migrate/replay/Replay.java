package dev.migrate.replay;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.LockedTarget;
import dev.migrate.history.Progress;
import dev.migrate.history.TargetState;
import dev.migrate.history.Timeouts;
import dev.migrate.introspect.Scope;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.revision.RevisionPlan;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.Scratch;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ScratchServer;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.PsqlCommand;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.sql.Queries;
import dev.migrate.sql.SqlNames;
import dev.migrate.target.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Replays revisions on an empty scratch database, by the same engine that upgrades targets, with a
 * cache of replayed databases. On servers of our own the replayed databases are kept between
 * builds; the next replay begins from the longest prefix of its history that was kept.
 */
public final class Replay {
  /** The database that a kept server holds. */
  private static final String REPLAYED = "replayed_1";

  private final ScratchSource scratchSource;
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Progress progress;

  /**
   * @param scratchSource where scratch databases come from
   * @param files the revisions
   * @param options how the history is kept; of the timeouts only that of statements counts here
   * @param progress hears what runs
   */
  public Replay(
      ScratchSource scratchSource, RevisionFiles files, HistoryOptions options, Progress progress) {
    this.scratchSource = Objects.requireNonNull(scratchSource, "scratchSource");
    this.files = files.released(id -> true); // On scratch nothing is at stake.
    this.progress = Objects.requireNonNull(progress, "progress");
    this.options =
        options.with(
            new Timeouts(
                Duration.ofMinutes(1), Duration.ZERO, options.timeouts().statementTimeout(), 0));
  }

  /**
   * @param revisions what to run; with each its ancestors and dependencies
   * @return the database that they give, to be closed
   * @throws MigrateException when a script fails; {@code INVALID_PARAMETER} never: the set is the
   *     caller's
   */
  public ScratchWorkspace of(Collection<RevisionId> revisions) {
    return of(revisions, true);
  }

  /**
   * @param revisions what to run; with each its ancestors and dependencies
   * @return the database that they give, to be closed; nobody will ask for it again, so that it is
   *     not kept for the next replay
   * @throws MigrateException when a script fails
   */
  public ScratchWorkspace once(Collection<RevisionId> revisions) {
    return of(revisions, false);
  }

  /**
   * @param state where a target stands
   * @param scope what is compared
   * @return what it should be
   * @throws MigrateException when a script fails
   */
  public ExpectedSchema supposed(TargetState state, Scope scope) {
    List<Script> ran = state.repeatables().thatRan();
    List<Script> changed = new ArrayList<>(state.repeatables().pending());
    changed.retainAll(ran);
    if (changed.isEmpty()) {
      return ExpectedSchema.exactly(given(state, ran, scope));
    }
    List<Script> same = new ArrayList<>(ran);
    same.removeAll(changed);
    List<MigrateException> refused = new ArrayList<>();
    Replay alone = new Replay(scratchSource, files.withoutRepeatables(), options, progress);
    try (ScratchWorkspace workspace =
        isWhole(state) ? alone.of(state.applied()) : alone.once(state.applied())) {
      return ExpectedSchema.apartFrom(
              tried(workspace, same, scope, refused),
              tried(workspace, ran, scope, refused),
              changed)
          .orElseThrow(() -> refused.get(0));
    }
  }

  private boolean isWhole(TargetState state) {
    return state.applied().size() == files.all().size();
  }

  private Optional<Schema> tried(
      ScratchWorkspace workspace,
      List<Script> repeatables,
      Scope scope,
      List<MigrateException> refused) {
    try (ScratchDatabase copy = workspace.copy("repeatables")) {
      ScratchWorkspace there = workspace.at(copy);
      new Replay(scratchSource, files.withRepeatables(repeatables), options, progress)
          .runRepeatables(there);
      return Optional.of(there.read(copy, scope));
    } catch (MigrateException e) {
      if (e.code() != FailureCode.SCRIPT_FAILED) {
        throw e;
      }
      refused.add(e);
      return Optional.empty();
    }
  }

  /** What the applied revisions give together with some repeatable migrations. */
  private Schema given(TargetState state, List<Script> repeatables, Scope scope) {
    boolean whole = isWhole(state);
    Replay those = new Replay(scratchSource, files.withRepeatables(repeatables), options, progress);
    try (ScratchWorkspace workspace =
        whole || repeatables.isEmpty() ? those.of(state.applied()) : those.once(state.applied())) {
      if (!whole && !repeatables.isEmpty()) {
        those.runRepeatables(workspace);
      }
      return workspace.read(workspace.base(), scope);
    }
  }

  private void runRepeatables(ScratchWorkspace workspace) {
    try (LockedTarget locked =
        LockedTarget.open(target(workspace.base()), "migrate replay", options, progress)) {
      locked.runRepeatables(files);
    } catch (MigrateException e) {
      throw e.code() == FailureCode.SCRIPT_FAILED ? notYet(e) : e;
    }
  }

  private static MigrateException notYet(MigrateException e) {
    return new MigrateException(
        FailureCode.SCRIPT_FAILED,
        "A repeatable migration that has run in the target does not run any more as its file is now,"
            + " before the pending revisions have: nobody can tell what its schema should be. "
            + e.problem(),
        "Run mvn migrate:upgrade first.",
        e);
  }

  /**
   * Goes on with a database where another replay has stopped.
   *
   * @param workspace what the beginning of these revisions has given; nobody may be connected to
   *     its base
   * @param revisions what its base is to have at the end; with each its ancestors and dependencies
   * @throws MigrateException when a script fails
   */
  public void onward(ScratchWorkspace workspace, Collection<RevisionId> revisions) {
    run(workspace, chain(revisions));
  }

  /**
   * Takes the newest revision back where a replay has stopped.
   *
   * @param workspace what revisions have given; nobody may be connected to its base
   * @throws MigrateException when the downgrade fails
   */
  public void back(ScratchWorkspace workspace) {
    try (LockedTarget locked =
        LockedTarget.open(target(workspace.base()), "migrate replay", options, progress)) {
      Set<RevisionId> applied = locked.state(files).applied();
      locked.downgrade(files, files.graph().downgrade(applied, "-1"));
    }
  }

  private ScratchWorkspace of(Collection<RevisionId> revisions, boolean keep) {
    List<Revision> chain = chain(revisions);
    if (chain.isEmpty()) {
      return ScratchWorkspace.empty(scratchSource);
    }
    return scratchSource instanceof ScratchSource.Embedded own
        ? kept(own, chain, keep)
        : fresh(chain);
  }

  private List<Revision> chain(Collection<RevisionId> revisions) {
    Set<RevisionId> wanted = new HashSet<>(revisions);
    return files.graph().revisions().stream().filter(one -> wanted.contains(one.id())).toList();
  }

  private ScratchWorkspace fresh(List<Revision> chain) {
    Scratch scratch = scratchSource.open();
    ScratchDatabase database = null;
    try {
      database = scratch.database("replayed");
      ScratchWorkspace workspace = new ScratchWorkspace(scratch, database, false);
      run(workspace, chain);
      return workspace;
    } catch (RuntimeException | Error e) {
      if (database != null) {
        database.close();
      }
      scratch.close();
      throw e;
    }
  }

  private ScratchWorkspace kept(ScratchSource.Embedded own, List<Revision> chain, boolean keep) {
    List<String> keys = new ReplayKeys(files, options).of(chain);
    Optional<String> keepAs = keep ? Optional.of(keys.get(chain.size() - 1)) : Optional.empty();
    Set<String> present = ScratchServer.kept(own.installation(), own.folder());
    for (int done = chain.size(); done > 0; done--) {
      String key = keys.get(done - 1);
      if (present.contains(key)) {
        Optional<ScratchServer> server =
            ScratchServer.resume(own.installation(), own.folder(), key);
        if (server.isPresent()) {
          return finish(server.get(), chain, done, keepAs);
        }
      }
    }
    ScratchServer server = ScratchServer.start(own.installation(), own.folder());
    return finish(server, chain, 0, keepAs);
  }

  private ScratchWorkspace finish(
      ScratchServer server, List<Revision> chain, int done, Optional<String> keepAs) {
    try {
      ScratchDatabase database =
          done == 0 ? server.database("replayed") : server.existing(REPLAYED);
      if (done == chain.size()) {
        return new ScratchWorkspace(server, database, true);
      }
      ScratchWorkspace workspace = new ScratchWorkspace(server, database, false);
      run(workspace, chain);
      if (keepAs.isEmpty()) {
        return workspace;
      }
      server.keep(keepAs.get());
      return new ScratchWorkspace(server, server.existing(REPLAYED), false);
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  /** Runs what is not applied yet; a role that a script misses is created, and the script again. */
  private void run(ScratchWorkspace workspace, List<Revision> chain) {
    createHistorySchema(workspace.base());
    Target target = target(workspace.base());
    Latest latest = new Latest(progress);
    while (true) {
      try (LockedTarget locked = LockedTarget.open(target, "migrate replay", options, latest)) {
        Set<RevisionId> applied = new HashSet<>(locked.state(files).applied());
        List<Revision> pending = chain.stream().filter(one -> !applied.contains(one.id())).toList();
        List<Revision> heads = files.graph().headsOf(chain.stream().map(Revision::id).toList());
        locked.upgrade(files, new RevisionPlan.Steps(pending, List.of(), heads));
        return;
      } catch (MigrateException e) {
        if (sqlCause(e).filter(workspace::createsMissingRole).isEmpty()) {
          throw explain(e, Optional.ofNullable(latest.begun));
        }
      }
    }
  }

  private static Target target(ScratchDatabase database) {
    return database.user() == null
        ? Target.at(database.jdbcUrl(), "the scratch server")
        : Target.of(database.jdbcUrl(), database.user(), database.password(), "the scratch server");
  }

  private void createHistorySchema(ScratchDatabase database) {
    if (options.schema().isEmpty()) {
      return;
    }
    try (Connection connection = database.connect()) {
      Queries.execute(
          connection, "CREATE SCHEMA IF NOT EXISTS " + SqlNames.inQuotes(options.schema().get()));
    } catch (SQLException e) {
      throw ScratchWorkspace.lost(e);
    }
  }

  private static Optional<SQLException> sqlCause(Throwable thrown) {
    return Stream.iterate(thrown, cause -> cause != null, Throwable::getCause)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .reduce((outer, inner) -> inner);
  }

  /** Hears which script was begun last: the one that failed. */
  private static final class Latest implements Progress {
    private final Progress listener;
    private RevisionId begun;

    Latest(Progress listener) {
      this.listener = listener;
    }

    @Override
    public void waiting(String holder) {
      listener.waiting(holder);
    }

    @Override
    public void started(Revision revision) {
      begun = revision.id();
      listener.started(revision);
    }

    @Override
    public void finished(Revision revision, Duration took) {
      listener.finished(revision, took);
    }

    @Override
    public void started(JavaMigration step) {
      listener.started(step);
    }

    @Override
    public void notice(String message) {
      listener.notice(message);
    }

    @Override
    public void retrying(Revision revision, int attempt, Duration pause) {
      listener.retrying(revision, attempt, pause);
    }

    @Override
    public void runningAgain(Revision revision) {
      listener.runningAgain(revision);
    }
  }

  private MigrateException explain(MigrateException e, Optional<RevisionId> at) {
    if (e.code() != FailureCode.SCRIPT_FAILED) {
      return e;
    }
    Optional<SkippedJavaMigrations> missing =
        at.flatMap(id -> SkippedJavaMigrations.before(files, id));
    String usual = "Mend the script, so that the history can be run from its beginning.";
    String what =
        e.problem()
            .lines()
            .filter(line -> !line.startsWith("It "))
            .reduce("", (all, line) -> all.isEmpty() ? line : all + System.lineSeparator() + line);
    return new MigrateException(
        FailureCode.SCRIPT_FAILED,
        "The revisions do not run on an empty database. "
            + what
            + missing.map(steps -> System.lineSeparator() + steps.sentence()).orElse(""),
        sqlCause(e)
            .flatMap(
                cause ->
                    PsqlCommand.isIn(cause)
                        ? Optional.of(PsqlCommand.remedyWithin("a script"))
                        : MissingPrerequisite.remedy(cause))
            .orElseGet(() -> missing.map(steps -> steps.remedy(usual)).orElse(usual)),
        e.getCause());
  }
}
