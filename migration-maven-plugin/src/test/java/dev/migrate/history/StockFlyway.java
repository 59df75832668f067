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
import java.util.Set;
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
  private final List<String> ignored;

  private StockFlyway(URLClassLoader loader, List<String> ignored) {
    this.loader = loader;
    this.ignored = ignored;
  }

  /** The same with what an application sets once a project is squashed. */
  public StockFlyway afterSquash() {
    return new StockFlyway(loader, List.of("*:missing", "*:future"));
  }

  public static StockFlyway of(int major) {
    QUIET.setLevel(Level.OFF);
    try (Stream<Path> jars = Files.list(Path.of("target", "flyway", String.valueOf(major)))) {
      List<URL> urls = new ArrayList<>();
      for (Path jar : jars.toList()) {
        urls.add(jar.toUri().toURL());
      }
      urls.add(Driver.class.getProtectionDomain().getCodeSource().getLocation());
      return new StockFlyway(
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader()),
          List.of());
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
      configuration
          .getClass()
          .getMethod("locations", String[].class)
          .invoke(configuration, (Object) new String[] {"filesystem:" + scripts});
      if (!ignored.isEmpty()) {
        configuration
            .getClass()
            .getMethod("ignoreMigrationPatterns", String[].class)
            .invoke(configuration, (Object) ignored.toArray(String[]::new));
      }
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
