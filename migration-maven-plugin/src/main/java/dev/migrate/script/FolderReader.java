package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileFailures;
import dev.migrate.files.Journal;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFiles.MissingFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads all scripts in the folders of a project into {@link RevisionFiles}. */
final class FolderReader {
  private static final int MOST_LOOKS = 5;
  private static final long MILLIS_BETWEEN_LOOKS = 20;

  private final RevisionFolders folders;
  private final MissingFolder missing;
  private final Set<Path> seen = new HashSet<>();
  private final Map<Path, Path> realFolders = new HashMap<>();
  private final List<Path> all = new ArrayList<>();
  private final List<Found> upgrades = new ArrayList<>();
  private final Map<RevisionId, Found> downgrades = new HashMap<>();
  private final List<BaselineFile> baselines = new ArrayList<>();
  private final List<Script> repeatables = new ArrayList<>();
  private final List<Path> inUpgrades = new ArrayList<>();
  private final List<Path> misnamed = new ArrayList<>();
  private final List<Path> others = new ArrayList<>();
  private final List<Path> leftovers = new ArrayList<>();
  private Optional<StandingBaseline> standing = Optional.empty();

  private FolderReader(RevisionFolders folders, MissingFolder missing) {
    this.folders = folders;
    this.missing = missing;
  }

  /**
   * Another process may be between giving a new downgrade its name and giving it to the upgrade; so
   * a downgrade without upgrade is looked at again before it is an error.
   */
  static RevisionFiles read(RevisionFolders folders, MissingFolder missing) {
    Journal journal = folders.journal();
    for (int look = 1; ; look++) {
      journal.requireFinished();
      FolderReader reader = new FolderReader(folders, missing);
      reader.find();
      reader.refuseTwoWaysToOneFile();
      reader.findBaseline();
      Optional<Found> orphan = reader.orphan();
      if (journal.isInUse()) {
        continue; // somebody has begun to change the files that were just read
      }
      if (orphan.isEmpty()) {
        return reader.result();
      }
      if (look == MOST_LOOKS || !pause()) {
        throw bad(
            orphan.get().display()
                + " takes back revision "
                + orphan.get().id()
                + ", and there is no upgrade script of that id.",
            "Bring V%1$s__….sql back (git log --all -- '*%1$s*' finds it): a database that has applied it cannot go back without both. Where none has, remove this file."
                .formatted(orphan.get().id()));
      }
    }
  }

