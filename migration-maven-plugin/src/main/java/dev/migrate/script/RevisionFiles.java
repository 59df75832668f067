package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.revision.RevisionId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * All migration scripts of a project, and the graph of its revisions. Immutable: a picture of one
 * moment.
 */
public final class RevisionFiles {
  private static final Pattern QUALIFIED =
      Pattern.compile("[A-Za-z_][A-Za-z_0-9$]*(?:\\.[A-Za-z_][A-Za-z_0-9$]*)+");

  private final RevisionFolders folders;
  private final RevisionGraph graph;
  private final Map<RevisionId, RevisionFile> files = new TreeMap<>();
  private final List<Script> repeatables;
  private final List<BaselineFile> baselines;
  private final Found found;
  private final Archived archived;
  private final Supplier<List<JavaMigration>> recorded;
  private final Predicate<RevisionId> released;
  private final JavaRunner runner;

  /**
   * What the walk through the folders found.
   *
   * @param upgrades every file in the folders of the upgrade scripts
   * @param misnamed SQL files that look as if they were meant to be revisions
   * @param others SQL files that nothing runs
   */
  record Found(List<Path> upgrades, List<Path> misnamed, List<Path> others) {
    static final Found NOTHING = new Found(List.of(), List.of(), List.of());

    Found {
      upgrades = List.copyOf(upgrades);
      misnamed = List.copyOf(misnamed);
      others = List.copyOf(others);
    }
  }

  /**
   * What lies elsewhere since a baseline has replaced it.
   *
   * @param folder the archive of the baseline that the graph begins with, as its header names it;
   *     null when there is none
   * @param leftovers files that are in that archive and still in their old place, too, because a
   *     squash was interrupted
   */
  record Archived(String folder, List<Path> leftovers) {
    static final Archived NOTHING = new Archived(null, List.of());

    Archived {
      leftovers = List.copyOf(leftovers);
    }
  }

  RevisionFiles(
      RevisionFolders folders,
      Collection<RevisionFile> files,
      List<Script> repeatables,
      List<BaselineFile> baselines,
      Found found,
      Archived archived,
      Supplier<List<JavaMigration>> recorded) {
    this(
        folders,
        files,
        repeatables,
        baselines,
        found,
        archived,
        recorded,
        id -> false,
        JavaRunner.NONE);
  }

  private RevisionFiles(
      RevisionFolders folders,
      Collection<RevisionFile> files,
      List<Script> repeatables,
      List<BaselineFile> baselines,
      Found found,
      Archived archived,
      Supplier<List<JavaMigration>> recorded,
      Predicate<RevisionId> released,
      JavaRunner runner) {
    this.folders = folders;
    List<Revision> revisions = new ArrayList<>(files.size());
    for (RevisionFile file : files) {
      revisions.add(file.revision());
      this.files.put(file.id(), file);
    }
    this.graph = RevisionGraph.of(revisions);
    this.repeatables = List.copyOf(repeatables);
    this.baselines = List.copyOf(baselines);
    this.found = found;
    this.archived = archived;
    this.recorded = recorded;
    this.released = released;
    this.runner = runner;
  }

  /** What to do when a folder of upgrade scripts is not there. */
  public enum MissingFolder {
    /** Fail, because somebody expects revisions in it. */
    REFUSE,
    /** Go on with nothing, as a project that is about to start. */
    ALLOW
  }

  /**
   * Reads every script of the folders.
   *
   * @param folders where to look
   * @param missing what a missing folder of upgrade scripts means; one of downgrade scripts may
   *     always be missing
   * @return all scripts and their graph
   * @throws MigrateException if a folder or file cannot be read, is not UTF-8, has a wrong header,
   *     or the revisions contradict each other
   */
  public static RevisionFiles read(RevisionFolders folders, MissingFolder missing) {
    RevisionFiles files = FolderReader.read(folders, missing);
    files.requireReadable();
    return files;
  }

