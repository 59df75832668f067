package dev.migrate.target;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Resolves which database is the target, from the build's settings and the environment. The build's
 * own settings come first (the command line before the POM: that order is the caller's), then the
 * environment: {@code MIGRATE_URL}, {@code DATABASE_URL}, and libpq's {@code PGHOST}, {@code
 * PGPORT}, {@code PGDATABASE}, {@code PGUSER}, {@code PGPASSWORD}, {@code PGSERVICE}, {@code
 * PGSSLMODE} and the rest. A password that is given nowhere is looked up in {@code .pgpass}.
 *
 * @see <a href="https://www.postgresql.org/docs/current/libpq-envars.html">Environment
 *     Variables</a>
 */
public final class TargetResolver {
  /** As a URL, it asks for the embedded database although the environment names another. */
  public static final String EMBEDDED = "embedded";

  private final UnaryOperator<String> environment;

  /**
   * @param environment gives the value of an environment variable, or null
   */
  public TargetResolver(UnaryOperator<String> environment) {
    this.environment = Objects.requireNonNull(environment, "environment");
  }

  /**
   * @param request what the build says
   * @return the target, or nothing when nobody names one and the embedded database is meant
   * @throws MigrateException {@code INVALID_PARAMETER} when the URL is malformed or names no
   *     database
   */
  public Optional<Target> resolve(TargetRequest request) {
    Optional<Setting> url =
        first(List.of(request.url(), variable("MIGRATE_URL"), variable("DATABASE_URL")));
    if (url.isEmpty()) {
      Optional<Properties> libpq = fromLibpq();
      return libpq.isEmpty()
          ? Optional.empty()
          : Optional.of(withCredentials(libpq.get(), "the PG* environment variables", request));
    }
    Setting given = url.get();
    return given.value().strip().equalsIgnoreCase(EMBEDDED)
        ? Optional.empty()
        : Optional.of(
            withCredentials(DatabaseUrl.parse(given, environment), given.origin(), request));
  }

  private Target withCredentials(Properties properties, String origin, TargetRequest request) {
    if (properties.getProperty("PGDBNAME", "").isEmpty()) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The database URL from %s names no database.".formatted(origin),
          "Add its name, as in jdbc:postgresql://host:5432/database.");
    }
    override(properties, "user", request.user());
    override(properties, "password", request.password());
    supply(
        properties,
        "user",
        List.of(
            request.serverUser(),
            variable("MIGRATE_USER"),
            variable("PGUSER"),
            request.usualUser()));
    supply(
        properties,
        "password",
        List.of(request.serverPassword(), variable("MIGRATE_PASSWORD"), variable("PGPASSWORD")));
    return new Target(properties, origin);
  }

  private Optional<Properties> fromLibpq() {
    Optional<Setting> service = variable("PGSERVICE");
    if (variable("PGHOST").isEmpty() && variable("PGDATABASE").isEmpty() && service.isEmpty()) {
      return Optional.empty();
    }
    Properties properties = new Properties();
    // A service comes before the single variables, as in libpq.
    service.ifPresent(
        name -> DatabaseUrl.addService(properties, name.value(), name.origin(), environment));
    Properties single = LibpqSettings.fromEnvironment(environment);
    properties.putIfAbsent("PGDBNAME", value("PGDATABASE", value("PGUSER", "")));
    // These two may also come from settings.xml, which is then nearer.
    single.keySet().removeAll(Set.of("user", "password"));
    single.forEach(properties::putIfAbsent);
    properties.putIfAbsent("PGHOST", "localhost");
    properties.putIfAbsent("PGPORT", "5432");
    for (String host : properties.getProperty("PGHOST").split(",")) {
      if (DatabaseUrl.isSocket(host)) {
        throw new MigrateException(
            FailureCode.INVALID_PARAMETER,
            "The environment names the Unix-domain socket %s (PGHOST), which Java cannot reach."
                .formatted(host),
            "Give the address as -Dmigrate.url=jdbc:postgresql://localhost:5432/database.");
      }
    }
    return Optional.of(properties);
  }

  private static void override(Properties properties, String name, Optional<Setting> setting) {
    if (setting.isPresent()) {
      properties.setProperty(name, setting.get().value());
    }
  }

  private static void supply(Properties properties, String name, List<Optional<Setting>> settings) {
    if (!properties.containsKey(name)) {
      override(properties, name, first(settings));
    }
  }

  private static Optional<Setting> first(List<Optional<Setting>> settings) {
    for (Optional<Setting> setting : settings) {
      if (setting.isPresent()) {
        return setting;
      }
    }
    return Optional.empty();
  }

  private String value(String name, String otherwise) {
    return variable(name).map(Setting::value).orElse(otherwise);
  }

  private Optional<Setting> variable(String name) {
    String value = environment.apply(name);
    return value == null || value.isBlank()
        ? Optional.empty()
        : Optional.of(new Setting(value, "the environment variable " + name));
  }
}
