package dev.migrate.verify;

import dev.migrate.history.ScriptFailure;
import dev.migrate.observe.RowGenerator;
import dev.migrate.observe.RowGenerator.TextColumn;
import dev.migrate.revision.Revision;
import dev.migrate.script.RunnableScript;
import dev.migrate.sql.SqlState;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The check {@code data}: runs every upgrade and downgrade on tables with made-up rows. It is
 * another walk from base to head, on which every table that is there holds made-up rows before each
 * upgrade. What fails here and not on empty tables would fail in production.
 */
final class DataCheck {
  /** Each one found costs a replay to go on with; who has this many mends them first. */
  private static final int MOST = 10;

  /** A text, a date or a value of another type that cannot be read. */
  private static final Set<SqlState> NOT_READ =
      EnumSet.of(
          SqlState.INVALID_TEXT_REPRESENTATION,
          SqlState.INVALID_DATETIME,
          SqlState.DATETIME_OUT_OF_RANGE);

  private static final Pattern REFUSED_TEXT =
      Pattern.compile(
          "(?:invalid input syntax for type (?<type>[\\w ]+)|out of range): \"(?<text>[^\"]*)\"");

  private static final Pattern TABLE = Pattern.compile("(?<name>\\S+) \\((?<reason>.*)\\)");

  private final VerifyContext context;
  private final Map<TextColumn, String> looks = new HashMap<>();
  private final Map<String, String> empty = new TreeMap<>();
  private int tables;
  private final List<CheckFinding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  DataCheck(VerifyContext context) {
    this.context = context;
  }

  CheckResult run() throws SQLException {
    List<Revision> chain = context.chain();
    List<String> keys = context.keys(chain, false);
    int done = 0;
    while (done < chain.size() && proven(keys.get(done))) {
      done++;
    }
    int known = done;
    int line = context.line();
    while (done < line && findings.size() < MOST) {
      done = walk(chain, keys, done, line);
    }
    context.released().note(findings, done < line ? " at least" : "").ifPresent(notes::add);
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
        noted());
  }

  /** What stayed empty is said once, however many revisions met it. */
  private List<String> noted() {
    if (empty.isEmpty()) {
      return notes.stream().distinct().toList();
    }
    String without =
        empty.entrySet().stream()
            .map(one -> "%s (%s)".formatted(one.getKey(), one.getValue()))
            .collect(Collectors.joining("; "));
    List<String> all = new ArrayList<>();
    all.add(
        tables > empty.size()
            ? "Rows were made up for %d of %d tables; without: %s."
                .formatted(tables - empty.size(), tables, without)
            : "No rows could be made up for %s.".formatted(without));
    all.addAll(notes);
    return all.stream().distinct().toList();
  }

  /** A column of made-up texts, and the type that a script takes them for. */
  private record Look(TextColumn column, String type) {}

  /**
   * A text that was made up may be no date, or whatever the script takes the column's texts for;
   * the texts of a database are.
   */
  private static Optional<Look> wanted(RowGenerator rows, ScriptFailure failure) {
    Matcher said = REFUSED_TEXT.matcher(String.valueOf(failure.cause().getMessage()));
    if (!NOT_READ.contains(SqlState.of(failure.cause())) || !said.find()) {
      return Optional.empty();
    }
    String type = said.group("type") == null ? "timestamp" : said.group("type");
    return rows.columnOf(said.group("text")).map(column -> new Look(column, type));
  }

  /**
   * Runs a script; texts that it cannot read are written anew, if nothing of it was kept and the
   * rows let them be.
   *
   * @param before what was known of texts when the rows were begun
   */
  private Tried tried(
      ScriptRunner runner, RunnableScript script, RowGenerator rows, Map<TextColumn, String> before)
      throws SQLException {
    while (true) {
      Optional<ScriptFailure> failure = runner.run(script);
      Optional<Look> look = failure.flatMap(one -> wanted(rows, one));
      if (look.isEmpty() || before.containsKey(look.get().column())) {
        return new Tried(failure, false);
      }
      boolean anew = looks.putIfAbsent(look.get().column(), look.get().type()) == null;
      if (!(anew
          && script.transactional()
          && rows.rewrite(look.get().column(), look.get().type()))) {
        return new Tried(failure, true);
      }
    }
  }

  /**
   * @param failure what a script was refused
   * @param again whether other rows, from the first on, may let it pass
   */
  private record Tried(Optional<ScriptFailure> failure, boolean again) {}

  private List<CheckFinding> judged() {
    return context.released().judged(findings);
  }

  private boolean proven(String key) {
    Optional<String> note = context.proofs().find(Check.DATA, key);
    note.ifPresent(this::remember);
    return note.isPresent();
  }

  private void remember(String note) {
    for (String line : note.lines().toList()) {
      Matcher table = TABLE.matcher(line);
      if (table.matches()) {
        empty.putIfAbsent(table.group("name"), table.group("reason"));
      } else if (!line.isEmpty()) {
        notes.add(line);
      }
    }
  }

  private int walk(List<Revision> chain, List<String> keys, int from, int to) throws SQLException {
    boolean first = findings.isEmpty();
    try (VerifyContext.Place place = context.place(from, "data", first);
        Connection connection = place.database().connect()) {
      ScriptRunner runner = new ScriptRunner(place.workspace(), context.options(), connection);
      runner.createHistorySchema();
      Map<TextColumn, String> before = Map.copyOf(looks);
      RowGenerator rows = new RowGenerator(connection, context.scope().historyTable(), before);
      for (int at = from; at < to; at++) {
        Revision revision = chain.get(at);
        context.progress().started(revision);
        context.javaBefore(at, place);
        String note = noteOn(rows.fill());
        tables = Math.max(tables, rows.tables());
        RunnableScript upgrade = runner.read(context.files().get(revision.id()).upgrade());
        Tried tried = tried(runner, upgrade, rows, before);
        if (tried.again()) {
          return from; // With texts that the script can read.
        }
        if (tried.failure().isPresent()) {
          report(revision, tried.failure().get());
          return at + 1;
        }
        if (findings.isEmpty()) {
          context.proofs().add(Check.DATA, keys.get(at), note);
        }
      }
      return to;
    }
  }

  private String noteOn(List<String> withoutRows) {
    String note = String.join("\n", withoutRows);
    remember(note);
    return note;
  }

  private void report(Revision revision, ScriptFailure failure) {
    String problem =
        "%s fails on tables that hold rows. %s".formatted(revision.title(), failure.describe());
    if (context.settings().accepted().contains(revision.id().toString())) {
      notes.add("Accepted (migrate.acceptData): " + problem.lines().findFirst().orElse(""));
      return;
    }
    findings.add(
        CheckFinding.of(
            revision.id().toString(),
            problem,
            EnvironmentFailure.remedy(
                    failure.cause(), context.options().timeouts().statementTimeout())
                .orElse(
                    "Let it bring existing rows along: a default, or an UPDATE before the statement."
                        + " If only rows fail that no database of yours has, say so with"
                        + " -Dmigrate.acceptData=%s.".formatted(revision.id()))));
  }
}
