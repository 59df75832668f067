package dev.migrate.history;

import dev.migrate.scratch.ScratchDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.postgresql.Driver;

/**
 * Flyway as others use it: of another major version, from its own jars, with its own defaults, and
 * without anything of ours on its class path. The build puts the jars under target/.
 */
public final class StockFlyway implements AutoCloseable {
  private static final Logger QUIET = Logger.getLogger("org.flywaydb");

  private final URLClassLoader loader;
  private final Map<String, String> settings;

  private StockFlyway(URLClassLoader loader, Map<String, String> settings) {
    this.loader = loader;
    this.settings = new TreeMap<>(settings);
  }

  /** The same with what an application sets once a project is squashed. */
  public StockFlyway afterSquash() {
    return with("ignoreMigrationPatterns", "*:missing,*:future");
  }

  /** The same with one setting more, by the name that it has behind {@code flyway.}. */
  public StockFlyway with(String setting, String value) {
    StockFlyway other = new StockFlyway(loader, settings);
    other.settings.put("flyway." + setting, value);
    return other;
  }

  public static StockFlyway of(int major) {
    return of(major, List.of());
  }

  /**
   * @param classes folders of an application, in which Java migrations are where Flyway looks
   */
  public static StockFlyway of(int major, List<Path> classes) {
    QUIET.setLevel(Level.OFF);
    try (Stream<Path> jars = Files.list(Path.of("target", "flyway", String.valueOf(major)))) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars.toList()) {
        urls.add(jar.toUri().toURL());
      }
      urls.add(Driver.class.getProtectionDomain().getCodeSource().getLocation());
      for (Path folder : classes) {
        urls.add(folder.toUri().toURL());
      }
      StockFlyway stock =
          new StockFlyway(
              new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()),
              Map.of());
      return classes.isEmpty() ? stock : stock.with("locations", "classpath:db/migration");
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException("The build copies the jars there before these tests run", e);
    }
  }

  /** The types that its classes know. */
  Set<String> types() {
    Set<String> types = new TreeSet<>();
    for (String name :
        List.of(
            "org.flywaydb.core.api.CoreMigrationType",
            "org.flywaydb.core.api.migration.baseline.BaselineMigrationType")) {
      for (Object type : type(name).getEnumConstants()) {
        types.add(type.toString());
      }
    }
    return types;
  }

  private Class<?> type(String name) {
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What {@code info} says of each version and each repeatable migration, in its order. */
  List<String> info(ScratchDatabase database, Path scripts) {
    Object all = call(call(flyway(database, scripts), "info"), "all");
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < Array.getLength(all); i++) {
      Object one = Array.get(all, i);
      Object version = call(one, "getVersion");
      lines.add(
          (version == null ? call(one, "getDescription") : version)
              + " "
              + call(call(one, "getState"), "getDisplayName"));
    }
    return lines;
  }

  /** Fails as {@code validate} does. */
  public void validate(ScratchDatabase database, Path scripts) {
    call(flyway(database, scripts), "validate");
  }

  /** How many scripts {@code migrate} ran. */
  public int migrate(ScratchDatabase database, Path scripts) {
    Object result = call(flyway(database, scripts), "migrate");
    try {
      return result.getClass().getField("migrationsExecuted").getInt(result);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Does what {@code repair} does. */
  public void repair(ScratchDatabase database, Path scripts) {
    call(flyway(database, scripts), "repair");
  }

  /** Records where a database begins, as {@code baseline} does. */
  public void baseline(ScratchDatabase database, Path scripts) {
    call(flyway(database, scripts), "baseline");
  }

  private Object flyway(ScratchDatabase database, Path scripts) {
    try {
      Object configuration =
          type("org.flywaydb.core.Flyway")
              .getMethod("configure", ClassLoader.class)
              .invoke(null, loader);
      configuration
          .getClass()
          .getMethod("dataSource", String.class, String.class, String.class)
          .invoke(configuration, database.jdbcUrl(), database.user(), database.password());
      Map<String, String> all = new TreeMap<>(settings);
      all.merge("flyway.locations", "filesystem:" + scripts, (some, folder) -> some + "," + folder);
      configuration.getClass().getMethod("configuration", Map.class).invoke(configuration, all);
      return call(configuration, "load");
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(Object object, String method) {
    try {
      return object.getClass().getMethod(method).invoke(object);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException failure
          ? failure
          : new IllegalStateException(e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      loader.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
