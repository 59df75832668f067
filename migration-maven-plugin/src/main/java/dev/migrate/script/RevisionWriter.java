package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.revision.Rebase;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.revision.RevisionId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes new revisions, and the files of a branch that moves. Ids are unique even when two
 * processes write in the same second: the hidden file that a script is written to first carries the
 * id in its name and is only ever created, never opened, so that the second process takes the next
 * second.
 */
public final class RevisionWriter {
  private static final int MOST_ATTEMPTS = 10_000;

  private final RevisionFiles files;
  private final RevisionFolders folders;
  private final Clock clock;
  private final List<Revision> known;

  /**
   * @param files what is there already
   * @param clock gives the ids
   */
  public RevisionWriter(RevisionFiles files, Clock clock) {
    this.files = files;
    this.folders = files.folders();
    this.clock = clock;
    this.known = new ArrayList<>(files.graph().revisions());
  }

  /**
   * Writes both scripts of a revision, or none. Folders that are missing are created.
   *
   * @param draft what to write; its parents are among the files, or were written by this writer
   * @return the revision as it was written
   * @throws MigrateException if the message is empty, parents, dependencies or labels do not fit
   *     the other revisions, or the files cannot be written
   */
  public RevisionFile write(NewRevision draft) {
    if (draft.message().isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The new revision has no message.",
          "Say what it does with -Dmigrate.message=\"…\".");
    }
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    RevisionGraph graph = RevisionGraph.of(known);
    List<RevisionId> older = new ArrayList<>(draft.parents());
    draft.dependencies().stream()
        .flatMap(name -> graph.resolve(name, List.of()).stream())
        .map(Revision::id)
        .forEach(older::add);
    RevisionId id = RevisionId.following(now, older);
    while (isKnown(id)) {
      id = RevisionId.following(now, List.of(id));
    }
    refuseContradictions(revision(draft, id, now));
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      Revision revision = revision(draft, id, now);
      if (writePair(draft, revision)) {
        known.add(revision);
        return written(revision);
      }
      id = RevisionId.following(now, List.of(id));
    }
    throw new MigrateException(
        FailureCode.FILE_ACCESS,
        "No free id was found in " + folders.display(folders.upgrade()) + " up to " + id + ".",
        "Remove hidden files like .V" + id + ".sql.tmp that a killed run has left there.");
  }

  /**
   * Renames the files of a branch and rewrites the lines of their headers; all other bytes stay.
   *
   * @param rebase what becomes what
   * @throws MigrateException if a file cannot be written; then nothing has changed
   */
  public void rebase(Rebase rebase) {
    new BranchMover(files).move(rebase);
  }

  private Revision revision(NewRevision draft, RevisionId id, Instant now) {
    return new Revision(
        id,
        draft.message(),
        draft.parents(),
        draft.dependencies(),
        draft.labels(),
        now,
        folders.display(upgradePath(id, draft.message())));
  }

  private boolean isKnown(RevisionId id) {
    return known.stream().anyMatch(other -> other.id().equals(id));
  }

  /** The graph's own checks say it best. */
  private void refuseContradictions(Revision revision) {
    List<Revision> all = new ArrayList<>(known);
    all.add(revision);
    RevisionGraph.of(all);
  }

  /** Returns false if somebody else has the id. */
  private boolean writePair(NewRevision draft, Revision revision) {
    RevisionId id = revision.id();
    Path upgrade = upgradePath(id, draft.message());
    Path downgrade = downgradePath(id, draft.message());
    String writing = folders.display(upgrade);
    // The downgrade gets its name first: an interruption between the two leaves a downgrade without
    // upgrade, which every reader reports, and not a revision that seems irreversible.
    try (AtomicFiles pair = new AtomicFiles()) {
      Path claim = hidden(upgrade.getParent(), "V" + id);
      if (!pair.stage(claim, upgrade, HeaderText.upgrade(draft, revision)) || isTaken(id)) {
        return false;
      }
      if (!draft.transactional()
          && !pair.stage(
              hidden(upgrade.getParent(), "V" + id + ".conf"),
              ScriptConfiguration.of(upgrade),
              ScriptConfiguration.TEXT)) {
        return false;
      }
      if (draft.downgradeSql() != null) {
        writing = folders.display(downgrade);
        Path other = hidden(downgrade.getParent(), "U" + id);
        if (!pair.stage(other, downgrade, HeaderText.downgrade(draft, revision))) {
          return false;
        }
      }
      pair.publish();
      return true;
    } catch (IOException e) {
      throw FileFailures.cannotWrite(writing, e);
    }
  }

  private boolean isTaken(RevisionId id) {
    List<Path> all = new ArrayList<>(folders.upgrades());
    all.addAll(folders.downgrades());
    return all.stream().filter(Files::isDirectory).anyMatch(folder -> contains(folder, id));
  }

  private boolean contains(Path folder, RevisionId id) {
    return FolderWalk.files(folder, folders::display).stream().anyMatch(path -> hasId(path, id));
  }

  private static boolean hasId(Path path, RevisionId id) {
    return FileName.parse(path.getFileName().toString())
        .flatMap(name -> RevisionId.parse(name.version()))
        .filter(id::equals)
        .isPresent();
  }

  private RevisionFile written(Revision revision) {
    Path upgrade = upgradePath(revision.id(), revision.message());
    Path downgrade = downgradePath(revision.id(), revision.message());
    return new RevisionFile(
        revision,
        script(upgrade),
        Files.exists(downgrade) ? script(downgrade) : null,
        true,
        !Files.exists(downgrade),
        Files.exists(downgrade)
            && revision.parents().size() < 2
            && LeadingComments.isAll(ScriptText.read(downgrade, downgrade.toString()).text()));
  }

  private Script script(Path path) {
    String name = folders.display(path);
    ScriptText text = ScriptText.read(path, name);
    return Script.of(path, name, text, Header.parse(text.text(), name));
  }

  private Path upgradePath(RevisionId id, String message) {
    return folders.upgrade().resolve("V" + id + "__" + FileName.slug(message) + ".sql");
  }

  private Path downgradePath(RevisionId id, String message) {
    return folders.downgrade().resolve("U" + id + "__" + FileName.slug(message) + ".sql");
  }

  private static Path hidden(Path folder, String name) {
    return folder.resolve("." + name + ".sql.tmp");
  }
}
