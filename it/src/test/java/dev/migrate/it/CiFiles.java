package dev.migrate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files for CI servers that the archetype writes, and what a server would run of them. */
final class CiFiles {
  static final Path FOLDER =
      Path.of("..", "asset-archetype/src/main/resources/archetype-resources/.flavours")
          .toAbsolutePath()
          .normalize();

  private CiFiles() {}

  /** The workflow for GitHub. Its word "on" is a yes to YAML. */
  static Map<Object, Object> gitHub() {
    return read("github/.github/workflows/verify.yml");
  }

  /** The pipeline for GitLab. */
  static Map<Object, Object> gitLab() {
    return read("gitlab/.gitlab-ci.yml");
  }

  /** The steps of the workflow's one job. */
  static List<Map<Object, Object>> steps() {
    return list(map(map(gitHub().get("jobs")).get("verify")).get("steps"));
  }

  /** What runs on a server of GitHub, as one script for {@code bash -e}. */
  static String script() {
    return String.join(
        "\n",
        steps().stream()
            .filter(step -> step.containsKey("run"))
            .map(step -> step.get("run").toString())
            .toList());
  }

  @SuppressWarnings("unchecked")
  static Map<Object, Object> map(Object yaml) {
    return (Map<Object, Object>) yaml;
  }

  @SuppressWarnings("unchecked")
  private static List<Map<Object, Object>> list(Object yaml) {
    return (List<Map<Object, Object>>) yaml;
  }

  private static Map<Object, Object> read(String name) {
    try {
      return new Yaml(new SafeConstructor(new LoaderOptions()))
          .load(Files.readString(FOLDER.resolve(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
