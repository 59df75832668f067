package dev.migrate.lint;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.lint.Lint.Deployment;
import dev.migrate.parser.PostgresParser;
import dev.migrate.prove.Workshop;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFiles.MissingFolder;
import dev.migrate.script.RevisionFolders;
import dev.migrate.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A project with revisions, and what lint says of them. */
final class LintedProject {
  /** One for all tests: it takes a moment to begin. */
  private static final PostgresParser PARSER = new PostgresParser();

  private final Path root;
  private Map<Rule, String> off = Map.of();
  private int count;

  LintedProject(Path root) {
    this.root = root;
  }

  static Workshop workshop() {
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

  RevisionFiles files() {
    return RevisionFiles.read(RevisionFolders.of(root), MissingFolder.REFUSE);
  }

  private Lint lint(RevisionFiles files) {
    return new Lint(
        LintedProject::workshop, files, HistoryOptions.defaults(), off, Progress.SILENT, PARSER);
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
