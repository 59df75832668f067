package dev.migrate.revision;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A revision, one node of the history graph: id, message, parents, dependencies, labels.
 *
 * @param id its id, which is also its Flyway version
 * @param message what it does, in one line
 * @param parents the revisions it revises: none for a first one, several for a merge
 * @param dependencies ids or labels of revisions that have to be applied before, without lineage
 * @param labels the branch labels that its file carries; {@link RevisionGraph#labelsOf} has those
 *     that reach it from others, too
 * @param createdAt when it was written, or null when its file does not say
 * @param origin how messages name its file
 * @param baseline whether it is a baseline, which stands for everything up to its id
 */
public record Revision(
    RevisionId id,
    String message,
    List<RevisionId> parents,
    List<String> dependencies,
    List<String> labels,
    Instant createdAt,
    String origin,
    boolean baseline) {

  /** Copies what it is given and drops repetitions. */
  public Revision {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(message, "message");
    Objects.requireNonNull(origin, "origin");
    parents = withoutRepetitions(parents);
    dependencies = withoutRepetitions(dependencies);
    labels = withoutRepetitions(labels);
  }

  /** Nearly every list has one element or none, and a goal that only looks must not take long. */
  private static <T> List<T> withoutRepetitions(List<T> given) {
    return given.size() < 2 ? List.copyOf(given) : given.stream().distinct().toList();
  }

  /**
   * A step, which is what a revision usually is.
   *
   * @param message what it does, in one line
   * @param parents the revisions it revises
   * @param dependencies ids or labels of what else has to be applied before
   * @param labels the branch labels that its file carries
   * @param createdAt when it was written, or null
   * @param origin how messages name its file
   */
  public Revision(
      RevisionId id,
      String message,
      List<RevisionId> parents,
      List<String> dependencies,
      List<String> labels,
      Instant createdAt,
      String origin) {
    this(id, message, parents, dependencies, labels, createdAt, origin, false);
  }

  /**
   * @return when it was written, if its file says so
   */
  public Optional<Instant> created() {
    return Optional.ofNullable(createdAt);
  }

  /**
   * @return whether it joins several branches
   */
  public boolean isMerge() {
    return parents.size() > 1;
  }

  /**
   * @return whether nothing comes before it in its lineage
   */
  public boolean isBase() {
    return parents.isEmpty();
  }

  /**
   * @return id and message, as sentences name a revision
   */
  public String title() {
    return message.isEmpty() ? id.toString() : id + " (" + message + ")";
  }
}
