package dev.migrate.goal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.maven.execution.MavenSession;
import org.apache.maven.model.ConfigurationContainer;
import org.apache.maven.model.Plugin;
import org.apache.maven.model.PluginExecution;
import org.apache.maven.plugin.MojoExecution;
import org.apache.maven.plugin.descriptor.MojoDescriptor;
import org.apache.maven.plugin.descriptor.Parameter;
import org.apache.maven.plugin.descriptor.PluginDescriptor;
import org.apache.maven.project.MavenProject;
import org.codehaus.plexus.configuration.PlexusConfiguration;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.eclipse.aether.SessionData;

/**
 * Validates the parameters that a command line and a POM give to this plugin, and warns of those
 * that it does not know. In plain loops: every goal begins with this, and a fresh JVM takes
 * milliseconds for the first streams.
 */
final class GivenParameters {
  private static final String EXPRESSION = "${migrate.";

  private final MavenSession session;
  private final MavenProject project;
  private final Plugin plugin;
  private final PluginDescriptor descriptor;

  GivenParameters(MavenSession session, MavenProject project, MojoExecution execution) {
    this.session = session;
    this.project = project;
    this.plugin = execution.getPlugin();
    this.descriptor = execution.getMojoDescriptor().getPluginDescriptor();
  }

  /**
   * @param warn hears what is odd, once in a build
   * @throws dev.migrate.failure.MigrateException when something cannot have been meant so
   */
  void check(Consumer<String> warn) {
    Set<String> own = new TreeSet<>();
    for (MavenProject one : session.getProjects()) {
      own.addAll(one.getProperties().stringPropertyNames());
    }
    List<String> warnings =
        new ArrayList<>(
            new ParameterNames(properties())
                .warnings(session.getUserProperties().stringPropertyNames(), own, asked()));
    warnings.addAll(ParameterNames.unknownElements(elements(), names()));
    SessionData said = session.getRepositorySession().getData();
    for (String warning : warnings) {
      if (said.set(GivenParameters.class.getName() + warning, null, true)) {
        warn.accept(warning);
      }
    }
  }

  /** The properties of each goal, without prefix. */
  private Map<String, Set<String>> properties() {
    Map<String, Set<String>> properties = new TreeMap<>();
    for (MojoDescriptor goal : descriptor.getMojos()) {
      Set<String> ofGoal = new TreeSet<>();
      for (PlexusConfiguration parameter : goal.getMojoConfiguration().getChildren()) {
        String expression = parameter.getValue();
        if (expression != null && expression.startsWith(EXPRESSION)) {
          ofGoal.add(expression.substring(EXPRESSION.length(), expression.length() - 1));
        }
      }
      if (goal.getParameters() != null) {
        // Maven knows no property of these.
        for (Parameter parameter : goal.getParameters()) {
          if (parameter.getType().equals(SecretParameter.class.getName())) {
            ofGoal.add(parameter.getName());
          }
        }
      }
      properties.put(goal.getGoal(), ofGoal);
    }
    return properties;
  }

  private Set<String> names() {
    Set<String> names = new TreeSet<>();
    for (MojoDescriptor goal : descriptor.getMojos()) {
      if (goal.getParameters() != null) {
        for (Parameter parameter : goal.getParameters()) {
          names.add(parameter.getName());
        }
      }
    }
    return names;
  }

  /** The goals on the command line; none when there is anything else, too. */
  private List<String> asked() {
    List<String> asked = new ArrayList<>();
    for (String task : session.getGoals()) {
      int colon = task.lastIndexOf(':');
      String from = task.substring(0, Math.max(0, colon));
      int at = task.indexOf('@', colon + 1);
      String goal = task.substring(colon + 1, at < 0 ? task.length() : at);
      boolean ours = from.equals(descriptor.getGoalPrefix()) || from.contains(plugin.getKey());
      if (!ours || descriptor.getMojo(goal) == null) {
        return List.of();
      }
      asked.add(goal);
    }
    return asked;
  }

  private Set<String> elements() {
    Set<String> elements = new TreeSet<>();
    Plugin declared = project == null ? null : project.getPlugin(plugin.getKey());
    if (declared != null) {
      addElements(declared, elements);
      for (PluginExecution execution : declared.getExecutions()) {
        addElements(execution, elements);
      }
    }
    return elements;
  }

  private static void addElements(ConfigurationContainer container, Set<String> elements) {
    if (container.getConfiguration() instanceof Xpp3Dom configuration) {
      for (Xpp3Dom child : configuration.getChildren()) {
        elements.add(child.getName());
      }
    }
  }
}
