package dev.migrate.verify;

import dev.migrate.diff.Diff;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.Revision;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFile;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The check {@code reversible}: whether each downgrade restores the schema of before its upgrade.
 * What was proven before, with everything below it, is not proven again. A long history is walked
 * in pieces, side by side: while one database is read, another one works.
 */
final class ReversibleCheck {
  /** Each one found costs a database to go on with; who has this many mends them first. */
  static final int MOST = 10;

  /** To reach its beginning a piece runs all upgrades below, which must be worth it. */
  private static final int SHORTEST_PIECE = 20;

  private static final int MOST_PIECES = 4;

  private final VerifyContext context;

  ReversibleCheck(VerifyContext context) {
    this.context = context;
  }

  CheckResult run() throws SQLException {
    List<Revision> chain = context.chain();
    long reversible =
        chain.stream().filter(one -> context.files().get(one.id()).downgrade().isPresent()).count();
    if (reversible == 0 && !chain.isEmpty()) {
      return CheckResult.skipped(
          Check.REVERSIBLE,
          "no revision has a downgrade; %s went up only (see replay)"
              .formatted(FilesCheck.count(chain.size(), "revision")));
    }
    List<String> keys = context.keys(chain, true);
    int known = 0;
    while (known < chain.size()
        && context.proofs().find(Check.REVERSIBLE, keys.get(known)).isPresent()) {
      known++;
    }
    List<CheckFinding> findings = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    List<ReversibleWalk> pieces = pieces(chain, known);
    walked(pieces.stream().filter(ReversibleWalk::isWorthIt).toList());
    for (ReversibleWalk walk : pieces) {
      if (findings.isEmpty()) {
        for (int i = walk.from(); i < walk.from() + walk.proven(); i++) {
          context.proofs().add(Check.REVERSIBLE, keys.get(i), "");
        }
      }
      if (walk.couldBegin() || findings.isEmpty()) {
        findings.addAll(walk.findings());
      }
      if (context.released().judged(findings).size() >= MOST) {
        if (walk.reached() < chain.size()) {
          notes.add(
              "Stopped at %s, after %d findings."
                  .formatted(chain.get(walk.reached()).title(), findings.size()));
        }
        break;
      }
    }
    findings.addAll(unwritten(chain, findings));
    long irreversible = chain.size() - reversible;
    context.released().note(findings, "").ifPresent(notes::add);
    findings.addAll(newestWithRepeatables(chain, findings));
    long others =
        chain.stream()
            .map(one -> context.files().get(one.id()))
            .filter(file -> file.downgrade().isPresent() && !file.repeatables().isEmpty())
            .count();
    if (others > 0) {
      notes.add(
          FilesCheck.count((int) others, "revision")
              + " changed repeatable migrations, which have other files today: only the newest of all revisions came down again with them.");
    }
    return CheckResult.of(
        Check.REVERSIBLE,
        "%s up, down, up%s%s"
            .formatted(
                FilesCheck.count((int) reversible, "revision"),
                irreversible == 0
                    ? ""
                    : ", and %d without a downgrade up only".formatted(irreversible),
                known == 0 ? "" : ", %d of them proven before".formatted(known)),
        context.released().judged(findings),
        notes);
  }

  /**
   * What repeatable migrations make is there when everything has run: then the newest revision, if
   * it has changed their files, is taken back and applied again.
   */
  private List<CheckFinding> newestWithRepeatables(List<Revision> chain, List<CheckFinding> found) {
    if (chain.isEmpty() || !found.isEmpty()) {
      return List.of();
    }
    Revision newest = chain.get(chain.size() - 1);
    RevisionFile file = context.files().get(newest.id());
    if (file.repeatables().isEmpty() || file.downgrade().isEmpty()) {
      return List.of();
    }
    ScratchWorkspace head = context.workspace(chain.size());
    Schema before = head.read(head.base(), context.scope());
    try (ScratchDatabase copy = head.copy("repeatables")) {
      ScratchWorkspace there = head.at(copy);
      context.replay().back(there);
      context.replay().onward(there, chain.stream().map(Revision::id).toList());
      Diff diff = Diff.between(before, there.read(copy, context.scope()));
      return diff.isEmpty()
          ? List.of()
          : List.of(
              new CheckFinding(
                  newest.id().toString(),
                  "Taken back and applied again, %s gives something else together with %s."
                      .formatted(newest.title(), String.join(", ", file.repeatables())),
                  "Mend %s, or what the repeatable migration does when it runs again."
                      .formatted(file.downgradeScript().name()),
                  SchemaFindings.lines(diff)));
    } catch (MigrateException e) {
      if (e.code() != FailureCode.SCRIPT_FAILED) {
        throw e;
      }
      return List.of(CheckFinding.of(e));
    }
  }

  /** What changes only rows goes up and down without a trace, whether the downgrade is written. */
  private List<CheckFinding> unwritten(List<Revision> chain, List<CheckFinding> found) {
    List<CheckFinding> findings = new ArrayList<>();
    for (Revision one : chain) {
      String id = one.id().toString();
      RevisionFile file = context.files().get(one.id());
      boolean told =
          found.stream()
              .anyMatch(other -> other.subject().contains(id) || other.problem().contains(id));
      if (file.downgradeUnwritten() && !told) {
        findings.add(
            CheckFinding.of(
                id,
                file.downgradeScript().name() + " has no statement, so it takes nothing back.",
                "Write what takes the revision back, or say \"-- downgrade: nothing\" in its header if"
                    + " there is nothing to take back."));
      }
    }
    return findings;
  }

  private List<ReversibleWalk> pieces(List<Revision> chain, int known) {
    int line = Math.max(known, context.line());
    List<ReversibleWalk> pieces = new ArrayList<>(pieces(chain, known, known, line));
    // A new piece begins at the line, so that what is found below it stops nothing above.
    pieces.addAll(pieces(chain, known, line, chain.size()));
    return pieces;
  }

  private List<ReversibleWalk> pieces(List<Revision> chain, int known, int begin, int end) {
    int open = end - begin;
    int most = Math.min(MOST_PIECES, Runtime.getRuntime().availableProcessors());
    // Databases of one server share its roles: what one piece does to them would disturb another.
    int count = context.changesRoles() ? 1 : Math.max(1, Math.min(most, open / SHORTEST_PIECE));
    List<ReversibleWalk> pieces = new ArrayList<>();
    for (int i = 0; i < count && open > 0; i++) {
      int from = begin + open * i / count;
      int to = begin + open * (i + 1) / count;
      pieces.add(new ReversibleWalk(context, chain, known, from, to));
    }
    return pieces;
  }

  private static void walked(List<ReversibleWalk> pieces) throws SQLException {
    if (pieces.size() < 2) {
      for (ReversibleWalk piece : pieces) {
        piece.run();
      }
      return;
    }
    ExecutorService threads = Executors.newFixedThreadPool(pieces.size());
    try {
      List<Future<?>> running = new ArrayList<>();
      for (ReversibleWalk piece : pieces) {
        running.add(
            threads.submit(
                () -> {
                  piece.run();
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException lost) {
        throw lost;
      }
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("interrupted", e);
    } finally {
      end(threads);
    }
  }

  /** Nobody may still use a database when the servers are stopped. */
  private static void end(ExecutorService threads) {
    threads.shutdownNow();
    try {
      threads.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
