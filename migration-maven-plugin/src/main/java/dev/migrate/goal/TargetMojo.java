package dev.migrate.goal;

import dev.migrate.backup.OrphanedCopies;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.generate.UserPrompt;
import dev.migrate.history.History;
import dev.migrate.history.HistoryOptions;
import dev.migrate.history.HistoryReader;
import dev.migrate.history.HistoryTable;
import dev.migrate.history.TargetState;
import dev.migrate.history.Timeouts;
import dev.migrate.replay.ScratchSource;
import dev.migrate.scratch.EmbeddedServer;
import dev.migrate.scratch.PostgresInstallation;
import dev.migrate.scratch.PostgresVersion;
import dev.migrate.scratch.Scratch;
import dev.migrate.script.Placeholders;
import dev.migrate.script.RevisionFiles;
import dev.migrate.target.QueryConnection;
import dev.migrate.target.Setting;
import dev.migrate.target.Target;
import dev.migrate.target.TargetRequest;
import dev.migrate.target.TargetResolver;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.maven.plugins.annotations.Parameter;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.building.SettingsProblem;
import org.apache.maven.settings.crypto.DefaultSettingsDecryptionRequest;
import org.apache.maven.settings.crypto.SettingsDecrypter;
import org.apache.maven.settings.crypto.SettingsDecryptionResult;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession;
import org.eclipse.aether.repository.RemoteRepository;

/**
 * Superclass of the goals that connect to a target database: the parameters of its URL, account and
 * history table.
 */
abstract class TargetMojo extends ProjectMojo {
  /**
   * The target: {@code jdbc:postgresql://host:5432/database} or {@code
   * postgresql://user@host:5432/database}. When it is not given, the environment is asked ({@code
   * MIGRATE_URL}, {@code DATABASE_URL}, {@code PGHOST} and the rest of libpq's); when that names
   * none either, an embedded PostgreSQL under {@code .migrate/} is used. {@code embedded} asks for
   * the latter whatever the environment says. On the command line it is {@code -Dmigrate.url}.
   *
   * @since 1.0.0
   */
  @Parameter private SecretParameter url;

  /**
   * The role to connect as; before the one in the URL, in settings.xml or in the environment.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.user")
  private String user;

  /**
   * Its password. Better kept in settings.xml ({@code migrate.server}), in {@code .pgpass} or in
   * {@code MIGRATE_PASSWORD}: a command line can be seen by others. On the command line it is
   * {@code -Dmigrate.password}.
   *
   * @since 1.0.0
   */
  @Parameter private SecretParameter password;

  /**
   * The id of a {@code <server>} of settings.xml that has the user name and the password, which may
   * be encrypted.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.server")
  private String server;

  /**
   * The schema of the history table; when it is not given, the first schema of the search path that
   * exists, as Flyway does it.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.historySchema")
  private String historySchema;

  /**
   * The name of the history table.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.historyTable", defaultValue = HistoryTable.DEFAULT_NAME)
  private String historyTable;

  /**
   * The version of the embedded PostgreSQL: a major version from 13 to 18, or the full version of
   * the binaries' artifact.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.postgresVersion", defaultValue = "18")
  private String postgresVersion;

  /**
   * The folder of the embedded database and of caches, relative to the project's directory. It
   * belongs into {@code .gitignore}.
   *
   * @since 1.0.0
   */
  @Parameter(property = "migrate.stateDirectory", defaultValue = ".migrate")
  private String stateDirectory;

  @Parameter(defaultValue = "${repositorySystemSession}", readonly = true, required = true)
  private RepositorySystemSession repositorySession;

  @Parameter(
      defaultValue = "${project.remoteProjectRepositories}",
      readonly = true,
      required = true)
  private List<RemoteRepository> repositories;

  private Optional<Setting> usualUser = Optional.empty();

  @Inject private RepositorySystem repositorySystem;

  @Inject private SettingsDecrypter settingsDecrypter;

  /**
   * Finds the target, and starts the embedded server if that is the target.
   *
   * @return the target, to be closed
   */
  final OpenTarget openTarget() {
    Optional<Target> named = namedTarget();
    if (named.isPresent()) {
      return new OpenTarget(named.get(), Optional.empty());
    }
    EmbeddedServer embedded = embeddedServer();
    EmbeddedServer.Lease lease = embedded.acquire(EmbeddedServer.DEFAULT_DATABASE);
    lease.notice().ifPresent(getLog()::warn);
    return new OpenTarget(
        Target.of(
            lease.jdbcUrl(), lease.address().user(), lease.address().password(), embeddedName()),
        Optional.of(lease));
  }

  final EmbeddedServer embeddedServer() {
    return EmbeddedServer.of(installation(PostgresVersion.of(postgresVersion)), stateFolder());
  }

  /**
   * @return the target that the build or the environment names; empty when the embedded one is
   *     meant
   */
  final Optional<Target> namedTarget() {
    return new TargetResolver(System::getenv).resolve(request());
  }

  /** Goes on as a role that a goal has found out about, where nobody says one. */
  final void goOnAs(Setting user) {
    usualUser = Optional.of(user);
  }

  /**
   * @return whether the build itself names the target, so that it is not there by chance
   */
  final boolean namesTarget() {
    return request().url().isPresent();
  }

  /**
   * @return its binaries, fetched when they are needed
   */
  final PostgresInstallation installation(PostgresVersion version) {
    return PostgresInstallation.of(
        version,
        new MavenBinaries(repositorySystem, repositorySession, repositories),
        stateFolder());
  }

