package dev.migrate.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.verify.CheckFinding;
import dev.migrate.verify.CheckResult;
import dev.migrate.verify.Verification;
import java.util.List;
import java.util.Locale;

/** Formats the results of {@code verify} as JSON. */
public final class VerificationJson {
  private VerificationJson() {}

  /**
   * @param document takes it
   * @param verification what came of the checks
   */
  public static void add(JsonObject document, Verification verification) {
    document.addProperty("fine", verification.fine());
    document.addProperty("upToDate", verification.upToDate());
    JsonArray checks = new JsonArray();
    verification.results().forEach(result -> checks.add(check(result)));
    document.add("checks", checks);
  }

  private static JsonObject check(CheckResult result) {
    JsonObject check = new JsonObject();
    check.addProperty("name", result.check().label());
    check.addProperty("status", result.status().name().toLowerCase(Locale.ROOT));
    check.addProperty("summary", result.summary());
    check.addProperty("millis", result.took().toMillis());
    JsonArray findings = new JsonArray();
    result.findings().forEach(finding -> findings.add(finding(finding)));
    check.add("findings", findings);
    check.add("notes", texts(result.notes()));
    return check;
  }

  private static JsonObject finding(CheckFinding finding) {
    JsonObject one = new JsonObject();
    one.addProperty("subject", finding.subject());
    one.addProperty("problem", finding.problem());
    one.addProperty("remedy", finding.remedy());
    one.add("details", texts(finding.details()));
    return one;
  }

  private static JsonArray texts(List<String> texts) {
    JsonArray array = new JsonArray();
    texts.forEach(array::add);
    return array;
  }
}
