package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.FileChange;
import dev.migrate.revision.RebasePlan;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.revision.RevisionId;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes the files of new revisions, and of a branch that is rebased. Ids are unique even when two
 * processes write in the same second: they are given when nobody else is at work on the folder.
 */
public final class RevisionWriter {
  private final RevisionFiles files;
  private final RevisionFolders folders;
  private final Clock clock;
  private final String goal;
  private final List<Revision> known;

  /**
   * @param files what is there already
   * @param clock gives the ids
   */
  public RevisionWriter(RevisionFiles files, Clock clock) {
    this(files, clock, "revision");
  }

  /**
   * @param files what is there already
   * @param clock gives the ids
   * @param goal which goal writes, and finishes what it had to leave half
   */
  public RevisionWriter(RevisionFiles files, Clock clock, String goal) {
    this.files = files;
    this.folders = files.folders();
    this.clock = clock;
    this.goal = goal;
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
    return write(List.of(draft), List.of()).get(0);
  }

  /**
   * Writes the scripts of several revisions, and whatever belongs to them, or nothing.
   *
   * @param drafts what to write; each revises the one before it, and only the first has parents
   * @param besides other files that change with them
   * @return the revisions as they were written
   * @throws MigrateException as for one, or if one of the other files cannot be written
   */
  public List<RevisionFile> write(List<NewRevision> drafts, List<FileChange> besides) {
    if (drafts.stream().anyMatch(draft -> draft.message().isEmpty())) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The new revision has no message.",
          "Say what it does with -Dmigrate.message=\"…\".");
    }
    List<Revision> all = new ArrayList<>(known);
    List<Revision> written = new ArrayList<>();
    folders
        .journal()
        .change(
            goal,
            () -> {
              List<FileChange> changes = new ArrayList<>();
              List<RevisionId> below = drafts.get(0).parents();
              for (NewRevision one : drafts) {
                NewRevision draft = one.revising(below);
                Revision revision = revision(draft, all);
                all.add(revision);
                written.add(revision);
                changes.addAll(scripts(draft, revision));
                below = List.of(revision.id());
              }
              changes.addAll(besides);
              return changes;
            });
    known.addAll(written);
    return written.stream().map(this::written).toList();
  }

  /**
   * Renames the files of a branch and rewrites the lines of their headers; all other bytes stay.
   *
   * @param rebase what becomes what
   * @throws MigrateException if a file cannot be written; then nothing has changed
   */
  public void rebase(RebasePlan rebase) {
    new BranchMover(files).move(rebase);
  }

  /** The graph's own checks say best what does not fit. */
  private Revision revision(NewRevision draft, List<Revision> all) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
    RevisionGraph graph = RevisionGraph.of(all);
    List<RevisionId> older = new ArrayList<>(draft.parents());
    draft.dependencies().stream()
        .flatMap(name -> graph.resolve(name, List.of()).stream())
        .map(Revision::id)
        .forEach(older::add);
    RevisionId id = RevisionId.following(now, older);
    while (isKnown(id, all) || isTaken(id)) {
      id = RevisionId.following(now, List.of(id));
    }
    Revision revision =
        new Revision(
            id,
            draft.message(),
            draft.parents(),
            draft.dependencies(),
            draft.labels(),
            now,
            folders.display(upgradePath(id, draft.message())));
    List<Revision> with = new ArrayList<>(all);
    with.add(revision);
    RevisionGraph.of(with);
    return revision;
  }

  private static boolean isKnown(RevisionId id, List<Revision> all) {
    return all.stream().anyMatch(other -> other.id().equals(id));
  }

  /**
   * The downgrade comes first: whoever looks between the two, and does not look for an interrupted
   * change, finds a downgrade without upgrade, and not a revision that seems irreversible.
   */
  private List<FileChange> scripts(NewRevision draft, Revision revision) {
    Path upgrade = upgradePath(revision.id(), draft.message());
    List<FileChange> changes = new ArrayList<>();
    if (draft.downgrade().isPresent()) {
      changes.add(
          new FileChange.Create(
              downgradePath(revision.id(), draft.message()),
              encoded(HeaderWriter.downgrade(draft, revision), revision)));
    }
    if (!draft.upgrade().transactional()) {
      changes.add(new FileChange.Create(ScriptConfiguration.of(upgrade), ScriptConfiguration.TEXT));
    }
    changes.add(
        new FileChange.Create(upgrade, encoded(HeaderWriter.upgrade(draft, revision), revision)));
    return changes;
  }

  private byte[] encoded(byte[] text, Revision revision) {
    return folders.conventions().encoded(text, revision.origin());
  }

  private boolean isTaken(RevisionId id) {
    List<Path> all = new ArrayList<>(folders.upgrades());
    all.addAll(folders.downgrades());
    return all.stream().filter(Files::isDirectory).anyMatch(folder -> contains(folder, id));
  }

  private boolean contains(Path folder, RevisionId id) {
    return FolderWalk.files(folder, folders::display).stream().anyMatch(path -> hasId(path, id));
  }

  private boolean hasId(Path path, RevisionId id) {
    return folders
        .conventions()
        .parse(path.getFileName().toString())
        .flatMap(name -> RevisionId.parse(name.version()))
        .filter(id::equals)
        .isPresent();
  }

  private RevisionFile written(Revision revision) {
    Path upgrade = upgradePath(revision.id(), revision.message());
    Path downgrade = downgradePath(revision.id(), revision.message());
    ScriptText text =
        ScriptText.read(upgrade, folders.display(upgrade), folders.conventions().encoding());
    return new RevisionFile(
        revision,
        script(upgrade),
        Files.exists(downgrade) ? script(downgrade) : null,
        true,
        !Files.exists(downgrade),
        Files.exists(downgrade)
            && revision.parents().size() < 2
            && LeadingComments.isAll(
                ScriptText.read(downgrade, downgrade.toString(), folders.conventions().encoding())
                    .text()),
        RevisionHeader.parse(text.text(), folders.display(upgrade)).repeatables());
  }

  private Script script(Path path) {
    String name = folders.display(path);
    ScriptText text = ScriptText.read(path, name, folders.conventions().encoding());
    return Script.of(
        path, name, text, RevisionHeader.parse(text.text(), name), folders.conventions());
  }

  private Path upgradePath(RevisionId id, String message) {
    return folders
        .upgrade()
        .resolve(
            folders.conventions().name(MigrationFileName.Kind.UPGRADE, id.toString(), message));
  }

  private Path downgradePath(RevisionId id, String message) {
    return folders
        .downgrade()
        .resolve(
            folders.conventions().name(MigrationFileName.Kind.DOWNGRADE, id.toString(), message));
  }
}
