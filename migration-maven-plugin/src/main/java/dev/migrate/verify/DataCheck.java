package dev.migrate.verify;

import dev.migrate.history.ScriptFailure;
import dev.migrate.revision.Revision;
import dev.migrate.rows.Rows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Another walk from base to head, on which every table that is there holds made-up rows before each
 * upgrade. What fails here and not on empty tables would fail in production.
 */
final class DataCheck {
  /** Each one found costs a replay to go on with; who has this many mends them first. */
  private static final int MOST = 10;

  private final Site site;
  private final List<Finding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  DataCheck(Site site) {
    this.site = site;
  }

  CheckResult run() throws SQLException {
    List<Revision> chain = site.chain();
    List<String> keys = site.keys(chain, false);
    int done = 0;
    while (done < chain.size() && proven(keys.get(done))) {
      done++;
    }
    int known = done;
    int line = site.line();
    while (done < line && findings.size() < MOST) {
      done = walk(chain, keys, done, line);
    }
    site.released().note(findings, done < line ? " at least" : "").ifPresent(notes::add);
    done = Math.max(done, line);
    while (done < chain.size() && judged().size() < MOST) {
      done = walk(chain, keys, done, chain.size());
    }
    if (done < chain.size()) {
      notes.add("Stopped at %s, after %d findings.".formatted(chain.get(done).title(), MOST));
    }
    return CheckResult.of(
        Check.DATA,
        "%s on made-up rows%s"
            .formatted(
                FilesCheck.count(chain.size(), "upgrade"),
                known == 0 ? "" : ", %d of them proven before".formatted(known)),
        judged(),
        notes.stream().distinct().toList());
  }

  private List<Finding> judged() {
    return site.released().judged(findings);
  }

  private boolean proven(String key) {
    Optional<String> note = site.proofs().find(Check.DATA, key);
    note.filter(text -> !text.isEmpty()).ifPresent(notes::add);
    return note.isPresent();
  }

  private int walk(List<Revision> chain, List<String> keys, int from, int to) throws SQLException {
    boolean first = findings.isEmpty();
    try (Site.Place place = site.place(from, "data", first);
        Connection connection = place.database().connect()) {
      ScriptRunner runner = new ScriptRunner(place.bench(), site.options(), connection);
      runner.createHistorySchema();
      Rows rows = new Rows(connection, site.scope().historyTable());
      for (int at = from; at < to; at++) {
        Revision revision = chain.get(at);
        site.progress().started(revision);
        String note = noteOn(rows.fill());
        Optional<ScriptFailure> failure =
            runner.run(runner.read(site.files().get(revision.id()).upgrade()));
        if (failure.isPresent()) {
          report(revision, failure.get());
          return at + 1;
        }
        if (findings.isEmpty()) {
          site.proofs().add(Check.DATA, keys.get(at), note);
        }
      }
      return to;
    }
  }

  private String noteOn(List<String> empty) {
    String note =
        empty.isEmpty() ? "" : "No rows could be made up for " + String.join("; ", empty) + ".";
    if (!note.isEmpty()) {
      notes.add(note);
    }
    return note;
  }

  private void report(Revision revision, ScriptFailure failure) {
    String problem =
        "%s fails on tables that hold rows. %s".formatted(revision.title(), failure.describe());
    if (site.settings().accepted().contains(revision.id().toString())) {
      notes.add("Accepted (migrate.acceptData): " + problem.lines().findFirst().orElse(""));
      return;
    }
    findings.add(
        Finding.of(
            revision.id().toString(),
            problem,
            Obstacle.remedy(failure.cause(), site.options().statementTimeout())
                .orElse(
                    "Let it bring existing rows along: a default, or an UPDATE before the statement."
                        + " If only rows fail that no database of yours has, say so with"
                        + " -Dmigrate.acceptData=%s.".formatted(revision.id()))));
  }
}
