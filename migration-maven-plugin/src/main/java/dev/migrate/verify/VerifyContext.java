package dev.migrate.verify;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.replay.Replay;
import dev.migrate.replay.ScratchSource;
import dev.migrate.replay.ScratchWorkspace;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Shared context of the checks that need a database, the scratch servers above all. */
final class VerifyContext implements AutoCloseable {
  private static final Pattern ROLES =
      Pattern.compile("(?is).*\\b(create|alter|drop)\\s+(role|user|group)\\b.*");

  private final VerifySettings settings;
  private final RevisionFiles files;
  private final Progress progress;
  private final ProofCache proofs;
  private final Supplier<ScratchSource> scratchSource;
  private final Introspector introspector;
  private final ReleasedRevisions released;
  private final Map<Integer, ScratchWorkspace> open = new TreeMap<>();

  VerifyContext(
      VerifySettings settings,
      RevisionFiles files,
      Progress progress,
      ProofCache proofs,
      Supplier<ScratchSource> scratchSource) {
    this.settings = settings;
    this.files = files;
    this.progress = progress;
    this.proofs = proofs;
    this.scratchSource = scratchSource;
    this.introspector = new Introspector(settings.scope());
    this.released =
        ReleasedRevisions.of(files, settings.release().upTo(), settings.release().git());
  }

  VerifySettings settings() {
    return settings;
  }

  RevisionFiles files() {
    return files;
  }

  ReleasedRevisions released() {
    return released;
  }

  /** How many revisions, from base, are released. */
  int line() {
    int line = 0;
    for (Revision one : chain()) {
      if (!released.has(one.id())) {
        break;
      }
      line++;
    }
    return line;
  }

  ProofCache proofs() {
    return proofs;
  }

  HistoryOptions options() {
    return settings.options();
  }

  Scope scope() {
    return settings.scope();
  }

  Progress progress() {
    return progress;
  }

  /** All revisions, in version order. */
  List<Revision> chain() {
    return files.graph().revisions();
  }

  /** What these revisions give, without their downgrades; to be closed. */
  ScratchWorkspace replayed(Collection<RevisionId> revisions) {
    return replay().of(revisions);
  }

  Replay replay() {
    return new Replay(scratchSource.get(), files, options(), progress);
  }

  /**
   * @param count how many revisions, from base
   * @return what they give; open until this is closed
   */
  ScratchWorkspace workspace(int count) {
    ScratchWorkspace known = open.get(count);
    if (known == null) {
      known = made(count);
      open.put(count, known);
    }
    return known;
  }

  private ScratchWorkspace made(int count) {
    return replayed(chain().subList(0, count).stream().map(Revision::id).toList());
  }

  /**
   * A database to change, and the server that it is on.
   *
   * @param workspace the server
   * @param database the database
   * @param own whether nobody else uses the server
   */
  record Place(ScratchWorkspace workspace, ScratchDatabase database, boolean own)
      implements AutoCloseable {
    @Override
    public void close() {
      if (own) {
        workspace.close();
      } else {
        database.close();
      }
    }
  }

  /**
   * @param count how many revisions, from base
   * @param label what for
   * @param often whether others begin there, too
   * @return a database to which these revisions were applied, to be closed; on a server of its own
   *     when revisions change roles, which databases of a server share
   */
  synchronized Place place(int count, String label, boolean often) {
    if (!often || changesRoles()) {
      ScratchWorkspace workspace = made(count);
      return new Place(workspace, workspace.base(), true);
    }
    if (count > 0) {
      ScratchWorkspace workspace = workspace(count);
      return new Place(workspace, workspace.copy(label), false);
    }
    ScratchWorkspace any = open.isEmpty() ? workspace(0) : open.values().iterator().next();
    return new Place(any, any.blank(label), false);
  }

  /**
   * Runs the Java migrations that come right before a revision; nobody takes them back.
   *
   * @return whether there are any
   */
  boolean javaBefore(int at, Place place) {
    Optional<RevisionId> highest =
        at == 0 ? Optional.empty() : Optional.of(chain().get(at - 1).id());
    return javaSteps().runBefore(highest, chain().get(at).id(), place.database());
  }

  JavaMigrationSteps javaSteps() {
    return new JavaMigrationSteps(files, options());
  }

  boolean changesRoles() {
    return files.all().stream()
        .flatMap(file -> Stream.concat(Stream.of(file.upgrade()), file.downgrade().stream()))
        .anyMatch(script -> ROLES.matcher(script.text()).matches());
  }

  @Override
  public void close() {
    open.values().forEach(ScratchWorkspace::close);
    open.clear();
  }

  /**
   * @param database one of this context
   * @return what reads it, to be closed before the database
   */
  SchemaReader reader(ScratchDatabase database) throws SQLException {
    return SchemaReader.of(introspector, database);
  }

  /**
   * @param revisions revisions, in the order in which they run
   * @param downgrades whether the downgrade scripts count
   * @return for each a key of everything that it and those before it depend on
   */
  List<String> keys(List<Revision> revisions, boolean downgrades) {
    InputDigest inputs = surroundings();
    List<String> keys = new ArrayList<>();
    for (Revision revision : revisions) {
      add(inputs, files.get(revision.id()), downgrades);
      keys.add(inputs.soFar());
    }
    return keys;
  }

  private InputDigest surroundings() {
    InputDigest inputs = new InputDigest();
    settings.cache().configuration().forEach(inputs::add);
    inputs.add(scope(), options());
    return inputs;
  }

  private static void add(InputDigest inputs, RevisionFile file, boolean downgrades) {
    Stream<Script> scripts =
        downgrades
            ? Stream.concat(Stream.of(file.upgrade()), file.downgrade().stream())
            : Stream.of(file.upgrade());
    inputs.add(file.id().toString());
    scripts.forEach(script -> inputs.add(script.text()));
  }
}
