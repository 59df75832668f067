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
 * @param notUnderstood rows of the history that say something this application has never heard of
 */
public record SchemaState(
    String revision,
    String expected,
    List<String> pending,
    List<String> unknown,
    List<String> failed,
    List<String> notUnderstood) {
  public SchemaState {
    pending = List.copyOf(pending);
    unknown = List.copyOf(unknown);
    failed = List.copyOf(failed);
    notUnderstood = List.copyOf(notUnderstood);
  }

  /** In one word. */
  public enum Status {
    CURRENT,
    BEHIND,
    AHEAD,
    FAILED,
    NOT_UNDERSTOOD
  }

  public Status status() {
    if (!notUnderstood.isEmpty()) {
      return Status.NOT_UNDERSTOOD;
    }
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
              .formatted(revision == null ? "base" : revision, some(pending));
      case AHEAD ->
          "The database is ahead: it has %s, which this application does not know."
              .formatted(some(unknown));
      case FAILED ->
          "The revision %s has failed in the database.".formatted(String.join(", ", failed));
      case NOT_UNDERSTOOD ->
          "The history of the database has rows that this application does not understand: %s."
              .formatted(String.join(", ", notUnderstood));
    };
  }

  private static String some(List<String> revisions) {
    int count = revisions.size();
    return count <= 3
        ? String.join(", ", revisions)
        : "%d revisions, %s to %s"
            .formatted(count, revisions.get(0), revisions.get(count - 1));
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
      case NOT_UNDERSTOOD ->
          "Run mvn migrate:history to see them; a newer release may know what they say.";
    };
  }
}
