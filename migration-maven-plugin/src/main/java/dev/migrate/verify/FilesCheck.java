package dev.migrate.verify;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.replay.SkippedJavaMigrations;
import dev.migrate.revision.Revision;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import dev.migrate.script.ScriptReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The check {@code files}: looks at the migration files alone, for what reading them did not refuse
 * already.
 */
final class FilesCheck {
  private final VerifySettings settings;
  private final RevisionFiles files;
  private final ReleasedRevisions released;
  private final List<CheckFinding> findings = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  FilesCheck(VerifySettings settings, RevisionFiles files, ReleasedRevisions released) {
    this.released = released;
    this.settings = settings;
    this.files = files;
  }

  CheckResult run() {
    heads();
    names();
    downgrades();
    scripts();
    SkippedJavaMigrations.of(files).map(SkippedJavaMigrations::sentence).ifPresent(notes::add);
    released.note(findings, "").ifPresent(notes::add);
    List<CheckFinding> judged = new ArrayList<>(released.judged(findings));
    findings.clear();
    findings.addAll(judged);
    String summary = count(files.all().size(), "revision");
    Optional<String> reference =
        settings.release().ref().or(() -> Optional.ofNullable(released.commit()));
    if (reference.isEmpty()) {
      notes.add(
          "Whether released revisions were changed was not asked: give the last release with"
              + " -Dmigrate.releasedRef=<tag>.");
      return CheckResult.of(Check.FILES, summary, findings, notes);
    }
    try {
      released(reference.get());
    } catch (MigrateException e) {
      if (findings.isEmpty()) {
        return CheckResult.notRun(Check.FILES, e.problem() + " " + e.remedy());
      }
      notes.add(e.problem() + " " + e.remedy());
      return CheckResult.of(Check.FILES, summary, findings, notes);
    }
    return CheckResult.of(
        Check.FILES, summary + ", compared with " + reference.get(), findings, notes);
  }

  private void heads() {
    List<Revision> heads = files.graph().heads();
    if (heads.size() > 1) {
      findings.add(
          CheckFinding.of(
              "",
              "There are %d heads: %s."
                  .formatted(
                      heads.size(),
                      heads.stream().map(Revision::title).collect(Collectors.joining(", "))),
              "Join them with mvn migrate:merge -Dmigrate.message=\"…\", or move one branch onto the"
                  + " other with mvn migrate:rebase."));
    }
  }

  private void names() {
    for (Path file : files.misnamed()) {
      String name = files.folders().display(file);
      findings.add(
          CheckFinding.of(
              name,
              name + " is no revision: its name is not V<version>__<message>.sql.",
              "Correct its name, with two underscores, or move it elsewhere."));
    }
  }

  private void downgrades() {
    int plain = 0;
    for (RevisionFile file : files.all()) {
      if (file.downgrade().isPresent() || file.irreversible()) {
        continue;
      }
      if (!file.hasHeader()) {
        plain++;
        continue;
      }
      findings.add(
          CheckFinding.of(
              file.id().toString(),
              "%s has no downgrade, and does not say that it cannot be taken back."
                  .formatted(file.upgrade().name()),
              "Write U%s__….sql, or add the line \"-- downgrade: none\" to the header."
                  .formatted(file.id())));
    }
    if (plain > 0) {
      notes.add(
          "%s without a header, as Flyway has them, cannot be taken back: no downgrade script."
              .formatted(count(plain, "revision")));
    }
  }

  /** Whether they can be split into statements, and end no transaction that is not theirs. */
  private void scripts() {
    for (RevisionFile file : files.all()) {
      Stream.concat(Stream.of(file.upgrade()), file.downgrade().stream())
          .forEach(script -> read(script, file));
    }
    Stream.concat(files.repeatables().stream(), files.callbacks().stream()).forEach(this::split);
    ownTransactions();
  }

  /** Plain Flyway runs them; nothing rolls back what they have committed. */
  private void ownTransactions() {
    List<RevisionFile> released = new ArrayList<>();
    List<RevisionFile> others = new ArrayList<>();
    for (RevisionFile file : files.all()) {
      if (file.upgrade().endsTransactions()) {
        (files.isReleased(file.id()) ? released : others).add(file);
      }
    }
    if (!released.isEmpty()) {
      notes.add(
          "%s %s outside a transaction of ours, because it ends its own (BEGIN, COMMIT): when one stops half-way, what it has committed stays. %s"
              .formatted(
                  count(released.size(), "released script"),
                  released.size() == 1 ? "runs" : "run",
                  names(released)));
    }
    if (!others.isEmpty()) {
      findings.add(
          CheckFinding.of(
              others.get(0).id().toString(),
              "%s the transaction in which the revision runs, so that a failure after that could not be rolled back; upgrade refuses what no target has run: %s"
                  .formatted(
                      others.size() == 1 ? "A script ends" : others.size() + " scripts end",
                      names(others)),
              "In a new one leave BEGIN and COMMIT away. Released ones must not change: say up to where"
                  + " the history is released (migrate.released), or put <script>.conf with"
                  + " executeInTransaction=false beside each."));
    }
  }

  private static String names(List<RevisionFile> some) {
    return some.stream().map(one -> one.upgrade().name()).collect(Collectors.joining(", ")) + ".";
  }

  private void split(Script script) {
    try {
      ScriptReader.lenient(script, settings.options().placeholders());
    } catch (MigrateException e) {
      findings.add(CheckFinding.of(script.name(), e.problem(), e.remedy()));
    }
  }

  private void read(Script script, RevisionFile file) {
    try {
      ScriptReader.runnable(script, settings.options().placeholders());
    } catch (MigrateException e) {
      String subject = released.has(file.id()) ? file.id().toString() : script.name();
      findings.add(CheckFinding.of(subject, e.problem(), e.remedy()));
    }
  }

  private void released(String reference) {
    Git git = new Git(files.folders().root(), settings.release().git(), Git.Question.CHANGED);
    String commit = git.commit(reference);
    List<Path> archived = archived();
    int moved = 0;
    for (Git.Touched touched :
        git.touched(
            commit, ReleasedRevisions.folders(files), files.folders().conventions()::isOfVersion)) {
      if (touched.removed() && git.isOneOf(commit, touched.path(), archived)) {
        moved++;
        continue;
      }
      findings.add(
          CheckFinding.of(
              touched.path(),
              "%s was %s since %s, where it was released."
                  .formatted(touched.path(), touched.removed() ? "removed" : "edited", reference),
              "Bring it back (git checkout %s -- :/%s) and put the change into a revision of its own."
                  .formatted(reference, touched.path())));
    }
    if (moved > 0) {
      notes.add(
          "%s, released with %s, %s in the archive as %s then: a baseline has replaced what %s."
              .formatted(
                  count(moved, "script"),
                  reference,
                  moved == 1 ? "is" : "are",
                  moved == 1 ? "it was" : "they were",
                  moved == 1 ? "it did" : "they did"));
    }
  }

  /** What baselines have replaced, also those that a later one has replaced in turn. */
  private List<Path> archived() {
    Optional<Path> archives =
        files.archive().map(folder -> files.folders().root().resolve(folder).getParent());
    if (archives.isEmpty() || !Files.isDirectory(archives.get())) {
      return List.of();
    }
    try (Stream<Path> all = Files.walk(archives.get())) {
      return all.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The archive %s cannot be read: %s."
              .formatted(files.folders().display(archives.get()), e.getMessage()),
          "Check that you may read it.",
          e);
    }
  }

  static String count(int number, String thing) {
    return number == 1 ? "1 " + thing : number + " " + thing + "s";
  }
}