  /**
   * @return where the files were found
   */
  public RevisionFolders folders() {
    return folders;
  }

  /**
   * @return the revisions and how they build on each other
   */
  public RevisionGraph graph() {
    return graph;
  }

  /**
   * @return the revisions with their scripts, in version order
   */
  public List<RevisionFile> all() {
    return new ArrayList<>(files.values());
  }

  /**
   * @param id any id
   * @return the revision with its scripts
   */
  public Optional<RevisionFile> find(RevisionId id) {
    return Optional.ofNullable(files.get(id));
  }

  /**
   * @param id the id of one of these revisions
   * @return the revision with its scripts
   * @throws IllegalArgumentException if there is none
   */
  public RevisionFile get(RevisionId id) {
    return find(id).orElseThrow(() -> new IllegalArgumentException("no file of revision " + id));
  }

  /**
   * @param revisions some of these revisions
   * @return the same with their scripts, in the same order
   */
  public List<RevisionFile> get(Collection<Revision> revisions) {
    return revisions.stream().map(revision -> get(revision.id())).toList();
  }

  /**
   * @return Flyway's repeatable migrations ({@code R__….sql}), sorted by name
   */
  public List<Script> repeatables() {
    return repeatables;
  }

  /**
   * Reads the scripts that Flyway runs beside the revisions, such as {@code afterMigrate.sql}.
   *
   * @return those that an upgrade can run
   * @throws MigrateException if one cannot be read or is not UTF-8
   */
  public List<Script> callbacks() {
    return found.upgrades().stream()
        .filter(file -> folders.conventions().isCallbackOfUpgrade(file.getFileName().toString()))
        .map(file -> FolderReader.script(file, folders.display(file), folders.conventions()))
        .toList();
  }

  /**
   * @return Flyway's baseline migrations, in version order
   */
  public List<BaselineFile> baselines() {
    return baselines;
  }

  /**
   * @param script one of these scripts
   * @return its name as Flyway records it: from its folder
   */
  public String relative(Script script) {
    return folders.upgrades().stream()
        .filter(folder -> script.path().startsWith(folder))
        .findFirst()
        .map(folder -> folder.relativize(script.path()).toString().replace('\\', '/'))
        .orElse(script.path().getFileName().toString());
  }

  /**
   * @return the revisions alone, as if there were no repeatable migrations
   */
  public RevisionFiles withoutRepeatables() {
    return withRepeatables(List.of());
  }

  /**
   * @param kept some of the repeatable migrations
   * @return the same, as if there were no others
   */
  public RevisionFiles withRepeatables(List<Script> kept) {
    Set<Path> away = repeatables.stream().map(Script::path).collect(Collectors.toSet());
    kept.forEach(script -> away.remove(script.path()));
    Found rest =
        new Found(
            found.upgrades().stream().filter(file -> !away.contains(file)).toList(),
            found.misnamed(),
            found.others());
    return new RevisionFiles(
        folders, files.values(), kept, baselines, rest, archived, recorded, released, runner);
  }

  /**
   * @return the same, as if there were no callbacks beside them
   */
  public RevisionFiles withoutCallbacks() {
    Found quiet =
        new Found(
            found.upgrades().stream()
                .filter(file -> !folders.conventions().isCallback(file.getFileName().toString()))
                .toList(),
            found.misnamed(),
            found.others());
    return new RevisionFiles(
        folders,
        files.values(),
        repeatables,
        baselines,
        quiet,
        archived,
        recorded,
        released,
        runner);
  }

  /**
   * @param which tells which revisions are released: run somewhere, so that their scripts cannot
   *     change any more
   * @return the same, knowing that
   */
  public RevisionFiles released(Predicate<RevisionId> which) {
    return new RevisionFiles(
        folders, files.values(), repeatables, baselines, found, archived, recorded, which, runner);
  }

