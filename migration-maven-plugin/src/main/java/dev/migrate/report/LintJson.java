package dev.migrate.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.lint.Finding;
import dev.migrate.lint.LintResult;
import dev.migrate.lint.LintedScript;
import dev.migrate.lint.Severity;
import dev.migrate.lint.SourcePosition;

/** Formats lint results as JSON. */
public final class LintJson {
  private LintJson() {}

  /**
   * @param document takes it
   * @param linted what was found
   */
  public static void add(JsonObject document, LintResult linted) {
    document.addProperty("errors", linted.count(Severity.ERROR));
    document.addProperty("warnings", linted.count(Severity.WARNING));
    document.addProperty("notes", linted.count(Severity.NOTE));
    JsonArray scripts = new JsonArray();
    linted
        .scripts()
        .forEach(
            script -> {
              JsonObject one = script(script);
              if (linted.released().contains(script.revision().id())) {
                one.addProperty("released", true);
              }
              scripts.add(one);
            });
    document.add("scripts", scripts);
  }

  private static JsonObject script(LintedScript script) {
    JsonObject one = new JsonObject();
    one.addProperty("revision", script.revision().id().toString());
    one.addProperty("file", script.file());
    one.addProperty("statements", script.statements());
    one.addProperty("watched", script.watched());
    JsonArray findings = new JsonArray();
    script.findings().forEach(finding -> findings.add(finding(finding)));
    one.add("findings", findings);
    JsonArray ignored = new JsonArray();
    script
        .suppressed()
        .forEach(
            suppressed -> {
              JsonObject finding = finding(suppressed.finding());
              finding.addProperty("reason", suppressed.reason());
              ignored.add(finding);
            });
    one.add("ignored", ignored);
    JsonArray notChecked = new JsonArray();
    script
        .notChecked()
        .forEach(
            unknown -> {
              JsonObject statement = place(unknown.place());
              statement.addProperty("reason", unknown.reason());
              statement.addProperty("statement", unknown.statement());
              notChecked.add(statement);
            });
    one.add("notChecked", notChecked);
    return one;
  }

  private static JsonObject finding(Finding finding) {
    JsonObject one = place(finding.place());
    one.addProperty("rule", finding.rule().label());
    one.addProperty("severity", finding.rule().severity().label());
    one.addProperty("subject", finding.subject());
    one.addProperty("statement", finding.statement());
    one.addProperty("hazard", finding.rule().hazard());
    one.addProperty("safer", finding.rule().safer());
    return one;
  }

  private static JsonObject place(SourcePosition place) {
    JsonObject one = new JsonObject();
    one.addProperty("line", place.line());
    one.addProperty("column", place.column());
    return one;
  }
}
