package dev.migrate.lint;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.lint.Lint.Deployment;
import dev.migrate.parser.Body;
import dev.migrate.parser.Parsed;
import dev.migrate.prove.Bench;
import dev.migrate.prove.Replay;
import dev.migrate.prove.Workshop;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A project with revisions, and what lint says of them. */
final class LintedProject {
  /** One for all tests: it takes a moment to begin. */
  private static final Grammar POSTGRES = Grammar.postgres();

  private final Path root;
  private Map<Rule, String> off = Map.of();
  private Grammar grammar = POSTGRES;
  private Workshop workshop = shared();
  private int count;

  LintedProject(Path root) {
    this.root = root;
  }

  private static Workshop shared() {
    ServerAddress address = TestPostgres.server().address();
    return new Workshop.Borrowed(address.jdbcUrl("postgres"), address.user(), address.password());
  }

  /** Adds a revision whose script is this, word for word: its first line is line 1. */
  LintedProject script(String sql) {
    count++;
    Path file =
        root.resolve(
            "src/main/resources/db/migration/V202601010000%02d__step.sql".formatted(count));
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, sql);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** The project that the archetype makes. */
  static LintedProject assetTracker() {
    return new LintedProject(Path.of("../asset-archetype/src/main/resources/archetype-resources"));
  }

  LintedProject off(Map<String, String> rules) {
    off = Lint.off(rules);
    return this;
  }

  /** Uses servers of its own, as projects do that configure nothing, and not that of all tests. */
  LintedProject onOwnServers() {
    workshop = new Workshop.Embedded(TestPostgres.installation(), root.resolve(".migrate/scratch"));
    return this;
  }

  /** With a grammar that does not know a word. */
  LintedProject withParserThatDoesNotKnow(String word) {
    grammar =
        new Grammar() {
          @Override
          public void prepare() {
            POSTGRES.prepare();
          }

          @Override
          public Parsed parse(String sql) {
            return sql.contains(word)
                ? new Parsed.Refused("syntax error at or near \"" + word + "\"", 0)
                : POSTGRES.parse(sql);
          }

          @Override
          public Optional<Body> body(String sql) {
            return POSTGRES.body(sql);
          }
        };
    return this;
  }

  Workshop workshop() {
    return workshop;
  }

  RevisionFiles files() {
    return RevisionFiles.read(RevisionFolders.of(root), MissingFolder.REFUSE);
  }

  private Lint lint(RevisionFiles files) {
    return new Lint(
        () -> workshop, files, HistoryOptions.defaults(), off, Progress.SILENT, grammar);
  }

  /** What the revisions give that there are now; to be closed. */
  Bench bench() {
    RevisionFiles files = files();
    return new Replay(workshop, files, HistoryOptions.defaults(), Progress.SILENT)
        .of(files.graph().revisions().stream().map(Revision::id).toList());
  }

  /** Of the last revision, on a copy of what those before it give. */
  LintedScript lastOn(Bench bench) {
    RevisionFiles files = files();
    List<Revision> all = files.graph().revisions();
    try (ScratchDatabase copy = bench.copy("lint");
        Connection connection = copy.connect()) {
      return lint(files)
          .run(bench, connection, all.subList(all.size() - 1, all.size()), Deployment.EACH)
          .scripts()
          .get(0);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All revisions, each a deployment of its own. */
  Linted lint() {
    RevisionFiles files = files();
    return lint(files).run(Set.of(), files.graph().revisions(), Deployment.EACH);
  }

  /** Those after the first so many, in one deployment. */
  Linted lintAfter(int before) {
    RevisionFiles files = files();
    List<Revision> all = files.graph().revisions();
    Set<RevisionId> there =
        all.subList(0, before).stream().map(Revision::id).collect(Collectors.toSet());
    return lint(files).run(there, all.subList(before, all.size()), Deployment.TOGETHER);
  }

  /** Of the last revision. */
  LintedScript last() {
    List<LintedScript> scripts = lint().scripts();
    return scripts.get(scripts.size() - 1);
  }

  static List<String> rules(LintedScript script) {
    return script.findings().stream().map(finding -> finding.rule().label()).distinct().toList();
  }
}