  /**
   * @param id a revision
   * @return whether it is released, as far as anybody has said
   */
  public boolean isReleased(RevisionId id) {
    return released.test(id);
  }

  /**
   * @param history names what a target says to have run elsewhere; asked when somebody wants to
   *     know
   * @return the same, knowing that too
   */
  public RevisionFiles recordedElsewhere(Supplier<List<JavaMigration>> history) {
    return new RevisionFiles(
        folders,
        files.values(),
        repeatables,
        baselines,
        found,
        archived,
        history,
        released,
        runner);
  }

  /**
   * Looks for what no script tells: the Java migrations among the project's sources, and what the
   * history of a target names. Where there is a script of the same version, that is taken instead.
   *
   * @return them in the order of their versions, repeatable ones last
   * @throws MigrateException {@code FILE_ACCESS} when the sources cannot be looked through
   */
  public List<JavaMigration> javaMigrations() {
    List<JavaMigration> run = runner.migrations();
    return untold(union(union(runner.others(), JavaSources.of(folders)), recorded.get())).stream()
        .filter(one -> run.stream().noneMatch(other -> isSame(one, other)))
        .toList();
  }

  /**
   * @return the Java migrations with a version that can be run, whose classes are there, in the
   *     order of their versions
   */
  public List<JavaMigration> javaSteps() {
    return untold(runner.migrations()).stream().filter(one -> one.id().isPresent()).toList();
  }

  /**
   * @return the repeatable Java migrations that can be run, in the order of their descriptions
   */
  public List<JavaMigration> javaRepeatables() {
    return runner.migrations().stream()
        .filter(one -> one.id().isEmpty())
        .sorted(Comparator.comparing(JavaMigration::description))
        .toList();
  }

  /**
   * @return the same, as if there were no repeatable Java migrations
   */
  public RevisionFiles withoutJavaRepeatables() {
    return runnableBy(JavaRunner.versioned(runner));
  }

  /**
   * @return what runs the Java migrations
   */
  public JavaRunner javaRunner() {
    return runner;
  }

  /**
   * @param other runs Java migrations
   * @return the same, with these
   */
  public RevisionFiles runnableBy(JavaRunner other) {
    return new RevisionFiles(
        folders,
        files.values(),
        repeatables,
        baselines,
        found,
        archived,
        recorded,
        released,
        other);
  }

  /**
   * @param other a picture of the same project
   * @return the same, knowing all that the other knows and no file tells: what is released, what
   *     ran elsewhere, and who runs Java migrations
   */
  public RevisionFiles knowingLike(RevisionFiles other) {
    return recordedElsewhere(other.recorded).released(other.released).runnableBy(other.runner);
  }

  private List<JavaMigration> untold(List<JavaMigration> some) {
    List<JavaMigration> all = new ArrayList<>();
    for (JavaMigration one : some) {
      boolean told =
          one.id()
              .filter(
                  id ->
                      files.containsKey(id)
                          || graph
                              .baseline()
                              .filter(first -> id.compareTo(first.id()) <= 0)
                              .isPresent())
              .isPresent();
      if (!told) {
        all.add(one);
      }
    }
    all.sort(
        Comparator.comparing(
            one -> one.id().orElse(null), Comparator.nullsLast(Comparator.naturalOrder())));
    return all;
  }

  private static boolean isSame(JavaMigration one, JavaMigration other) {
    return one.id().equals(other.id())
        && (one.id().isPresent() || one.description().equals(other.description()));
  }

  private static List<JavaMigration> union(List<JavaMigration> some, List<JavaMigration> others) {
    List<JavaMigration> union = new ArrayList<>(some);
    others.stream()
        .filter(other -> some.stream().noneMatch(one -> isSame(one, other)))
        .forEach(union::add);
    return union;
  }

  /**
   * @return where the files are that the baseline of the graph has replaced, relative to the
   *     project's directory
   */
  public Optional<String> archive() {
    return Optional.ofNullable(archived.folder());
  }

