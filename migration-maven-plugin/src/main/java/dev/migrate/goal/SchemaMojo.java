package dev.migrate.goal;

import dev.migrate.diff.ExpectedDifferences;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.Progress;
import dev.migrate.history.TargetState;
import dev.migrate.introspect.Scope;
import dev.migrate.model.Model;
import dev.migrate.replay.ReplaySettings;
import dev.migrate.replay.ScratchSource;
import dev.migrate.revision.Revision;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.script.JavaMigration;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Superclass of the goals that compare schemas or try things on scratch databases: the parameters
 * of model, scope and scratch server.
 */
abstract class SchemaMojo extends TargetMojo {
  private static final String PRIVILEGES = "privileges";
  private static final String OWNERS = "owners";
  private static final int OLDEST = 13;
  private static final int NEWEST = 18;

  static final String DEFAULT_MODEL = "src/main/database/schema.sql";

  /**
   * The model: the wanted schema. A file of SQL, a folder whose {@code .sql} files run in the order
   * of their names, or several of these with commas between, relative to the project's directory;
   * or the URL of a database that somebody has shaped by hand.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.model", defaultValue = DEFAULT_MODEL)
  private String model;

  /**
   * The schemas that are compared, with commas between; when it is not given, all that users have
   * made. What lies inside and refers to something outside is reported.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.schemas")
  private String schemas;

  /**
   * What is compared besides: {@code privileges}, {@code owners}, or both with a comma between.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.include")
  private String include;

  /**
   * The URL of a server that takes the scratch databases, {@code
   * jdbc:postgresql://host:5432/postgres}, for models that need what the embedded PostgreSQL does
   * not have. The role needs the right to create databases; nothing but databases of the name
   * {@code migrate_scratch_…} is touched there. On the command line it is {@code
   * -Dmigrate.scratchUrl}.
   *
   * @since 1.0.0
   */
  @Parameter private SecretParameter scratchUrl;

  /**
   * The role to connect to {@code migrate.scratchUrl} as, unless the URL says it.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.scratchUser")
  private String scratchUser;

  /**
   * The password of that role, unless the URL says it. On the command line it is {@code
   * -Dmigrate.scratchPassword}.
   *
   * @since 1.0.0
   */
  @Parameter private SecretParameter scratchPassword;

  /**
   * Values for Flyway's placeholders <code>${name}</code> in scripts. Without any, dollar signs and
   * braces are left alone.
   *
   * @since 1.0.0
   */
  @Parameter private Map<String, String> placeholders;

