package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.adopt.FlywayEnvironment;
import dev.migrate.adopt.FlywayLocations;
import dev.migrate.adopt.FlywaySettings;
import dev.migrate.adopt.LostScripts;
import dev.migrate.adopt.OtherTool;
import dev.migrate.adopt.PomFile;
import dev.migrate.adopt.PomFile.Element;
import dev.migrate.adopt.ToolImport;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.ModelFromDatabase;
import dev.migrate.history.HistoryTables;
import dev.migrate.model.Model;
import dev.migrate.model.ModelFromRevisions;
import dev.migrate.report.AdoptionText;
import dev.migrate.report.Json;
import dev.migrate.report.Output;
import dev.migrate.script.ProjectSkeleton;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.RevisionFolders;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Setting;
import dev.migrate.target.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * Creates the folders of the scripts and the file of the model. What is there already is left as it
 * is. When there are revisions already, such as those of a project that has used Flyway, the model
 * is written from what they give. When a target is named that has grown without revisions, the
 * model and a first revision are written from it, and it is recorded as standing there; else no
 * database is needed. What Flyway is configured with for the project (its Maven plugin, {@code
 * flyway.conf}, {@code flyway.toml}, {@code spring.flyway.*}) is taken over into this plugin's
 * configuration in the POM.
 *
 * @since 1.0.0
 */
@Mojo(name = "init", requiresProject = false, threadSafe = true)
public class InitMojo extends SchemaMojo {
  private static final String CHANGE_THE_MODEL =
      "From now on change the model, then run mvn migrate:generate -Dmigrate.message=\"…\".";

  /**
   * Whether everybody who may create objects in the target is trusted like the project itself. Else
   * what comes from it is loaded into scratch as a role without power, and what only a superuser
   * can load there is refused by name.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.trustTarget", defaultValue = "false")
  private boolean trustTarget;

  /**
   * The folder of migrations of another tool, relative to the project's directory: pairs of
   * golang-migrate, files of dbmate, or what a {@code sqitch.plan} lists. They become revisions,
   * with their downgrades, once all have run on a scratch database; what does not undo is listed.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.from")
  private String from;

  @Override
  String leftBehind() {
    return filesAllOrNone();
  }

  @Override
  void run(Output out) {
    finished()
        .ifPresent(
            names ->
                getLog()
                    .info(
                        "Finished what an interrupted run had begun: " + String.join(", ", names)));
    if (from != null && !from.isBlank()) {
      takeFrom(from.strip(), out);
      return;
    }
    FlywayOfProject project =
        new FlywayOfProject(
            session().getUserProperties(),
            project(),
            directory(),
            FlywayEnvironment.ofThisProcess());
    FlywayOfProject.Found flyway = project.find();
    FlywayParameters taken =
        FlywayParameters.of(
            flyway.settings(),
            new FlywayLocations(directory(), project.resources()),
            this::isGiven);
    goOnWith(taken.folders(), taken.undo(), taken.flyway());
    goOnWith(taken.schema(), taken.table());
    flyway
        .settings()
        .user()
        .ifPresent(
            user ->
                goOnAs(new Setting(user, "Flyway's user of " + flyway.settings().origin("user"))));
    if (taken.placeholders() != null) {
      goOnWith(taken.placeholders());
    }
    RevisionFiles files = filesOrNone();
    Map<String, String> entries = taken.entriesFor(files);
    goOnWith(taken.folders(), taken.undo(), entries);
    new ReactorModules(session(), project()).requireOwnFolders(files.folders().upgrades());
    List<HistoryTables.Found> histories = histories(taken);
    LostScripts.refuse(histories, files);
    AdoptionText arrival = new AdoptionText(files.inventory(), flyway.settings());
    flyway.notes().forEach(arrival::notTaken);
    taken.notes().forEach(arrival::notTaken);
    arrival.recorded(histories, files);
    namedTarget()
        .map(Target::user)
        .filter(user -> flyway.settings().user().filter(user::equals).isPresent())
        .ifPresent(
            user ->
                arrival.connected(
                    "Connected as %s, Flyway's user; its password is not taken from there."
                        .formatted(user)));
    Optional<Target> grown = grownTarget();
    List<Element> parameters = new ArrayList<>(taken.parameters(entries));
    if (!isGiven("released")) {
      arrival.released().map(id -> Element.of("released", id)).ifPresent(parameters::add);
    }
    if (grown.isPresent()) {
      takeOver(grown.get(), out, arrival, parameters);
    } else {
      begin(out, arrival, parameters);
    }
  }

  private void takeFrom(String folder, Output out) {
    ToolImport taken = new ToolImport(OtherTool.read(directory().resolve(folder), folder), folder);
    RevisionFolders folders = folders();
    taken.requireRoom(directory().resolve(folder), filesOrNone());
    List<String> wrong = taken.tried(folders, scratchSource(), historyOptions(), scope());
    folders.journal().change("init", () -> List.copyOf(taken.files(folders)));
    RevisionFiles files = filesOrNone();
    AdoptionText arrival = new AdoptionText(files.inventory(), FlywaySettings.of(List.of()));
    arrival.tookOver(taken, wrong);
    List<Element> parameters = new ArrayList<>();
    if (!isGiven("released")) {
      arrival.released().map(id -> Element.of("released", id)).ifPresent(parameters::add);
    }
    begin(out, arrival, parameters);
  }

  /** A target that nobody has named for this build is not worth a failure. */
  private List<HistoryTables.Found> histories(FlywayParameters taken) {
    Optional<Target> named = namedTarget();
    if (named.isEmpty()) {
      return List.of();
    }
    boolean said =
        isGiven("historySchema")
            || isGiven("historyTable")
            || taken.schema() != null
            || taken.table() != null;
    try (QueryConnection asking = named.get().ask(purpose())) {
      return HistoryTables.find(asking, historySchema(), historyTable(), said);
    } catch (MigrateException e) {
      if (namesTarget() || e.code() != FailureCode.CONNECTION) {
        throw e;
      }
      return List.of();
    }
  }