  /**
   * @return what to add to a command so that it works with the files that the baseline has
   *     replaced; empty when it is not known where they are
   */
  public Optional<String> archiveOptions() {
    return archive()
        .map(
            folder ->
                "-Dmigrate.directory=%1$s/%2$s -Dmigrate.undoDirectory=%1$s/%3$s"
                    .formatted(folder, BaselineWriter.UPGRADES, BaselineWriter.DOWNGRADES));
  }

  /**
   * @return files that an interrupted squash has archived and not removed yet; they count no more
   */
  public List<Path> leftovers() {
    return archived.leftovers();
  }

  /**
   * @return SQL files that look as if they were meant to be revisions, but whose names Flyway does
   *     not understand, such as {@code V1_add.sql}; nothing else knows them
   */
  public List<Path> misnamed() {
    return found.misnamed();
  }

  /**
   * @return SQL files in the folders that are no revisions, repeatable migrations or callbacks by
   *     their names, without the {@link #misnamed} ones; nothing runs them
   */
  public List<Path> others() {
    return found.others();
  }

  /**
   * PostgreSQL lets anybody make up settings such as {@code app.tenant}, and has no list of them.
   *
   * @return every name in Flyway's callbacks that could be one; most are something else
   */
  public Set<String> callbackNames() {
    Set<String> names = new TreeSet<>();
    for (Path file : found.upgrades()) {
      if (folders.conventions().isCallback(file.getFileName().toString())) {
        Matcher matcher =
            QUALIFIED.matcher(
                ScriptText.read(file, folders.display(file), folders.conventions().encoding())
                    .text());
        while (matcher.find()) {
          names.add(matcher.group());
        }
      }
    }
    return names;
  }

  /**
   * @return everything that was found, by what it is
   */
  public ScriptInventory inventory() {
    return ScriptInventory.of(this);
  }

  /**
   * Refuses to take a folder full of scripts for one without revisions, because they have other
   * names than the settings say.
   *
   * @throws MigrateException {@code INVALID_REVISION_FILE} when there are files that are named like
   *     scripts, and no revision
   */
  private void requireReadable() {
    if (!files.isEmpty() || !baselines.isEmpty()) {
      return;
    }
    List<String> names =
        found.upgrades().stream()
            .filter(file -> !found.misnamed().contains(file))
            .map(file -> file.getFileName().toString())
            .toList();
    NamingGuess guess = NamingGuess.of(names, folders.conventions()).orElse(null);
    if (guess == null || guess.settings().isEmpty()) {
      return;
    }
    ScriptConventions read = folders.conventions();
    throw new MigrateException(
        FailureCode.INVALID_REVISION_FILE,
        "%d %s in %s, such as %s, and by its name none is a revision: the names of revisions begin with %s, have %s after the version, and end with %s."
            .formatted(
                guess.files(),
                guess.files() == 1 ? "SQL file lies" : "SQL files lie",
                folders.upgrades().stream().map(folders::display).collect(Collectors.joining(", ")),
                guess.example(),
                read.versioned().isEmpty() ? "the version" : '"' + read.versioned() + '"',
                '"' + read.separator() + '"',
                String.join(" or ", read.suffixes())),
        guess.isOfPairs()
            ? "If they are of golang-migrate or a tool like it, mvn migrate:init -Dmigrate.from=%s takes them over."
                .formatted(folders.display(folders.upgrade()))
            : "If they are, say how they are named: %s; mvn migrate:init writes it into the POM. Else move them elsewhere."
                .formatted(
                    guess.settings().entrySet().stream()
                        .map(one -> "-Dflyway.%s=%s".formatted(one.getKey(), one.getValue()))
                        .collect(Collectors.joining(" "))));
  }

  /**
   * @return every file that was found in the folders of the upgrade scripts
   */
  public List<Path> found() {
    return found.upgrades();
  }
}
