package dev.migrate.report;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.files.Disk;
import dev.migrate.text.PlainText;
import dev.migrate.verify.CheckFinding;
import dev.migrate.verify.CheckResult;
import dev.migrate.verify.Verification;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes the results of {@code verify} as JUnit XML, in which CI servers read results of tests: a
 * suite with a case for each check. A check that could not run is an error there, one that failed a
 * failure.
 */
public final class JUnitReport {
  private static final String SUITE = "migrate:verify";

  private JUnitReport() {}

  /**
   * @param verification what came of the checks
   * @param file takes it, and is replaced if it exists
   * @throws MigrateException {@code FILE_ACCESS} when it cannot be written
   */
  public static void write(Verification verification, Path file) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(out, "UTF-8");
      xml.writeStartDocument("UTF-8", "1.0");
      suite(xml, verification.results());
      xml.writeEndDocument();
      xml.close();
      Disk.createFolders(file.getParent());
      Disk.replace(file, out.toByteArray());
    } catch (IOException | XMLStreamException e) {
      throw new MigrateException(
          FailureCode.FILE_ACCESS,
          "The report cannot be written to %s: %s.".formatted(file, e.getMessage()),
          "Check that you may write there.",
          e);
    }
  }

  private static void suite(XMLStreamWriter xml, List<CheckResult> results)
      throws XMLStreamException {
    line(xml, "");
    xml.writeStartElement("testsuite");
    xml.writeAttribute("name", SUITE);
    xml.writeAttribute("tests", String.valueOf(results.size()));
    xml.writeAttribute("failures", count(results, CheckResult.Status.FAILED));
    xml.writeAttribute("errors", count(results, CheckResult.Status.NOT_RUN));
    xml.writeAttribute("skipped", count(results, CheckResult.Status.SKIPPED));
    xml.writeAttribute(
        "time",
        seconds(results.stream().map(CheckResult::took).reduce(Duration.ZERO, Duration::plus)));
    for (CheckResult result : results) {
      line(xml, "  ");
      testCase(xml, result);
    }
    line(xml, "");
    xml.writeEndElement();
    line(xml, "");
  }

  private static void testCase(XMLStreamWriter xml, CheckResult result) throws XMLStreamException {
    xml.writeStartElement("testcase");
    xml.writeAttribute("classname", SUITE);
    xml.writeAttribute("name", result.check().label() + ": " + result.check().claim());
    xml.writeAttribute("time", seconds(result.took()));
    switch (result.status()) {
      case FAILED -> element(xml, "failure", message(result), text(result));
      case NOT_RUN -> element(xml, "error", result.summary(), "");
      case SKIPPED -> element(xml, "skipped", result.summary(), "");
      case PASSED -> {
        if (!result.notes().isEmpty()) {
          xml.writeStartElement("system-out");
          xml.writeCharacters(clean(String.join("\n", result.notes())));
          xml.writeEndElement();
        }
      }
    }
    xml.writeEndElement();
  }

  private static void element(XMLStreamWriter xml, String name, String message, String text)
      throws XMLStreamException {
    xml.writeStartElement(name);
    xml.writeAttribute("message", PlainText.line(message));
    xml.writeCharacters(clean(text));
    xml.writeEndElement();
  }

  private static String message(CheckResult result) {
    String first = result.findings().get(0).problem().lines().findFirst().orElse("");
    int more = result.findings().size() - 1;
    return more == 0 ? first : "%s (and %d more)".formatted(first, more);
  }

  private static String text(CheckResult result) {
    return result.findings().stream().map(JUnitReport::text).collect(Collectors.joining("\n\n"));
  }

  private static String text(CheckFinding finding) {
    return finding.problem()
        + "\n"
        + finding.details().stream().map(line -> "  " + line + "\n").collect(Collectors.joining())
        + "What to do: "
        + finding.remedy();
  }

  /** XML has no place for most control characters, and those that it has are none for people. */
  private static String clean(String text) {
    return String.join("\n", PlainText.lines(text));
  }

  private static String count(List<CheckResult> results, CheckResult.Status status) {
    return String.valueOf(results.stream().filter(one -> one.status() == status).count());
  }

  private static String seconds(Duration duration) {
    return String.format(Locale.ROOT, "%.3f", duration.toMillis() / 1_000.0);
  }

  private static void line(XMLStreamWriter xml, String indent) throws XMLStreamException {
    xml.writeCharacters("\n" + indent);
  }
}