  /**
   * What may be in a target although no revision makes it, so that it counts as no difference:
   * {@code partitions} for those of tables that the revisions make; {@code extension:pg_stat*},
   * {@code schema:monitoring}, {@code table:public.tmp_*} by kind; {@code audit.*} of any kind;
   * several with commas between.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.expect")
  private String expect;

  /**
   * Up to where the history is released: a revision, or the git tag, branch or commit of a release.
   * What {@code lint} and {@code verify} find in scripts up to there cannot be mended any more; it
   * is counted, and fails nothing. {@code init} writes it for a history that Flyway has made.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.released")
  private String released;

  final Optional<String> released() {
    return ReleasedParameter.given(released);
  }

  final ExpectedDifferences expected() {
    return expect == null ? ExpectedDifferences.NOTHING : ExpectedDifferences.of(expect);
  }

  final Model model() {
    return Model.of(model, directory(), System::getenv);
  }

  /**
   * @return the one file of the model
   */
  final Path modelFile() {
    if (Model.isUrl(model) || model.contains(",")) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "This goal writes the model, and -Dmigrate.model=%s is not one file.".formatted(model),
          "Name one file, such as -Dmigrate.model=src/main/database/schema.sql.");
    }
    return directory().resolve(model);
  }

  final String modelName() {
    return model;
  }

  final Scope scope() {
    List<String> wanted = list(include);
    for (String one : wanted) {
      if (!List.of(PRIVILEGES, OWNERS).contains(one)) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "-Dmigrate.include=%s: there is nothing called \"%s\" to include."
                .formatted(include, one),
            "Give privileges, owners, or both with a comma between.");
      }
    }
    return new Scope(
        new TreeSet<>(list(schemas)),
        historyTable(),
        wanted.contains(PRIVILEGES),
        wanted.contains(OWNERS));
  }

  /** Goes on with the placeholders that a goal has found out about. */
  final void goOnWith(Map<String, String> found) {
    placeholders = found;
  }

  final HistoryOptions historyOptions() {
    return history(placeholders);
  }

  /**
   * Scratch databases of the target's version, if there is a target that answers; else of the
   * version that is configured. The target is not needed for more than that.
   *
   * @return where they come from
   */
  final ScratchSource scratchSource() {
    return scratchSource(lent(), this::scratchVersion);
  }

  private ScratchParameters lent() {
    return new ScratchParameters(scratchUrl, scratchUser, scratchPassword);
  }

  /**
   * @return what results depend on besides the version: another server, if one is lent
   */
  final String scratchName() {
    return lent().address().orElse("embedded");
  }

  /** On a server that somebody lends nothing stays. */
  private boolean keepsReplays() {
    return lent().address().isEmpty();
  }

  private PostgresVersion scratchVersion() {
    PostgresVersion configured = postgresVersion();
    OptionalInt major =
        namedTarget().map(target -> target.serverMajor()).orElse(OptionalInt.empty());
    if (major.isEmpty() || major.getAsInt() == configured.major()) {
      return configured;
    }
    if (major.getAsInt() < OLDEST || major.getAsInt() > NEWEST) {
      getLog()
          .warn(
              "The target is PostgreSQL %d, of which there are no embedded binaries; scratch is %d."
                  .formatted(major.getAsInt(), configured.major()));
      return configured;
    }
    return PostgresVersion.of(String.valueOf(major.getAsInt()));
  }

  @Override
  final RevisionFiles known(RevisionFiles files) {
    return ReleasedParameter.in(
        files.recordedElsewhere(this::ranElsewhere).runnableBy(javaRunner()),
        released,
        getLog()::warn);
  }

  /**
   * It explains what is missing; a target that does not answer takes nothing from what is known.
   */
  private List<JavaMigration> ranElsewhere() {
    Optional<Target> named = namedTarget();
    if (named.isEmpty()) {
      return List.of();
    }
    try (QueryConnection asking = named.get().ask(purpose())) {
      return HistoryReader.read(asking, historySchema(), historyTable()).javaMigrations();
    } catch (MigrateException e) {
      getLog().warn("Whether the target has Java migrations was not looked at. " + e.problem());
      return List.of();
    }
  }

  /** Hears a replay, which is worth one line, however many revisions it runs. */
  final Progress replaying() {
    return new Progress() {
      private boolean said;

      @Override
      public void started(Revision revision) {
        if (!said) {
          said = true;
          getLog()
              .info(
                  "Replaying the revisions on a scratch database, from %s%s."
                      .formatted(revision.id(), keepsReplays() ? "; kept for the next time" : ""));
        }
      }
    };
  }

  /**
   * @param files the revisions
   * @return how they are replayed, and what of their schema counts
   */
  final ReplaySettings replays(RevisionFiles files) {
    return new ReplaySettings(scratchSource(), files, historyOptions(), scope(), replaying());
  }

  /**
   * @return what a goal that writes files has left when it is cut off
   */
  final String filesAllOrNone() {
    return "Stopped. Files change all together or not at all: if some have, mvn migrate:%s finishes it."
        .formatted(goal());
  }

  /**
   * Where the database stands that the goals of this project work on without a further word: the
   * one that is named, or the embedded one, if it was ever used. One that does not answer is not
   * needed.
   *
   * @param files the revisions of the project
   * @param question what it is asked for, to say that it was not
   * @return where it stands; empty when there is none, or no answer
   */
  final Optional<TargetState> standing(RevisionFiles files, String question) {
    if (namedTarget().isEmpty() && !embeddedServer().exists()) {
      return Optional.empty();
    }
    try (OpenTarget open = openTarget()) {
      return Optional.of(read(open, files));
    } catch (MigrateException e) {
      getLog().warn(question + " was not looked at. " + e.problem());
      return Optional.empty();
    }
  }

  final void warn(List<String> warnings) {
    warnings.forEach(getLog()::warn);
  }
}
