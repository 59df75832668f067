package dev.migrate.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.adopt.FlywaySettings;
import dev.migrate.adopt.OtherTool;
import dev.migrate.adopt.ReleasedScripts;
import dev.migrate.adopt.ToolImport;
import dev.migrate.history.HistoryTables;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.ScriptInventory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Formats the report of {@code init} for a project that another tool has served: what was found,
 * taken over and left, and what to do next.
 */
public final class AdoptionText {
  private static final int MOST = 3;

  private final ScriptInventory found;
  private final FlywaySettings flyway;
  private final List<String> notTaken = new ArrayList<>();
  private final List<String> pom = new ArrayList<>();
  private List<String> missing = List.of();
  private List<String> first = List.of();
  private String target;
  private String connected;
  private Optional<String> released;

  /**
   * @param found the scripts of the project
   * @param flyway what Flyway is configured with; empty when another tool has served it
   */
  public AdoptionText(ScriptInventory found, FlywaySettings flyway) {
    this.found = found;
    this.flyway = flyway;
    this.released = ReleasedScripts.last(found.revisions(), List.of()).map(RevisionId::toString);
  }

  private void first(List<String> lines) {
    first = List.copyOf(lines);
  }

  /**
   * @param taken migrations of another tool that were taken over
   * @param wrong what does not undo, a line each
   */
  public void tookOver(ToolImport taken, List<String> wrong) {
    taken.found().notTaken().forEach(this::notTaken);
    first(tool(taken, wrong));
  }

  private static List<String> tool(ToolImport taken, List<String> wrong) {
    List<OtherTool.Step> steps = taken.found().steps();
    List<String> without =
        steps.stream()
            .filter(step -> step.downgrade() == null)
            .map(OtherTool.Step::version)
            .toList();
    List<String> lines = new ArrayList<>();
    lines.add(
        "Taken over from %s in %s: %s, %d of them with a downgrade; the files there stay as they are."
            .formatted(
                taken.found().tool(),
                taken.from(),
                StateText.count(steps.size(), "migration"),
                steps.size() - without.size()));
    lines.add(
        wrong.isEmpty()
            ? "Proven on scratch: every downgrade undoes its upgrade."
            : "Tried on scratch; %s, and %s to be mended:"
                .formatted(
                    wrong.size() == 1
                        ? "1 downgrade does not undo its upgrade"
                        : wrong.size() + " downgrades do not undo their upgrades",
                    wrong.size() == 1 ? "is" : "are"));
    wrong.forEach(line -> lines.add("  " + line));
    if (!without.isEmpty()) {
      lines.add(
          "Without a downgrade: " + without.stream().limit(20).collect(Collectors.joining(", ")));
    }
    lines.add(
        "A database that has run them is told so once: mvn migrate:stamp -Dmigrate.to=<the last one that"
            + " it has> -Dmigrate.url=…");
    return lines;
  }

  /**
   * @param how as whom the target was looked at
   */
  public void connected(String how) {
    connected = how;
  }

  /**
   * @param note something that was left where it is, and why
   */
  public void notTaken(String note) {
    notTaken.add(note);
  }

  /**
   * @param histories those of the target, the one that is meant first
   * @param files the revisions
   */
  public void recorded(List<HistoryTables.Found> histories, RevisionFiles files) {
    if (histories.isEmpty()) {
      return;
    }
    List<RevisionFile> run = ReleasedScripts.applied(files.all(), histories);
    target =
        "Target: its history %s has %d of the revisions; %d pending."
            .formatted(histories.get(0), run.size(), files.all().size() - run.size());
    released = ReleasedScripts.last(files.all(), histories).map(RevisionId::toString);
    histories.stream()
        .skip(1)
        .forEach(other -> notTaken("the history " + other + " of the target: it is another one"));
  }

  /**
   * @return the last revision that is released already
   */
  public Optional<String> released() {
    return released;
  }

  /**
   * @param added what was written into the POM; empty when that was not possible
   * @param wanted what it is to say
   */
  public void configured(Optional<List<String>> added, List<String> wanted) {
    added.ifPresentOrElse(pom::addAll, () -> missing = wanted);
  }

  /**
   * @return which settings were taken, from where, and where they stand now
   */
  public List<String> settings() {
    List<String> lines = new ArrayList<>();
    flyway.taken().forEach(line -> lines.add("Flyway's settings, from " + line));
    if (!pom.isEmpty()) {
      lines.add("Written into pom.xml: " + String.join("", pom));
    }
    if (!missing.isEmpty()) {
      lines.add(
          "To be written into the plugin's <configuration>, so that every goal knows it: "
              + String.join("", missing));
    }
    if (!notTaken.isEmpty()) {
      lines.add(
          "Not taken: "
              + String.join("; ", notTaken.subList(0, Math.min(MOST, notTaken.size())))
              + (notTaken.size() > MOST
                  ? "; and %d more, which -Dmigrate.format=json names."
                      .formatted(notTaken.size() - MOST)
                  : "."));
    }
    database().ifPresent(lines::add);
    if (connected != null) {
      lines.add(connected);
    }
    return lines;
  }

  /** Whoever goes on without a word would find the embedded database, which has nothing. */
  private Optional<String> database() {
    return flyway
        .database()
        .map(
            url ->
                "Flyway's database, from %s: %s%s. Where it is stays yours to say, or the goals use an embedded one: -Dmigrate.url=%s, or MIGRATE_URL, MIGRATE_USER and MIGRATE_PASSWORD in the environment, or <url> and <server> (user and password in settings.xml) in the plugin's <configuration>."
                    .formatted(
                        flyway.origin("url"),
                        url,
                        flyway.user().map(user -> ", user " + user).orElse(""),
                        url));
  }

  /**
   * @return the same, with what was found, and what to run next
   */
  public List<String> lines() {
    List<String> lines = new ArrayList<>(first);
    lines.add("Found: " + found.sentence() + ". No script was changed.");
    if (target != null) {
      lines.add(target);
    }
    lines.addAll(settings());
    if (released.isPresent()) {
      lines.add(
          "Released up to %s: verify and lint count what they find there, and judge what comes after."
              .formatted(released.get()));
      lines.add(
          "Next: mvn migrate:diff -Dmigrate.to=target -Dmigrate.url=… (is a database what its scripts give?),"
              + " mvn migrate:verify, mvn migrate:upgrade; the page Coming from Flyway tells the rest.");
    }
    return lines;
  }

  /**
   * @param document takes the same for programs
   */
  public void add(JsonObject document) {
    if (found.isEmpty() && flyway.isEmpty()) {
      return;
    }
    document.addProperty("found", found.sentence());
    document.add("settings", array(flyway.taken()));
    document.add("notTaken", array(notTaken));
    document.add("configured", array(pom));
    document.add("toConfigure", array(missing));
    released.ifPresent(id -> document.addProperty("released", id));
  }

  private static JsonArray array(List<String> lines) {
    JsonArray array = new JsonArray();
    lines.forEach(array::add);
    return array;
  }
}
