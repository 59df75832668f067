package dev.migrate.conformance;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Runs all cases of a file on all processors, prints how many passed by source and in all, and
 * writes what failed to a report.
 */
final class ConformanceRun {
  private final Path cases;
  private final Path report;
  private final PrintStream out;

  ConformanceRun(Path cases, Path report, PrintStream out) {
    this.cases = cases;
    this.report = report;
    this.out = out;
  }

  /** For quick loops without Maven: cases, report and, optionally, a part of the ids to run. */
  public static void main(String[] arguments)
      throws IOException, InterruptedException, ExecutionException {
    String part = arguments.length > 2 ? arguments[2] : "";
    new ConformanceRun(Path.of(arguments[0]), Path.of(arguments[1]), System.out).run(part);
  }

  /**
   * @param part only cases whose id contains this are run
   * @return the share of cases that passed, from 0 to 1
   */
  double run(String part) throws IOException, InterruptedException, ExecutionException {
    long start = System.nanoTime();
    Queue<Case> waiting =
        new ConcurrentLinkedQueue<>(
            sample(Case.read(cases).stream().filter(one -> wanted(one, part)).toList()));
    Queue<Outcome> outcomes = new ConcurrentLinkedQueue<>();
    int workers = Math.min(Runtime.getRuntime().availableProcessors(), Math.max(1, waiting.size()));
    ExecutorService pool = Executors.newFixedThreadPool(workers);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < workers; i++) {
        running.add(
            pool.submit(
                () -> {
                  try (CaseRun run = new CaseRun()) {
                    for (Case next = waiting.poll(); next != null; next = waiting.poll()) {
                      outcomes.add(run.run(next));
                    }
                  }
                  return null;
                }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } finally {
      pool.shutdownNow();
    }
    return summarise(
        outcomes.stream().sorted(java.util.Comparator.comparing(Outcome::id)).toList(),
        (System.nanoTime() - start) / 1_000_000_000L);
  }

  /**
   * {@code -Dconformance.sample=300} runs so many cases, spread over the file, the same each time.
   */
  private static List<Case> sample(List<Case> all) {
    int size = Integer.getInteger("conformance.sample", all.size());
    return size >= all.size()
        ? all
        : IntStream.range(0, size)
            .mapToObj(i -> all.get((int) ((long) i * all.size() / size)))
            .toList();
  }

  /** Either a piece of the id, or a file with whole ids, given as {@code @file}. */
  private static boolean wanted(Case one, String part) {
    if (!part.startsWith("@")) {
      return one.id.contains(part);
    }
    try {
      return Files.readAllLines(Path.of(part.substring(1))).contains(one.id);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private double summarise(List<Outcome> outcomes, long seconds) throws IOException {
    Map<String, List<Outcome>> bySource =
        outcomes.stream()
            .collect(Collectors.groupingBy(Outcome::source, TreeMap::new, Collectors.toList()));
    bySource.forEach(
        (source, some) ->
            out.println(
                source
                    + ": "
                    + count(some, Outcome.Verdict.PASSED)
                    + " passed, "
                    + failed(some)
                    + " failed"));
    writeReport(outcomes);
    out.println(
        "refused by name, which somebody has to judge: "
            + count(outcomes, Outcome.Verdict.REFUSED));
    out.println(
        "passed the own proof and failed the judge: " + count(outcomes, Outcome.Verdict.DECEIVED));
    out.println("took " + seconds + " s; failures are in " + report);
    out.println(
        count(outcomes, Outcome.Verdict.PASSED) + " passed, " + failed(outcomes) + " failed");
    return outcomes.isEmpty()
        ? 0
        : (double) count(outcomes, Outcome.Verdict.PASSED) / outcomes.size();
  }

  private void writeReport(List<Outcome> outcomes) throws IOException {
    StringBuilder text = new StringBuilder();
    Map<String, Long> reasons =
        outcomes.stream()
            .filter(one -> !one.reason().isEmpty())
            .collect(Collectors.groupingBy(Outcome::reason, TreeMap::new, Collectors.counting()));
    reasons.forEach(
        (reason, number) -> text.append(number).append("\t").append(reason).append('\n'));
    for (Outcome one : outcomes) {
      if (!one.reason().isEmpty()) {
        text.append("\n======== ").append(one.id()).append("\n").append(one.verdict());
        text.append(' ').append(one.direction()).append(": ").append(one.reason());
        text.append("\n\n").append(one.detail()).append('\n');
      }
    }
    Files.writeString(report, text);
  }

  private static long count(List<Outcome> outcomes, Outcome.Verdict verdict) {
    return outcomes.stream().filter(one -> one.verdict() == verdict).count();
  }

  private static long failed(List<Outcome> outcomes) {
    return outcomes.size() - count(outcomes, Outcome.Verdict.PASSED);
  }
}
