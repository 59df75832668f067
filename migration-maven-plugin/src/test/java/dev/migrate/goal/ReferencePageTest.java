package dev.migrate.goal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Keeps {@code docs/reference.md} true: it is made from what the plugin says of itself. {@code mvn
 * -pl migration-maven-plugin test -Dtest=ReferencePageTest -Dreference.write=true} writes it anew.
 */
@DisplayName("The reference page")
class ReferencePageTest {
  private static final Path PAGE = Path.of("..", "docs", "reference.md");

  /** The parameters that goals share, by the class that declares them. */
  private static final Map<Class<?>, String> GROUPS = new LinkedHashMap<>();

  static {
    GROUPS.put(MigrateMojo.class, "Every goal");
    GROUPS.put(ProjectMojo.class, "Goals that work on the revision files");
    GROUPS.put(TargetMojo.class, "Goals that look at a target");
    GROUPS.put(SchemaMojo.class, "Goals that compare schemas");
    GROUPS.put(MovingMojo.class, "Goals that change a target");
    GROUPS.put(BackupFolderMojo.class, "Goals that take backups or bring them back");
    GROUPS.put(RunMojo.class, "upgrade and downgrade");
  }

  /** What no command line can say. */
  private static final Set<String> MAPS = Set.of("flyway", "lintOff", "placeholders");

  private record Parameter(String name, String property, String defaultValue, String text) {}

  private record Goal(String name, Class<?> type, String text, List<Parameter> parameters) {}

  @Test
  @DisplayName("says what the plugin says of itself")
  void isTrue() throws Exception {
    String page = page(goals());
    if (Boolean.getBoolean("reference.write")) {
      Files.writeString(PAGE, page, StandardCharsets.UTF_8);
    }
    assertThat(PAGE).content(StandardCharsets.UTF_8).isEqualTo(page);
  }

  @Test
  @DisplayName("has a property of the prefix migrate. for every parameter of a goal")
  void everyParameterHasAProperty() throws Exception {
    for (Goal goal : goals().values()) {
      for (Parameter parameter : goal.parameters()) {
        if (!MAPS.contains(parameter.name())) {
          assertThat(parameter.property())
              .as(goal.name() + "." + parameter.name())
              .isEqualTo("migrate." + parameter.name());
        }
      }
    }
  }

