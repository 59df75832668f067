package dev.migrate.goal;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.migrate.adopt.FlywaySettings;
import dev.migrate.history.HistoryTables;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.RevisionFiles;
import dev.migrate.script.ScriptInventory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Report of {@code init} for a project that used Flyway: what it found, took over, left, and what
 * to do next.
 */
final class FlywayArrival {
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

  FlywayArrival(ScriptInventory found, FlywaySettings flyway) {
    this.found = found;
    this.flyway = flyway;
    this.released = last(found.revisions());
  }

  /** Of the scripts without a header: those with one were written by this plugin. */
  private static Optional<String> last(Collection<RevisionFile> files) {
    return files.stream()
        .filter(file -> !file.hasHeader() && !file.revision().baseline())
        .map(RevisionFile::id)
        .max(RevisionId::compareTo)
        .map(RevisionId::toString);
  }

  /**
   * @param lines what comes before everything else
   */
  void first(List<String> lines) {
    first = List.copyOf(lines);
  }

  /**
   * @param how as whom the target was looked at
   */
  void connected(String how) {
    connected = how;
  }

  void notTaken(String note) {
    notTaken.add(note);
  }

  /**
   * @param histories those of the target, the one that is meant first
   * @param files the revisions
   */
  void recorded(List<HistoryTables.Found> histories, RevisionFiles files) {
    if (histories.isEmpty()) {
      return;
    }
    HistoryTables.Found meant = histories.get(0);
    var applied = meant.history().applied(files.all().stream().map(RevisionFile::id).toList());
    List<RevisionFile> run =
        files.all().stream().filter(file -> applied.contains(file.id())).toList();
    target =
        "Target: its history %s has %d of the revisions; %d pending."
            .formatted(meant, run.size(), files.all().size() - run.size());
    if (!applied.isEmpty()) {
      released = last(run);
    }
    histories.stream()
        .skip(1)
        .forEach(other -> notTaken("the history " + other + " of the target: it is another one"));
  }

  /**
   * @return the last revision that is released already
   */
  Optional<String> released() {
    return released;
  }

  /**
   * @param added what was written into the POM; empty when that was not possible
   * @param wanted what it is to say
   */
  void configured(Optional<List<String>> added, List<String> wanted) {
    added.ifPresentOrElse(pom::addAll, () -> missing = wanted);
  }

  /**
   * @return which settings were taken, from where, and where they stand now
   */
  List<String> settings() {
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
  List<String> lines() {
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

  void add(JsonObject document) {
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
