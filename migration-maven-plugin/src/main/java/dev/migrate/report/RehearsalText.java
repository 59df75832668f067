package dev.migrate.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.rehearse.RehearsalResult;
import dev.migrate.rehearse.RehearsalResult.Run;
import dev.migrate.rehearse.RehearsalResult.TableEffect;
import dev.migrate.text.PlainText;
import java.util.ArrayList;
import java.util.List;

/** Formats rehearsals: text for a console, HTML for a browser, JSON for programs. */
public final class RehearsalText {
  private static final String STYLE =
      "body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}"
          + "table{border-collapse:collapse;width:100%}th,td{border-bottom:1px solid #ccc;"
          + "padding:.3rem .6rem;text-align:left;vertical-align:top}td.n{text-align:right}"
          + ".bad{color:#a40000;font-weight:bold}.good{color:#176117}";

  private RehearsalText() {}

  /**
   * @param seen a rehearsal
   * @return the report in lines
   */
  public static List<String> of(RehearsalResult seen) {
    List<String> lines = new ArrayList<>();
    if (seen.runs().isEmpty()) {
      return List.of(
          "Nothing is pending in %s, so it was not copied and nothing was tried."
              .formatted(seen.target()));
    }
    lines.add(
        "Rehearsed on a copy of %s (PostgreSQL %s%s, copied in %s):"
            .formatted(
                seen.target(),
                seen.serverVersion(),
                seen.sample() == 0 ? "" : ", a sample of " + seen.sample() + " rows a table",
                Durations.text(seen.copied())));
    for (Run run : seen.runs()) {
      lines.add(
          "  %-8s  %s  %s%s"
              .formatted(
                  run.phase().word(),
                  run.revision().title(),
                  Durations.text(run.took()),
                  run.diskBytes() == 0 ? "" : ", disk +" + Sizes.text(run.diskBytes())));
      run.tables().forEach(table -> lines.add("            " + effect(table)));
      run.failed()
          .ifPresent(why -> why.lines().forEach(line -> lines.add("            FAILED: " + line)));
    }
    lines.add(verdict(seen));
    seen.differences().forEach(one -> lines.add("  after the round trip: " + one));
    return lines;
  }

  private static String verdict(RehearsalResult seen) {
    if (seen.runs().isEmpty()) {
      return "There was nothing to rehearse.";
    }
    if (seen.failedRun().isPresent()) {
      return "The rehearsal failed; the target was not touched.";
    }
    if (!seen.wentBack()) {
      return "Everything ran upward. Not every revision has a downgrade script, so the way back was"
          + " not rehearsed to its end.";
    }
    if (!seen.sameSchema()) {
      return "Everything ran, but the downgrades did not bring back the schema.";
    }
    return seen.differences().isEmpty()
        ? "Everything ran, and the downgrades brought back the schema and every row."
        : "Everything ran, and the downgrades brought back the schema, but not every row; only a"
            + " backup brings these back:";
  }

  private static String effect(TableEffect table) {
    List<String> parts = new ArrayList<>();
    table
        .strongestLock()
        .ifPresent(lock -> parts.add("%s for %s".formatted(lock, Durations.text(table.held()))));
    if (table.rewritten()) {
      parts.add("rewritten");
    }
    parts.add(rows(table));
    return PlainText.line(table.table()) + ": " + String.join(", ", parts);
  }

  private static String rows(TableEffect table) {
    if (table.rowsBefore() < 0) {
      return "created, " + table.rowsAfter() + " rows";
    }
    if (table.rowsAfter() < 0) {
      return "dropped with " + table.rowsBefore() + " rows";
    }
    return table.rowsBefore() == table.rowsAfter()
        ? table.rowsAfter() + " rows"
        : "%d rows before, %d after".formatted(table.rowsBefore(), table.rowsAfter());
  }

  /**
   * @param seen a rehearsal
   * @return the report for programs
   */
  public static JsonObject json(RehearsalResult seen) {
    JsonObject object = new JsonObject();
    object.addProperty("serverVersion", seen.serverVersion());
    object.addProperty("sample", seen.sample());
    object.addProperty("copyMillis", seen.copied().toMillis());
    object.addProperty("passed", seen.passed());
    object.addProperty("wentBack", seen.wentBack());
    object.addProperty("sameSchema", seen.sameSchema());
    JsonArray differences = new JsonArray();
    seen.differences().forEach(differences::add);
    object.add("differences", differences);
    JsonArray runs = new JsonArray();
    for (Run run : seen.runs()) {
      JsonObject one = new JsonObject();
      one.addProperty("id", run.revision().id().toString());
      one.addProperty("message", run.revision().message());
      one.addProperty("phase", run.phase().word());
      one.addProperty("millis", run.took().toMillis());
      one.addProperty("diskBytes", run.diskBytes());
      run.failed().ifPresent(why -> one.addProperty("failure", why));
      JsonArray tables = new JsonArray();
      run.tables().forEach(table -> tables.add(json(table)));
      one.add("tables", tables);
      runs.add(one);
    }
    object.add("runs", runs);
    return object;
  }

  private static JsonObject json(TableEffect table) {
    JsonObject object = new JsonObject();
    object.addProperty("table", table.table());
    table
        .strongestLock()
        .ifPresent(
            lock -> {
              object.addProperty("lock", lock);
              object.addProperty("heldMillis", table.held().toMillis());
            });
    object.addProperty("rewritten", table.rewritten());
    if (table.rowsBefore() >= 0) {
      object.addProperty("rowsBefore", table.rowsBefore());
    }
    if (table.rowsAfter() >= 0) {
      object.addProperty("rowsAfter", table.rowsAfter());
    }
    return object;
  }

  /**
   * @param seen a rehearsal
   * @return the report as a page of its own
   */
  public static List<String> html(RehearsalResult seen) {
    List<String> lines = new ArrayList<>();
    lines.add("<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    lines.add("<title>Rehearsal</title><style>" + STYLE + "</style></head><body>");
    lines.add("<h1>Rehearsal</h1>");
    lines.add("<p>" + escaped(of(seen).get(0)) + "</p>");
    lines.add(
        "<p class=\"%s\">%s</p>".formatted(seen.passed() ? "good" : "bad", escaped(verdict(seen))));
    seen.differences().forEach(one -> lines.add("<p class=\"bad\">" + escaped(one) + "</p>"));
    lines.add(
        "<table><tr><th>revision</th><th>direction</th><th>time</th><th>disk</th><th>tables</th></tr>");
    for (Run run : seen.runs()) {
      lines.add(
          "<tr><td>%s</td><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td><td>"
              .formatted(
                  escaped(run.revision().title()),
                  run.phase().word(),
                  Durations.text(run.took()),
                  Sizes.text(run.diskBytes())));
      run.tables().forEach(table -> lines.add(escaped(effect(table)) + "<br>"));
      run.failed().ifPresent(why -> lines.add("<span class=\"bad\">" + escaped(why) + "</span>"));
      lines.add("</td></tr>");
    }
    lines.add("</table></body></html>");
    return lines;
  }

  private static String escaped(String text) {
    return String.join(
        "<br>", PlainText.lines(text).stream().map(RehearsalText::entities).toList());
  }

  private static String entities(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