  /** Writes into the POM what the other goals have to know, too. */
  private void configure(List<Element> parameters, AdoptionText arrival) {
    if (parameters.isEmpty()) {
      return;
    }
    Path file =
        project() == null || project().getFile() == null
            ? directory().resolve("pom.xml")
            : project().getFile().toPath();
    Optional<List<String>> added =
        project() == null || !Files.isRegularFile(file)
            ? Optional.empty()
            : new PomFile(file, file.getFileName().toString())
                .add(parameters, declared() == null ? pluginVersion() : null);
    arrival.configured(added, PomFile.lines(parameters));
  }

  /** A target that nobody has named for this build is not worth a failure. */
  private Optional<Target> grownTarget() {
    Optional<Target> named = namedTarget();
    try {
      return named.filter(target -> ModelFromDatabase.hasGrown(target, historyOptions()));
    } catch (MigrateException e) {
      if (namesTarget() || e.code() != FailureCode.CONNECTION) {
        throw e;
      }
      getLog().warn("The target was not looked at. " + e.problem());
      return Optional.empty();
    }
  }

  private void takeOver(Target target, Output out, AdoptionText arrival, List<Element> parameters) {
    announce(out, target + " (" + target.origin() + ")");
    ModelFromDatabase.Adopted adopted =
        new ModelFromDatabase(scratchSource(), historyOptions(), scope(), trustTarget)
            .run(target, filesOrNone(), modelFile());
    warn(adopted.warnings());
    configure(parameters, arrival);
    out.result(
        () -> {
          List<String> lines = new ArrayList<>();
          lines.add("The model was written from the target: " + modelName());
          lines.add("Revision " + adopted.revision().revision().title());
          lines.add("  upgrade:   " + adopted.revision().upgrade().name());
          adopted
              .revision()
              .downgrade()
              .ifPresent(script -> lines.add("  downgrade: " + script.name()));
          lines.add("Proven: the model and the revision each give the schema of the target.");
          lines.add("The target has recorded the revision; nothing else was changed in it.");
          lines.addAll(arrival.settings());
          lines.add(CHANGE_THE_MODEL);
          return lines;
        },
        () -> {
          JsonObject document = document();
          document.addProperty("target", target.toString());
          Json.addRevisions(document, files(), List.of(adopted.revision().revision()));
          JsonArray created = new JsonArray();
          created.add(modelName());
          created.add(adopted.revision().upgrade().name());
          adopted.revision().downgrade().ifPresent(script -> created.add(script.name()));
          document.add("created", created);
          arrival.add(document);
          return document;
        });
  }

  /** Whoever has revisions and begins with an empty model would next be told to drop everything. */
  private boolean writeModelOfRevisions() {
    if (Model.isUrl(modelName()) || modelName().contains(",")) {
      return false;
    }
    RevisionFiles files = filesOrNone();
    if (!ModelFromRevisions.isPossible(files, modelFile())) {
      return false;
    }
    warn(
        new ModelFromRevisions(scratchSource(), historyOptions(), scope(), replaying())
            .run(files, modelFile()));
    return true;
  }

  private void begin(Output out, AdoptionText arrival, List<Element> parameters) {
    boolean written = writeModelOfRevisions();
    List<String> created = new ArrayList<>(ProjectSkeleton.create(folders(), modelFile()));
    if (written) {
      created.add(modelName());
    }
    configure(parameters, arrival);
    out.result(
        () -> {
          List<String> lines = new ArrayList<>();
          created.forEach(path -> lines.add("Created " + path));
          if (written) {
            lines.add("Proven: the model gives what the revisions give.");
            lines.addAll(arrival.lines());
            lines.add(CHANGE_THE_MODEL);
            return lines;
          }
          lines.addAll(arrival.settings());
          lines.add(
              created.isEmpty()
                  ? "Everything is there already; nothing was changed."
                  : "Describe the wanted schema in "
                      + modelName()
                      + ", then write the first revision with mvn migrate:generate"
                      + " -Dmigrate.message=\"…\".");
          return lines;
        },
        () -> {
          JsonObject document = document();
          JsonArray paths = new JsonArray();
          created.forEach(paths::add);
          document.add("created", paths);
          arrival.add(document);
          return document;
        });
  }
}