  @Test
  @DisplayName("is about the same goals as the metadata that keeps Eclipse from running them")
  void eclipseRunsNone() throws Exception {
    List<String> ignored = new ArrayList<>();
    try (InputStream metadata =
        ReferencePageTest.class.getResourceAsStream(
            "/META-INF/m2e/lifecycle-mapping-metadata.xml")) {
      NodeList goals =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(metadata)
              .getElementsByTagName("goal");
      for (int i = 0; i < goals.getLength(); i++) {
        ignored.add(goals.item(i).getTextContent());
      }
    }
    List<String> expected = new ArrayList<>(goals().keySet());
    expected.add("help");
    assertThat(ignored).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static String page(Map<String, Goal> goals) {
    StringBuilder page = new StringBuilder();
    page.append("# Goals and parameters\n\n");
    page.append(
        """
        Every parameter can be given on the command line as `-Dmigrate.<name>=<value>` or in the
        POM as `<name>` in the plugin's `<configuration>`; the command line wins. This page is made
        from the plugin itself; `mvn migrate:help -Ddetail=true` says the same.

        | goal | what it does |
        | --- | --- |
        """);
    goals
        .values()
        .forEach(
            goal ->
                page.append(
                    "| [`%s`](#%s) | %s |\n"
                        .formatted(goal.name(), anchor(goal.name()), firstSentence(goal.text()))));
    page.append("\n## Shared parameters\n");
    for (Map.Entry<Class<?>, String> group : GROUPS.entrySet()) {
      page.append("\n### ").append(group.getValue()).append("\n\n");
      table(page, shared(goals, group.getKey()));
    }
    page.append("\n## Goals\n");
    for (Goal goal : goals.values()) {
      page.append("\n### ").append(goal.name()).append("\n\n").append(goal.text()).append("\n");
      List<Parameter> own = declaredBy(goal, goal.type());
      if (!own.isEmpty()) {
        page.append("\n");
        table(page, own);
      }
      page.append("\nAlso: ").append(groupsOf(goal)).append(".\n");
    }
    return page.toString();
  }

  private static String groupsOf(Goal goal) {
    List<String> links = new ArrayList<>();
    GROUPS.forEach(
        (type, title) -> {
          if (type.isAssignableFrom(goal.type())) {
            links.add("[%s](#%s)".formatted(title.toLowerCase(), anchor(title)));
          }
        });
    return "the parameters of " + String.join(", ", links);
  }

  private static String anchor(String title) {
    return title.toLowerCase().replace(' ', '-');
  }

  private static List<Parameter> shared(Map<String, Goal> goals, Class<?> declaring) {
    Goal any =
        goals.values().stream()
            .filter(goal -> declaring.isAssignableFrom(goal.type()))
            .findFirst()
            .orElseThrow();
    return declaredBy(any, declaring);
  }

  private static List<Parameter> declaredBy(Goal goal, Class<?> type) {
    List<String> fields =
        java.util.Arrays.stream(type.getDeclaredFields())
            .map(java.lang.reflect.Field::getName)
            .toList();
    return goal.parameters().stream()
        .filter(parameter -> fields.contains(parameter.name()))
        .toList();
  }

  private static void table(StringBuilder page, List<Parameter> parameters) {
    page.append("| parameter | default | meaning |\n| --- | --- | --- |\n");
    for (Parameter parameter : parameters) {
      page.append(
          "| `%s` | %s | %s |\n"
              .formatted(
                  parameter.property().isEmpty() ? parameter.name() : parameter.property(),
                  parameter.defaultValue().isEmpty() ? "" : "`" + parameter.defaultValue() + "`",
                  parameter.text().replace("|", "\\|")));
    }
  }

  private static String firstSentence(String text) {
    return text.replaceFirst("(?s)(?<=[.])\\s.*", "");
  }

  private static Map<String, Goal> goals() throws Exception {
    Map<String, Goal> goals = new TreeMap<>();
    try (InputStream descriptor =
        ReferencePageTest.class.getResourceAsStream("/META-INF/maven/plugin.xml")) {
      Document document =
          DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(descriptor);
      NodeList mojos = document.getElementsByTagName("mojo");
      for (int i = 0; i < mojos.getLength(); i++) {
        Element mojo = (Element) mojos.item(i);
        Class<?> type = Class.forName(text(mojo, "implementation"));
        if (MigrateMojo.class.isAssignableFrom(type)) {
          String name = text(mojo, "goal");
          goals.put(
              name, new Goal(name, type, markdown(text(mojo, "description")), parameters(mojo)));
        }
      }
    }
    return goals;
  }

  private static List<Parameter> parameters(Element mojo) {
    List<Parameter> parameters = new ArrayList<>();
    Element configuration = child(mojo, "configuration");
    NodeList nodes = child(mojo, "parameters").getElementsByTagName("parameter");
    for (int i = 0; i < nodes.getLength(); i++) {
      Element parameter = (Element) nodes.item(i);
      if (text(parameter, "editable").equals("true")) {
        String name = text(parameter, "name");
        Element configured = child(configuration, name);
        // Their properties are not Maven's, which would show them in its debug log.
        boolean secret = text(parameter, "type").equals(SecretParameter.class.getName());
        String property =
            configured == null ? "" : configured.getTextContent().replaceAll("[${}]", "");
        parameters.add(
            new Parameter(
                name,
                secret ? "migrate." + name : property,
                configured == null ? "" : configured.getAttribute("default-value"),
                markdown(text(parameter, "description"))));
      }
    }
    return parameters;
  }

  private static String text(Element parent, String name) {
    Element found = child(parent, name);
    return found == null ? "" : found.getTextContent().strip();
  }

  private static Element child(Element parent, String name) {
    NodeList children = parent.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }

  private static String markdown(String html) {
    return html.replaceAll("</?code>", "`")
        .replaceAll("</?(p|em|ul|li|a)( [^>]*)?>", "")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
        .replaceAll("(?<!`)(<[^>]+>@?[a-z]*)", "`$1`")
        .replaceAll("\\s+", " ")
        .strip();
  }
}