  private static boolean pause() {
    try {
      Thread.sleep(MILLIS_BETWEEN_LOOKS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A file, as its name describes it. */
  record Found(RevisionId id, MigrationFileName name, Path path, String display) {}

  private void find() {
    for (Path folder : folders.upgrades()) {
      if (missing == MissingFolder.REFUSE || Files.exists(folder)) {
        for (Path file : files(folder, missing)) {
          take(file, true);
        }
      }
    }
    for (Path folder : folders.downgrades()) {
      if (Files.exists(folder)) {
        for (Path file : files(folder, MissingFolder.ALLOW)) {
          take(file, false);
        }
      }
    }
  }

  private Optional<Found> orphan() {
    Set<RevisionId> ids = new HashSet<>();
    for (Map.Entry<RevisionId, Found> downgrade : downgrades.entrySet()) {
      if (!leftovers.contains(downgrade.getValue().path())) {
        ids.add(downgrade.getKey());
      }
    }
    for (Found upgrade : upgrades) {
      ids.remove(upgrade.id());
    }
    return ids.isEmpty()
        ? Optional.empty()
        : Optional.of(downgrades.get(Collections.<RevisionId>min(ids)));
  }

  private RevisionFiles result() {
    List<RevisionFile> files = upgrades();
    if (!repeatables.isEmpty()) {
      repeatables.sort(Comparator.comparing(script -> script.path().getFileName().toString()));
      refuseTwins();
    }
    return new RevisionFiles(
        folders,
        files,
        repeatables,
        baselines,
        new RevisionFiles.Found(inUpgrades, misnamed, others),
        standing
            .map(one -> new RevisionFiles.Archived(one.archive(), leftovers))
            .orElse(RevisionFiles.Archived.NOTHING),
        List::of);
  }

  /** Flyway knows a repeatable migration by its description alone. */
  private void refuseTwins() {
    Map<String, Script> byDescription = new HashMap<>();
    for (Script script : repeatables) {
      Script before = byDescription.putIfAbsent(script.description(), script);
      if (before != null) {
        throw bad(
            "%s and %s are one repeatable migration for Flyway: both are described as \"%s\"."
                .formatted(before.name(), script.name(), script.description()),
            "Rename one of them.");
      }
    }
  }

  /** The latest baseline that stands for files that are not there, or not any more. */
  private void findBaseline() {
    if (baselines.isEmpty()) {
      return;
    }
    baselines.sort(Comparator.comparing(BaselineFile::version).reversed());
    Set<RevisionId> ids = upgrades.stream().map(Found::id).collect(Collectors.toSet());
    standing =
        baselines.stream()
            .map(baseline -> StandingBaseline.of(baseline, folders.root()))
            .filter(baseline -> baseline.stands(ids))
            .findFirst();
    Collections.reverse(baselines);
    if (standing.isPresent()) {
      all.stream().filter(standing.get()::hasArchived).forEach(leftovers::add);
      upgrades.removeIf(found -> leftovers.contains(found.path()));
    }
  }

  private List<Path> files(Path folder, MissingFolder whenMissing) {
    if (!Files.isDirectory(folder)) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The folder "
              + folders.display(folder)
              + (Files.exists(folder) ? " is not a folder." : " does not exist."),
          whenMissing == MissingFolder.REFUSE
              ? "Create it with 'mvn migrate:init', or correct the parameter that names it."
              : "Correct the parameter that names it.");
    }
    try {
      // A folder may be named twice, or lie in another one.
      Path real = folder.toRealPath();
      List<Path> found = new ArrayList<>();
      for (Path file : FolderWalk.files(folder, folders::display)) {
        Path place = real.equals(folder) ? file : real.resolve(folder.relativize(file));
        if (seen.add(place)) {
          found.add(file);
        }
      }
      return found;
    } catch (IOException e) {
      throw FileFailures.cannotRead("The folder " + folders.display(folder), e);
    }
  }

  private void take(Path file, boolean upward) {
    all.add(file);
    if (upward) {
      inUpgrades.add(file);
    }
    String display = folders.display(file);
    MigrationFileName name =
        folders.conventions().parse(file.getFileName().toString()).orElse(null);
    if (name == null) {
      takeOther(file);
      return;
    }
    if (name.kind() != MigrationFileName.Kind.DOWNGRADE && !upward) {
      throw bad(
          display + " lies in a folder of downgrade scripts, where Flyway would not find it.",
          "Move it to " + folders.display(folders.upgrade()) + ".");
    }
    switch (name.kind()) {
      case UPGRADE -> upgrades.add(new Found(id(name, display), name, file, display));
      case DOWNGRADE -> takeDowngrade(new Found(id(name, display), name, file, display));
      case BASELINE -> baselines.add(new BaselineFile(id(name, display), script(file, display)));
      case REPEATABLE -> repeatables.add(script(file, display));
    }
  }

  private void takeOther(Path file) {
    String name = file.getFileName().toString();
    if (folders.conventions().hasOddVersion(name)) {
      throw bad(
          "The version of %s is not written with the digits 0 to 9 alone; a Flyway without this"
                  .formatted(folders.display(file))
              + " plugin would run it nevertheless.",
          "Give the file a version of such digits, with dots or underscores between.");
    }
    if (folders.conventions().isAlmostOne(name)) {
      misnamed.add(file);
    } else if (folders.conventions().hasSuffix(name) && !folders.conventions().isCallback(name)) {
      others.add(file);
    }
  }

  /**
   * Two links may lead to one file. Flyway takes what it finds behind each of them for a migration
   * of its own, and refuses both; so do we, and say that it is one file.
   */
  private void refuseTwoWaysToOneFile() {
    Map<Path, Path> ways = new HashMap<>();
    for (Path file : all) {
      if (folders.conventions().parse(file.getFileName().toString()).isEmpty()) {
        continue;
      }
      Path before = ways.putIfAbsent(realPath(file), file);
      if (before != null) {
        throw bad(
            "%s and %s are one file, reached through a link."
                .formatted(folders.display(before), folders.display(file)),
            "Remove the link: Flyway, too, takes them for two migrations of one version.");
      }
    }
  }

  private Path realPath(Path file) {
    try {
      // Only a link needs to be asked for; for a file in a folder it is enough to know the folder.
      return Files.isSymbolicLink(file)
          ? file.toRealPath()
          : realFolders
              .computeIfAbsent(file.getParent(), this::realFolder)
              .resolve(file.getFileName());
    } catch (IOException e) {
      throw FileFailures.cannotRead(folders.display(file), e);
    }
  }

  private Path realFolder(Path folder) {
    try {
      return folder.toRealPath();
    } catch (IOException e) {
      throw FileFailures.cannotRead("The folder " + folders.display(folder), e);
    }
  }

  private void takeDowngrade(Found found) {
    Found before = downgrades.putIfAbsent(found.id(), found);
    if (before != null) {
      throw bad(
          "Two files take back revision "
              + found.id()
              + ": "
              + before.display()
              + " and "
              + found.display()
              + ".",
          "Remove one of them.");
    }
  }

  private List<RevisionFile> upgrades() {
    TreeSet<RevisionId> ids = new TreeSet<>();
    for (Found found : upgrades) {
      ids.add(found.id());
    }
    List<RevisionFile> files = new ArrayList<>();
    standing.ifPresent(
        baseline -> {
          ids.add(baseline.file().version());
          files.add(baseline.revision());
        });
    for (Found found : upgrades) {
      ScriptText text =
          ScriptText.read(found.path(), found.display(), folders.conventions().encoding());
      RevisionHeader header = RevisionHeader.parse(text.text(), found.display());
      Script upgrade =
          Script.of(found.path(), found.display(), text, header, folders.conventions());
      Revision revision =
          header.isPresent() ? withHeader(found, header) : plain(found, ids.lower(found.id()));
      Downgrade downgrade = downgrade(found.id());
      if (downgrade != null && header.irreversible()) {
        throw bad(
            found.display()
                + " says '-- downgrade: none', and "
                + downgrade.script().name()
                + " takes it back.",
            "Remove the line, or that file.");
      }
      files.add(
          new RevisionFile(
              revision,
              upgrade,
              downgrade == null ? null : downgrade.script(),
              header.isPresent(),
              header.irreversible(),
              downgrade != null && downgrade.unwritten(revision, text, header),
              header.repeatables()));
    }
    return files;
  }

  private static Revision withHeader(Found found, RevisionHeader header) {
    header.confirm(found.id());
    if (!found.id().isTimestamp()) {
      throw bad(
          found.display()
              + " has a header, and its id "
              + found.id()
              + " is not a UTC timestamp of fourteen digits.",
          "Name the file like V20260118103000__"
              + MigrationFileName.slug(header.message())
              + ".sql and write the same id into its line '-- revision:'; a plain Flyway migration"
              + " needs no header.");
    }
    return new Revision(
        found.id(),
        header.message().isEmpty() ? found.name().description() : header.message(),
        header.revises(),
        header.depends(),
        header.labels(),
        header.created(),
        found.display());
  }

  private static Revision plain(Found found, RevisionId before) {
    return new Revision(
        found.id(),
        found.name().description(),
        before == null ? List.of() : List.of(before),
        List.of(),
        List.of(),
        null,
        found.display());
  }

  /** A downgrade script, and whether it is more than comments. */
  private record Downgrade(Script script, boolean hasStatement, boolean nothingToTakeBack) {
    /**
     * Without a statement it takes nothing back, and would be recorded as if it had. A revision
     * that only joins others has nothing to take back.
     */
    boolean unwritten(Revision revision, ScriptText upgrade, RevisionHeader header) {
      return !hasStatement
          && !nothingToTakeBack
          && !header.nothingToTakeBack()
          && !(revision.parents().size() > 1 && LeadingComments.isAll(upgrade.text()));
    }
  }

  private Downgrade downgrade(RevisionId id) {
    Found found = downgrades.get(id);
    if (found == null) {
      return null;
    }
    ScriptText text =
        ScriptText.read(found.path(), found.display(), folders.conventions().encoding());
    RevisionHeader header = RevisionHeader.parse(text.text(), found.display());
    header.confirm(id);
    return new Downgrade(
        Script.of(found.path(), found.display(), text, header, folders.conventions()),
        !LeadingComments.isAll(text.text()),
        header.nothingToTakeBack());
  }

  private static RevisionId id(MigrationFileName name, String display) {
    return RevisionId.parse(name.version())
        .orElseThrow(
            () ->
                bad(
                    display
                        + " has an id of "
                        + name.version().length()
                        + " characters, and Flyway's history holds at most "
                        + RevisionId.MAX_LENGTH
                        + ".",
                    "Give the file a shorter version, for example fourteen digits of UTC time."));
  }

  private Script script(Path path, String display) {
    return script(path, display, folders.conventions());
  }

  static Script script(Path path, String display, ScriptConventions conventions) {
    ScriptText text = ScriptText.read(path, display, conventions.encoding());
    return Script.of(path, display, text, RevisionHeader.parse(text.text(), display), conventions);
  }

  private static MigrateException bad(String problem, String remedy) {
    return new MigrateException(FailureCode.INVALID_REVISION_FILE, problem, remedy);
  }
}
