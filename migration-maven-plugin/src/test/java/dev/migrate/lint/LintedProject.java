package dev.migrate.lint;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.lint.Lint.Deployment;
import dev.migrate.parser.ParseResult;
import dev.migrate.parser.RoutineBody;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
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
  private static final SqlGrammar POSTGRES = SqlGrammar.postgres();

  private final Path root;
  private Map<Rule, String> off = Map.of();
  private SqlGrammar grammar = POSTGRES;
  private ScratchSource scratchSource = shared();
  private int count;

  LintedProject(Path root) {
    this.root = root;
  }

  private static ScratchSource shared() {
    ServerAddress address = TestPostgres.server().address();
    return new ScratchSource.Borrowed(
        address.jdbcUrl("postgres"), address.user(), address.password());
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
    scratchSource =
        new ScratchSource.Embedded(TestPostgres.installation(), root.resolve(".migrate/scratch"));
    return this;
  }

  /** With a grammar that does not know a word. */
  LintedProject withParserThatDoesNotKnow(String word) {
    grammar =
        new SqlGrammar() {
          @Override
          public void prepare() {
            POSTGRES.prepare();
          }

          @Override
          public ParseResult parse(String sql) {
            return sql.contains(word)
                ? new ParseResult.Refused("syntax error at or near \"" + word + "\"", 0)
                : POSTGRES.parse(sql);
          }

          @Override
          public Optional<RoutineBody> body(String sql) {
            return POSTGRES.body(sql);
          }
        };
    return this;
  }

  ScratchSource scratchSource() {
    return scratchSource;
  }

  RevisionFiles files() {
    return RevisionFiles.read(RevisionFolders.of(root), MissingFolder.REFUSE);
  }

  private Lint lint(RevisionFiles files) {
    return new Lint(
        () -> scratchSource, files, HistoryOptions.defaults(), off, Progress.SILENT, grammar);
  }

  /** What the revisions give that there are now; to be closed. */
  ScratchWorkspace workspace() {
    RevisionFiles files = files();
    return new Replay(scratchSource, files, HistoryOptions.defaults(), Progress.SILENT)
        .of(files.graph().revisions().stream().map(Revision::id).toList());
  }

  /** Of the last revision, on a copy of what those before it give. */
  LintedScript lastOn(ScratchWorkspace workspace) {
    RevisionFiles files = files();
    List<Revision> all = files.graph().revisions();
    try (ScratchDatabase copy = workspace.copy("lint");
        Connection connection = copy.connect()) {
      return lint(files)
          .run(workspace, connection, all.subList(all.size() - 1, all.size()), Deployment.EACH)
          .scripts()
          .get(0);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All revisions, each a deployment of its own. */
  LintResult lint() {
    RevisionFiles files = files();
    return lint(files).run(Set.of(), files.graph().revisions(), Deployment.EACH);
  }

  /** Those after the first so many, in one deployment. */
  LintResult lintAfter(int before) {
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
