package dev.migrate.verify;

import dev.migrate.history.HistoryOptions;
import dev.migrate.history.Progress;
import dev.migrate.introspect.Introspector;
import dev.migrate.introspect.Scope;
import dev.migrate.prove.Bench;
import dev.migrate.prove.Replay;
import dev.migrate.prove.Workshop;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.schema.Schema;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.Script;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What the checks that need a database share. */
final class Site {
  private final VerifySettings settings;
  private final RevisionFiles files;
  private final Progress progress;
  private final Proofs proofs;
  private final Supplier<Workshop> workshop;
  private final Introspector introspector;

  Site(
      VerifySettings settings,
      RevisionFiles files,
      Progress progress,
      Proofs proofs,
      Supplier<Workshop> workshop) {
    this.settings = settings;
    this.files = files;
    this.progress = progress;
    this.proofs = proofs;
    this.workshop = workshop;
    this.introspector = new Introspector(settings.scope());
  }

  VerifySettings settings() {
    return settings;
  }

  RevisionFiles files() {
    return files;
  }

  Proofs proofs() {
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
  Bench replayed(Collection<RevisionId> revisions) {
    return new Replay(workshop.get(), files, options(), progress).of(revisions);
  }

  Bench empty() {
    return Bench.empty(workshop.get());
  }

  Schema read(ScriptRunner runner) {
    return introspector.read(runner.connection());
  }

  /**
   * @param revisions revisions, in the order in which they run
   * @param downgrades whether the downgrade scripts count
   * @return for each a key of everything that it and those before it depend on
   */
  List<String> keys(List<Revision> revisions, boolean downgrades) {
    Inputs inputs = surroundings();
    List<String> keys = new ArrayList<>();
    for (Revision revision : revisions) {
      add(inputs, files.get(revision.id()), downgrades);
      keys.add(inputs.soFar());
    }
    return keys;
  }

  private Inputs surroundings() {
    Inputs inputs = new Inputs();
    settings.configuration().forEach(inputs::add);
    inputs.add(scope(), options());
    return inputs;
  }

  private static void add(Inputs inputs, RevisionFile file, boolean downgrades) {
    Stream<Script> scripts =
        downgrades
            ? Stream.concat(Stream.of(file.upgrade()), file.downgrade().stream())
            : Stream.of(file.upgrade());
    inputs.add(file.id().toString());
    scripts.forEach(script -> inputs.add(script.text()));
  }
}
