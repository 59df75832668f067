package dev.migrate.goal;

import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.migrate.report.Output;
import dev.migrate.scratch.ScratchDatabase;
import dev.migrate.scratch.ServerAddress;
import dev.migrate.testing.TestPostgres;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenExecutionRequest;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.plugins.annotations.Parameter;

/**
 * A goal as somebody runs it in a folder without a POM and with parameters on the command line,
 * here without Maven around it, so that a hundred runs take no hundred builds.
 */
final class Goal {
  private static final Map<Class<?>, Map<String, String>> DEFAULTS = new ConcurrentHashMap<>();

  private final String name;
  private final Map<String, String> parameters = new HashMap<>();
  private boolean quiet;

  private Goal(String name) {
    this.name = name;
  }

  static Goal of(String name) {
    return new Goal(name);
  }

  /** What stands after {@code -Dmigrate.}, and its value. */
  Goal with(String parameter, String value) {
    parameters.put(parameter, value);
    return this;
  }

  /** As {@code mvn -q} runs it: its log goes nowhere. */
  Goal quiet() {
    quiet = true;
    return this;
  }

  /** On a target, with scratch databases on the server of all tests. */
  Goal on(ScratchDatabase target) {
    ServerAddress scratch = TestPostgres.server().address();
    return with("url", target.jdbcUrl())
        .with("user", target.user())
        .with("password", target.password())
        .with("scratchUrl", scratch.jdbcUrl("postgres"))
        .with("scratchUser", scratch.user())
        .with("scratchPassword", scratch.password());
  }

  /**
   * Runs it.
   *
   * @return what it says, result and log
   */
  List<String> in(Path root) {
    List<String> said = new ArrayList<>();
    MigrateMojo mojo = mojo(root);
    mojo.setLog(
        new SystemStreamLog() {
          @Override
          public boolean isInfoEnabled() {
            return !quiet;
          }

          @Override
          public void info(CharSequence line) {
            tell(line);
          }

          @Override
          public void warn(CharSequence line) {
            tell(line);
          }

          private void tell(CharSequence line) {
            if (!quiet) {
              said.add(line.toString());
            }
          }
        });
    mojo.run(Output.of("text", mojo.formats(), null, root, said::add, said::add));
    return said;
  }

  private MigrateMojo mojo(Path root) {
    try {
      String simple = Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Mojo";
      Class<?> type = Class.forName(MigrateMojo.class.getPackageName() + "." + simple);
      MigrateMojo mojo = (MigrateMojo) type.getDeclaredConstructor().newInstance();
      Plugin plugin = new Plugin();
      plugin.setVersion("test");
      set(mojo, "execution", new MojoExecution(plugin, name, "default-cli"));
      set(mojo, "session", session(root));
      for (Map.Entry<String, String> one : defaults(type).entrySet()) {
        setText(mojo, one.getKey(), one.getValue());
      }
      for (Map.Entry<String, String> one : parameters.entrySet()) {
        setText(mojo, one.getKey(), one.getValue());
      }
      return mojo;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("There is no goal " + name, e);
    }
  }

  @SuppressWarnings("deprecation") // its only constructor without a container of components
  private static MavenSession session(Path root) {
    MavenExecutionRequest request = new DefaultMavenExecutionRequest();
    request.setBaseDirectory(root.toFile());
    request.setInteractiveMode(false);
    return new MavenSession(null, null, request, new DefaultMavenExecutionResult());
  }

  private static Map<String, String> defaults(Class<?> goal) {
    Map<String, String> defaults = new HashMap<>();
    for (Class<?> one = goal; one != Object.class; one = one.getSuperclass()) {
      defaults.putAll(DEFAULTS.computeIfAbsent(one, Goal::read));
    }
    return defaults;
  }

  /** The annotations are for the build alone; what stands in the classes is read. */
  private static Map<String, String> read(Class<?> declaring) {
    Map<String, String> defaults = new HashMap<>();
    for (JavaField field : new ClassFileImporter().importClass(declaring).getFields()) {
      field
          .tryGetAnnotationOfType(Parameter.class.getName())
          .flatMap(parameter -> parameter.get("defaultValue"))
          .map(Object::toString)
          .filter(value -> !value.isEmpty() && !value.startsWith("${"))
          .ifPresent(value -> defaults.put(field.getName(), value));
    }
    return defaults;
  }

  /** What a goal does not have is not for it, such as a password for one without a target. */
  private static void setText(MigrateMojo mojo, String name, String text)
      throws ReflectiveOperationException {
    for (Class<?> one = mojo.getClass(); one != Object.class; one = one.getSuperclass()) {
      for (Field field : one.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          set(mojo, name, value(field.getType(), text));
        }
      }
    }
  }

  private static Object value(Class<?> type, String text) {
    if (type == boolean.class) {
      return Boolean.valueOf(text);
    }
    if (type == int.class) {
      return Integer.valueOf(text);
    }
    return type == SecretParameter.class ? SecretParameter.of(text) : text;
  }

  private static void set(MigrateMojo mojo, String name, Object value)
      throws ReflectiveOperationException {
    for (Class<?> one = mojo.getClass(); one != Object.class; one = one.getSuperclass()) {
      for (Field field : one.getDeclaredFields()) {
        if (field.getName().equals(name)) {
          field.setAccessible(true);
          field.set(mojo, value);
        }
      }
    }
  }
}
