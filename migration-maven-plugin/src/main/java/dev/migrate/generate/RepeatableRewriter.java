package dev.migrate.generate;

import dev.migrate.diff.Change;
import dev.migrate.diff.Diff;
import dev.migrate.history.HistoryOptions;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Plan;
import dev.migrate.plan.PlanOptions;
import dev.migrate.plan.Statement;
import dev.migrate.plan.rules.AllRules;
import dev.migrate.replay.RepeatableObjects;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Schema;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.FlywayPlaceholders;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RunnableScript;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Rewrites the files of repeatable migrations ({@code R__…sql}): those of their statements are
 * written anew that create what changes. Which statement makes what is seen by running them one by
 * one.
 */
final class RepeatableRewriter {
  private final RevisionFiles files;
  private final HistoryOptions options;
  private final Scope scope;
  private final Schema head;
  private final Schema wanted;
  private final ScratchWorkspace revisions;
  private final RepeatableObjects owned;

  /**
   * @param replays how revisions are replayed, and what of a schema counts
   * @param head the schema of everything that is there
   * @param wanted the schema of the model
   * @param revisions whose base has the revisions without the repeatable migrations
   * @param owned what these make
   */
  RepeatableRewriter(
      ReplaySettings replays,
      Schema head,
      Schema wanted,
      ScratchWorkspace revisions,
      RepeatableObjects owned) {
    this.files = replays.files();
    this.options = replays.options();
    this.scope = replays.scope();
    this.head = head;
    this.wanted = wanted;
    this.revisions = revisions;
    this.owned = owned;
  }

  /** The new texts of the files, by the script. */
  Map<Script, String> rewritten(
      Schema below, List<Statement> drops, String title, List<String> wrong) {
    Set<FactId> roots = new HashSet<>();
    Diff.between(head, wanted)
        .changes()
        .forEach(change -> owned.rootOf(change, head, wanted).ifPresent(roots::add));
    Set<FactId> again =
        drops.stream().map(Statement::about).collect(Collectors.toCollection(TreeSet::new));
    Map<FactId, List<Operation>> anew = statements(below, wanted, roots);
    statements(owned.without(head), head, roots)
        .forEach(
            (root, before) -> {
              if (before.equals(anew.get(root))) {
                roots.remove(root); // It says what it said; what it stands on has changed.
                again.add(root);
              }
            });
    Map<Script, String> texts = new LinkedHashMap<>();
    Set<FactId> open = new TreeSet<>(roots);
    open.addAll(again);
    try (ScratchDatabase database = revisions.copy("owners");
        Connection connection = database.connect()) {
      for (Script script : inOrder()) {
        RunnableScript split =
            ScriptReader.runnable(
                script,
                FlywayPlaceholders.with(
                    options.placeholders(), connection, options.schema(), options.table()));
        String text = script.text();
        boolean mentioned = open.stream().anyMatch(id -> names(text, id));
        Map<Integer, Set<FactId>> touched = run(split, connection, mentioned, open);
        Set<FactId> here =
            touched.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        if (here.isEmpty()) {
          continue;
        }
        open.removeAll(here);
        Optional<RepeatableText> file = RepeatableText.of(text, split);
        if (file.isEmpty()) {
          wrong.add("%s has placeholders in it.".formatted(script.name()));
          continue;
        }
        replace(file.get(), touched, roots, anew, script, wrong);
        texts.put(script, file.get().written(RevisionScript.again(title)));
      }
    } catch (SQLException e) {
      throw ScratchWorkspace.lost(e);
    }
    open.retainAll(roots);
    if (!open.isEmpty()) {
      wrong.add("No statement of theirs makes %s by itself.".formatted(open.iterator().next()));
    }
    return texts;
  }

  private static void replace(
      RepeatableText file,
      Map<Integer, Set<FactId>> touched,
      Set<FactId> roots,
      Map<FactId, List<Operation>> anew,
      Script script,
      List<String> wrong) {
    Set<FactId> written = new HashSet<>();
    touched.forEach(
        (at, ids) -> {
          Set<FactId> changed = new TreeSet<>(ids);
          changed.retainAll(roots);
          if (changed.isEmpty()) {
            return;
          }
          if (ids.size() > 1) {
            wrong.add(
                "One statement of %s makes several things, %s among them."
                    .formatted(script.name(), changed.iterator().next()));
            return;
          }
          FactId id = changed.iterator().next();
          file.replace(at, written.add(id) ? anew.getOrDefault(id, List.of()) : List.of());
        });
  }

  /** Flyway runs them in the order of their descriptions. */
  private List<Script> inOrder() {
    return files.repeatables().stream().sorted(Comparator.comparing(Script::description)).toList();
  }

  private static boolean names(String text, FactId id) {
    return text.toLowerCase(Locale.ROOT)
        .contains(id.names().get(Math.min(1, id.names().size() - 1)).toLowerCase(Locale.ROOT));
  }

  /** Which statement touches which of the things that are looked for. */
  private Map<Integer, Set<FactId>> run(
      RunnableScript script, Connection connection, boolean watched, Set<FactId> wantedRoots)
      throws SQLException {
    Map<Integer, Set<FactId>> touched = new TreeMap<>();
    ScratchWorkspace.enter(connection, options);
    Schema before = watched ? read(connection) : null;
    for (int at = 0; at < script.statements().size(); at++) {
      runOne(script, at, connection);
      if (watched) {
        Schema after = read(connection);
        Schema last = before;
        Set<FactId> ids = new TreeSet<>();
        for (Change change : Diff.between(last, after).changes()) {
          owned.rootOf(change, last, after).ifPresent(ids::add);
        }
        if (ids.stream().anyMatch(wantedRoots::contains)) {
          touched.put(at, ids);
        }
        before = after;
      }
    }
    return touched;
  }

  private void runOne(RunnableScript script, int at, Connection connection) throws SQLException {
    while (true) {
      try {
        script.statements().get(at).run(connection);
        return;
      } catch (SQLException e) {
        boolean left = revisions.hasRoleAlready(script.statements().get(at).sql(), e);
        if (left) {
          return;
        }
        if (!revisions.createsMissingRole(e)) {
          throw e;
        }
      }
    }
  }

  private Schema read(Connection connection) throws SQLException {
    ScratchWorkspace.enter(connection, options);
    return new Introspector(scope).read(connection);
  }

  /** What makes each thing as a schema has it. */
  private Map<FactId, List<Operation>> statements(Schema below, Schema schema, Set<FactId> roots) {
    Plan plan = AllRules.planner().plan(below, schema, PlanOptions.standard());
    Map<FactId, List<Operation>> statements = new LinkedHashMap<>();
    for (Statement statement : plan.statements()) {
      Optional<Fact> fact = schema.find(statement.about());
      fact.flatMap(one -> owned.rootOf(one, schema))
          .filter(roots::contains)
          .ifPresent(
              root ->
                  statements
                      .computeIfAbsent(root, key -> new ArrayList<>())
                      .add(statement.operation()));
    }
    return statements;
  }
}
