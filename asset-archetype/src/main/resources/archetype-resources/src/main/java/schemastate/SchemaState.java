package ${package}.schemastate;

import java.util.List;

/**
 * Where the database stands, compared with the revisions that this application brings along.
 *
 * @param revision the last revision that the database has; null when it has none
 * @param expected the last revision that the application brings along
 * @param pending what the database lacks
 * @param unknown what the database has and the application does not know
 * @param failed what was begun in the database, and not finished
 */
public record SchemaState(
    String revision,
    String expected,
    List<String> pending,
    List<String> unknown,
    List<String> failed) {
  public SchemaState {
    pending = List.copyOf(pending);
    unknown = List.copyOf(unknown);
    failed = List.copyOf(failed);
  }

  /** In one word. */
  public enum Status {
    CURRENT,
    BEHIND,
    AHEAD,
    FAILED
  }

  public Status status() {
    if (!failed.isEmpty()) {
      return Status.FAILED;
    }
    if (!unknown.isEmpty()) {
      return Status.AHEAD;
    }
    return pending.isEmpty() ? Status.CURRENT : Status.BEHIND;
  }

  /** What is wrong, in one sentence. */
  public String problem() {
    return switch (status()) {
      case CURRENT -> "The database is where it should be, at " + revision + ".";
      case BEHIND ->
          "The database is behind: it stands at %s and lacks %s."
              .formatted(revision == null ? "base" : revision, String.join(", ", pending));
      case AHEAD ->
          "The database is ahead: it has %s, which this application does not know."
              .formatted(String.join(", ", unknown));
      case FAILED ->
          "The revision %s has failed in the database.".formatted(String.join(", ", failed));
    };
  }

  /** What to run. */
  public String remedy() {
    return switch (status()) {
      case CURRENT -> "Nothing.";
      case BEHIND -> "Run mvn migrate:upgrade on this database.";
      case AHEAD ->
          "Start the release that knows it; or take it back, with the files of that release: mvn"
              + " migrate:downgrade -Dmigrate.to="
              + expected;
      case FAILED ->
          "Run mvn migrate:current to see what is left of it, clean that up, and run mvn"
              + " migrate:upgrade.";
    };
  }
}
