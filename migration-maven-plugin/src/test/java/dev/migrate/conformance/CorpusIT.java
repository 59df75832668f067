package dev.migrate.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.migrate.conformance.RoundTrip.Read;
import dev.migrate.scratch.PostgresVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every pair of the corpus, up and down, on PostgreSQL 15 (installed, judged by pg_dump too) and 18
 * (embedded). {@code -Dcorpus.majors=13,14,16,17} takes others, {@code -Dcorpus.part=policies/}
 * some pairs only, and {@code -Dcorpus.write=true} writes facts, digests of dumps and known
 * failures anew. What failed stands, with the plan, in {@code target/corpus-15.txt}.
 */
@DisplayName("The corpus")
class CorpusIT {
  private static final Path KNOWN = Corpus.FOLDER.resolve("failures.txt");
  private static final boolean WRITE = Boolean.getBoolean("corpus.write");
  private static final String PART = System.getProperty("corpus.part", "");

  static IntStream majors() {
    return Arrays.stream(System.getProperty("corpus.majors", "15,18").split(","))
        .mapToInt(Integer::parseInt);
  }

  @ParameterizedTest(name = "goes up and down on PostgreSQL {0}, rows included")
  @MethodSource("majors")
  void upAndDown(int major) throws Exception {
    boolean installed = major == PostgresServer.INSTALLED;
    assumeTrue(!installed || PostgresServer.isInstalled(), "PostgreSQL 15 is not installed");
    List<Corpus.Entry> entries = Corpus.entries().stream().filter(one -> wanted(one.id())).toList();
    try (Server server =
        installed
            ? PostgresServer.start(PostgresServer.binaries(major))
            : EmbeddedServer.start(PostgresVersion.of(String.valueOf(major)))) {
      CorpusRun run = new CorpusRun(server, installed, WRITE);
      Map<String, Failure> failures = new TreeMap<>(run.run(entries));
      report(major, failures);
      if (installed) {
        facts(run.facts());
      }
      if (WRITE) {
        pin(major, failures);
      }
      assertThat(text(failures))
          .as("what fails, beside what is known to fail (failures.txt)")
          .isEqualTo(known(major));
    }
  }

  /** {@code -Dcorpus.part=policies/,attach} takes the pairs whose names contain one of these. */
  private static boolean wanted(String id) {
    return Arrays.stream(PART.split(",")).anyMatch(id::contains);
  }

  private static void report(int major, Map<String, Failure> failures) throws IOException {
    StringBuilder text = new StringBuilder();
    failures.forEach(
        (id, failure) -> text.append(id).append(": ").append(failure.getMessage()).append('\n'));
    failures.forEach(
        (id, failure) ->
            text.append(
                "\n======== %s\n%s\n\n%s\n".formatted(id, failure.getMessage(), failure.detail())));
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target", "corpus-" + major + ".txt"), text);
  }

  private static void facts(Map<String, Read> read) throws IOException {
    if (WRITE) {
      Map<String, Read> all = new TreeMap<>(Corpus.FACTS.read());
      all.keySet().removeIf(CorpusIT::wanted);
      all.putAll(read);
      Corpus.FACTS.write(all);
      Corpus.DUMPS.write(
          Corpus.entries().stream()
              .flatMap(one -> Stream.of(one.pair().fromSql(), one.pair().toSql()))
              .toList());
    }
    Map<String, Read> kept = new TreeMap<>(Corpus.FACTS.read());
    kept.keySet().removeIf(id -> !wanted(id));
    assertThat(kept.keySet())
        .as("facts beside the corpus; -Dcorpus.write=true writes them")
        .isEqualTo(new TreeSet<>(read.keySet()));
    read.forEach(
        (id, facts) ->
            assertThat(List.of(facts.from(), facts.to()))
                .as("facts of %s; -Dcorpus.write=true writes them", id)
                .isEqualTo(List.of(kept.get(id).from(), kept.get(id).to())));
  }

  private static String text(Map<String, Failure> failures) {
    return failures.keySet().stream().collect(Collectors.joining("\n"));
  }

  private static String known(int major) throws IOException {
    return Files.readAllLines(KNOWN).stream()
        .filter(line -> isKnown(line, major))
        .map(line -> line.substring(line.indexOf(' ') + 1))
        .sorted()
        .collect(Collectors.joining("\n"));
  }

  private static boolean isKnown(String line, int major) {
    return line.startsWith(major + " ") && wanted(line);
  }

  private static void pin(int major, Map<String, Failure> failures) throws IOException {
    List<String> lines =
        Files.exists(KNOWN)
            ? Files.readAllLines(KNOWN).stream()
                .filter(line -> !isKnown(line, major))
                .collect(Collectors.toList())
            : new java.util.ArrayList<>();
    failures.keySet().forEach(id -> lines.add(major + " " + id));
    Files.write(KNOWN, lines.stream().sorted().toList());
  }
}
