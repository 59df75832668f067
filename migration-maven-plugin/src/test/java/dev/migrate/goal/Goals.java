package dev.migrate.goal;

import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.maven.execution.DefaultMavenExecutionRequest;
import org.apache.maven.execution.DefaultMavenExecutionResult;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.Plugin;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.MojoExecutionException;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.descriptor.InvalidPluginDescriptorException;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.plugin.logging.Log;
import org.apache.maven.plugins.annotations.Mojo;
import org.apache.maven.project.MavenProject;
import org.apache.maven.repository.internal.MavenRepositorySystemUtils;
import org.codehaus.plexus.configuration.xml.XmlPlexusConfiguration;

/**
 * The goals of the plugin, run in this process as a command line runs them: found among the
 * classes, with the defaults that their parameters say, and with what is given as {@code -D}. What
 * Maven would fetch from a repository they do not get.
 */
public final class Goals {
  private static final Map<String, JavaClass> FOUND = new TreeMap<>();

  static {
    for (JavaClass one :
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.migrate.goal")) {
      if (one.isAssignableTo(MigrateMojo.class)
          && !one.getModifiers().contains(JavaModifier.ABSTRACT)) {
        FOUND.put((String) one.getAnnotationOfType(Mojo.class.getName()).get("name").get(), one);
      }
    }
  }

  private final Path directory;
  private final Map<String, String> always;

  /**
   * @param directory the project's
   * @param always what every command line gives, by the names of properties without prefix; those
   *     of Flyway keep theirs
   */
  public Goals(Path directory, Map<String, String> always) {
    this.directory = directory;
    this.always = Map.copyOf(always);
  }

  /**
   * @return the names of all goals that the plugin has
   */
  public static List<String> all() {
    return List.copyOf(FOUND.keySet());
  }

  /**
   * @param commandLine a goal and what is given to it, such as {@code downgrade to=base}
   * @return what it logs
   * @throws MojoFailureException as the goal throws it
   * @throws MojoExecutionException as the goal throws it
   */
  public List<String> run(String commandLine) throws MojoFailureException, MojoExecutionException {
    List<String> words = Arrays.asList(commandLine.split(" "));
    Map<String, String> given = new TreeMap<>(always);
    for (String word : words.subList(1, words.size())) {
      int equals = word.indexOf('=');
      given.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return run(words.get(0), given);
  }

  private List<String> run(String goal, Map<String, String> given)
      throws MojoFailureException, MojoExecutionException {
    MavenSession session = session(goal, given);
    MojoExecution execution = new MojoExecution(descriptor(goal), "default-cli");
    List<String> logged = new ArrayList<>();
    try {
      MigrateMojo mojo =
          (MigrateMojo) FOUND.get(goal).reflect().getDeclaredConstructor().newInstance();
      for (JavaField field : parameters(goal)) {
        set(mojo, field.reflect(), text(field, "defaultValue"), session, execution);
      }
      mojo.setLog(log(logged));
      mojo.execute();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("The goal " + goal + " cannot be made", e);
    }
    return logged;
  }

  private MavenSession session(String goal, Map<String, String> given) {
    DefaultMavenExecutionRequest request = new DefaultMavenExecutionRequest();
    request.setBaseDirectory(directory.toFile());
    request.setInteractiveMode(false);
    request.setGoals(List.of("migrate:" + goal));
    given.forEach(
        (name, value) ->
            request
                .getUserProperties()
                .put(name.startsWith("flyway.") ? name : "migrate." + name, value));
    MavenProject project = new MavenProject();
    project.setFile(directory.resolve("pom.xml").toFile());
    project.setArtifactId("project");
    project.getBuild().setDirectory(directory.resolve("target").toString());
    project.getBuild().setOutputDirectory(directory.resolve("target/classes").toString());
    @SuppressWarnings("deprecation")
    MavenSession session =
        new MavenSession(
            null,
            MavenRepositorySystemUtils.newSession(),
            request,
            new DefaultMavenExecutionResult());
    session.setProjects(List.of(project));
    return session;
  }

  private static void set(
      Object mojo, Field field, String value, MavenSession session, MojoExecution execution)
      throws IllegalAccessException {
    field.setAccessible(true);
    if (field.getType() == MavenSession.class) {
      field.set(mojo, session);
    } else if (field.getType() == MojoExecution.class) {
      field.set(mojo, execution);
    } else if (field.getType() == MavenProject.class) {
      field.set(mojo, session.getCurrentProject());
    } else if (value.isEmpty() || value.startsWith("${")) {
      return;
    } else if (field.getType() == boolean.class) {
      field.set(mojo, Boolean.parseBoolean(value));
    } else if (field.getType() == int.class) {
      field.set(mojo, Integer.parseInt(value));
    } else {
      field.set(mojo, value);
    }
  }

  private static MojoDescriptor descriptor(String goal) {
    Plugin plugin = new Plugin();
    plugin.setGroupId("dev.migrate");
    plugin.setArtifactId("migration-maven-plugin");
    plugin.setVersion("0");
    PluginDescriptor descriptor = new PluginDescriptor();
    descriptor.setPlugin(plugin);
    descriptor.setGroupId(plugin.getGroupId());
    descriptor.setArtifactId(plugin.getArtifactId());
    descriptor.setVersion(plugin.getVersion());
    descriptor.setGoalPrefix("migrate");
    try {
      for (String one : FOUND.keySet()) {
        MojoDescriptor mojo = new MojoDescriptor();
        mojo.setPluginDescriptor(descriptor);
        mojo.setGoal(one);
        mojo.setImplementation(FOUND.get(one).getName());
        XmlPlexusConfiguration properties = new XmlPlexusConfiguration("configuration");
        for (JavaField field : parameters(one)) {
          Parameter parameter = new Parameter();
          parameter.setName(field.getName());
          parameter.setType(field.getRawType().getName());
          mojo.addParameter(parameter);
          if (!text(field, "property").isEmpty()) {
            properties.addChild(field.getName(), "${" + text(field, "property") + "}");
          }
        }
        mojo.setMojoConfiguration(properties);
        descriptor.addMojo(mojo);
      }
    } catch (InvalidPluginDescriptorException e) {
      throw new IllegalStateException(e);
    }
    return descriptor.getMojo(goal);
  }

  private static List<JavaField> parameters(String goal) {
    return FOUND.get(goal).getAllFields().stream()
        .filter(
            field -> field.isAnnotatedWith(org.apache.maven.plugins.annotations.Parameter.class))
        .toList();
  }

  private static String text(JavaField field, String of) {
    JavaAnnotation<?> annotation =
        field.getAnnotationOfType(org.apache.maven.plugins.annotations.Parameter.class.getName());
    return annotation.get(of).map(Object::toString).orElse("");
  }

  private static Log log(List<String> logged) {
    return (Log)
        Proxy.newProxyInstance(
            Goals.class.getClassLoader(),
            new Class<?>[] {Log.class},
            (proxy, method, arguments) -> {
              if (method.getReturnType() == boolean.class) {
                return !method.getName().equals("isDebugEnabled");
              }
              logged.add(method.getName() + " " + arguments[0]);
              return null;
            });
  }
}