  /**
   * Scratch for copies of a target, which must be of its version.
   *
   * @param major the major version of the target
   * @param lent the server that is lent, if one is
   * @return the scratch, to be closed
   */
  final Scratch scratch(int major, ScratchParameters lent) {
    return scratchSource(lent, () -> PostgresVersion.of(String.valueOf(major))).open();
  }

  /**
   * @param lent the server that is lent, if one is
   * @param version asked for where none is: the version of an embedded one
   * @return where scratch databases come from
   */
  final ScratchSource scratchSource(ScratchParameters lent, Supplier<PostgresVersion> version) {
    return lent.lent()
        .orElseGet(
            () ->
                new ScratchSource.Embedded(
                    installation(version.get()), stateFolder().resolve("scratch")));
  }

  /**
   * @return the version that {@code migrate.postgresVersion} asks for
   */
  final PostgresVersion postgresVersion() {
    return PostgresVersion.of(postgresVersion);
  }

  final UserPrompt questions() {
    boolean somebody = Terminal.isThere() && session().getRequest().isInteractiveMode();
    return somebody ? new Terminal() : UserPrompt.NOBODY;
  }

  /** Takes away, or names, what killed restores and rehearsals of a target have left. */
  final void sweep(Target target, boolean wanted) {
    new OrphanSweep(new OrphanedCopies(target, purpose(), copies()), questions(), getLog(), wanted)
        .run();
  }

  /**
   * @return the folder for copies of targets
   */
  final Path copies() {
    return stateFolder().resolve("copies");
  }

  final Path stateFolder() {
    return directory().resolve(stateDirectory);
  }

  final String embeddedName() {
    return "embedded PostgreSQL %s in %s"
        .formatted(PostgresVersion.of(postgresVersion).full(), stateDirectory);
  }

  /**
   * Reads where a target stands, without its lock and without creating anything.
   *
   * @param open the target
   * @param files the revisions of the project
   * @return where it stands
   */
  final TargetState read(OpenTarget open, RevisionFiles files) {
    return TargetState.of(files, history(open));
  }

  /**
   * Reads where a target stands while the files are read: the database answers meanwhile.
   *
   * @param open the target
   * @param files reads the revisions of the project; what is wrong with them is said first
   * @return where it stands
   */
  final TargetState read(OpenTarget open, Supplier<RevisionFiles> files) {
    BackgroundLookup<History> history =
        BackgroundLookup.start("migrate-history", () -> history(open));
    RevisionFiles found = files.get();
    return TargetState.of(found, history.result());
  }

  private History history(OpenTarget open) {
    long start = System.nanoTime();
    try (QueryConnection asking = open.target().ask(purpose())) {
      long connected = System.nanoTime();
      History history = HistoryReader.read(asking, historySchema(), historyTable());
      if (getLog().isDebugEnabled()) {
        getLog()
            .debug(
                "Connected in %d ms, history read in %d ms."
                    .formatted(
                        (connected - start) / 1_000_000,
                        (System.nanoTime() - connected) / 1_000_000));
      }
      return history;
    }
  }

  final Optional<String> historySchema() {
    return Optional.ofNullable(historySchema).filter(name -> !name.isBlank());
  }

  final String historyTable() {
    return historyTable;
  }

  /** Goes on with the history that a goal has found out about; null leaves things as they are. */
  final void goOnWith(String schema, String table) {
    historySchema = schema == null ? historySchema : schema;
    historyTable = table == null ? historyTable : table;
  }

  /**
   * @param placeholders values for placeholders, or null
   * @return how the history is kept, with the usual patience
   */
  final HistoryOptions history(Map<String, String> placeholders) {
    return new HistoryOptions(
        historySchema(),
        historyTable(),
        Timeouts.usual(),
        Placeholders.of(placeholders == null ? Map.of() : placeholders, flyway()),
        list(flyway().get("schemas")));
  }

  /** What the target's administrator reads in pg_stat_activity. */
  final String purpose() {
    return "migrate:" + goal() + " (" + System.getProperty("user.name") + ")";
  }

  private TargetRequest request() {
    Server account = server == null || server.isBlank() ? new Server() : decrypted(server);
    return new TargetRequest(
        setting("url", SecretParameter.value(url)),
        setting("user", user),
        setting("password", SecretParameter.value(password)),
        fromServer(account.getUsername()),
        fromServer(account.getPassword()),
        usualUser);
  }

  private Optional<Setting> setting(String name, String value) {
    String property = "migrate." + name;
    String origin =
        session().getUserProperties().containsKey(property)
            ? "-D" + property
            : "\"" + name + "\" of the plugin's configuration";
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(new Setting(value, origin));
  }

  private Optional<Setting> fromServer(String value) {
    return value == null
        ? Optional.empty()
        : Optional.of(new Setting(value, "the server \"" + server + "\" of settings.xml"));
  }

  private Server decrypted(String id) {
    Server found = session().getSettings().getServer(id);
    if (found == null) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "settings.xml has no <server> with the id \"%s\".".formatted(id),
          "Add it to ~/.m2/settings.xml, with <username> and <password>, or correct"
              + " -Dmigrate.server.");
    }
    SettingsDecryptionResult result =
        settingsDecrypter.decrypt(new DefaultSettingsDecryptionRequest(found));
    List<SettingsProblem> problems = result.getProblems();
    if (!problems.isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The password of the server \"%s\" in settings.xml cannot be decrypted: %s."
              .formatted(id, problems.get(0).getMessage()),
          "Encrypt it again with mvn --encrypt-password, with the master password of"
              + " ~/.m2/settings-security.xml.");
    }
    return result.getServer();
  }
}
