package dev.migrate.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;

/** The Mavens and the Javas that {@link OnEachMaven} is about. */
final class Matrix implements TestTemplateInvocationContextProvider {
  private static final List<String> JAVAS = List.of("17", "25");

  @Override
  public boolean supportsTestTemplate(ExtensionContext context) {
    return true;
  }

  @Override
  public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(
      ExtensionContext context) {
    String folder = System.getProperty("it.matrix", "");
    if (folder.isEmpty()) {
      return Stream.of(new Cell("the Maven of this build", Optional.of(UnderTest.maven()), ""));
    }
    return mavens(Path.of(folder)).stream()
        .flatMap(maven -> JAVAS.stream().map(java -> cell(maven, java)));
  }

  private static List<Path> mavens(Path folder) {
    try (Stream<Path> homes = Files.list(folder)) {
      return homes.filter(home -> Files.isDirectory(home.resolve("bin"))).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the Mavens in " + folder, e);
    }
  }

  private static TestTemplateInvocationContext cell(Path home, String java) {
    return new Cell(
        home.getFileName() + ", Java " + java,
        Jdk.find(java).map(jdk -> UnderTest.maven().withHome(home).withJava(jdk)),
        "No JDK " + java + " here. -Djdk" + java + ".home=… says where it is.");
  }

  /** One run of a test; skipped, and counted as skipped, where its Java is missing. */
  private record Cell(String name, Optional<Maven> maven, String whyNot)
      implements TestTemplateInvocationContext, ExecutionCondition, ParameterResolver {

    @Override
    public String getDisplayName(int invocation) {
      return name;
    }

    @Override
    public List<Extension> getAdditionalExtensions() {
      return List.of(this);
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      return maven.isPresent()
          ? ConditionEvaluationResult.enabled(name)
          : ConditionEvaluationResult.disabled(whyNot);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Maven.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return maven.orElseThrow();
    }
  }
}
