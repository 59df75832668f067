package dev.migrate.script;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import dev.migrate.text.PlainText;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A revision to be written: message, parents, labels and the text of its scripts, everything but
 * its id.
 *
 * @param message what it does
 * @param parents what it revises
 * @param dependencies ids or labels of what else has to be applied before
 * @param labels its branch labels
 * @param upgrade the upgrade script
 * @param downgradeScript the downgrade script, or null if there shall be none
 * @param fromModel whether its upgrade script was made from the model, so that it gives what the
 *     model says
 * @param repeatables the repeatable migrations whose files change with it, as Flyway records their
 *     names
 */
public record NewRevision(
    String message,
    List<RevisionId> parents,
    List<String> dependencies,
    List<String> labels,
    NewScript upgrade,
    NewScript downgradeScript,
    boolean fromModel,
    List<String> repeatables) {
  private static final String EMPTY_UPGRADE =
      """
      -- Write the change here: statements in SQL, each with a semicolon at its end. For example
      --   ALTER TABLE assets ADD COLUMN serial_number text;
      --   UPDATE assets SET serial_number = 'unknown' WHERE serial_number IS NULL;
      -- All of them run in one transaction. If PostgreSQL refuses that (CREATE INDEX CONCURRENTLY),
      -- add a line with "transaction: none" to the header above.
      -- What it changes in the schema is to stand in the model, too: migrate:generate asks about
      -- what the model does not have.
      """;
  private static final String EMPTY_DOWNGRADE =
      """
      -- Write here what takes the change back, in reverse order. For example
      --   ALTER TABLE assets DROP COLUMN serial_number;
      -- If there is nothing to take back, say "downgrade: nothing" in the header above.
      -- If it cannot be taken back, delete this file and say "downgrade: none" in the header of the
      -- upgrade.
      """;
  private static final String MERGE =
      """
      -- This revision joins branches. It has nothing to run unless they need reconciling.
      """;

  /** Copies what it is given; the message becomes one line. */
  public NewRevision {
    Objects.requireNonNull(upgrade, "upgrade");
    message = PlainText.line(message.strip().replaceAll("\\s+", " "));
    parents = List.copyOf(parents);
    dependencies = List.copyOf(dependencies);
    labels = List.copyOf(labels);
    repeatables = List.copyOf(repeatables);
  }

  /**
   * @return the downgrade script; empty if there shall be none
   */
  public Optional<NewScript> downgrade() {
    return Optional.ofNullable(downgradeScript);
  }

  /**
   * @param message what it will do
   * @param parents what it revises
   * @return a revision whose scripts explain what to write into them
   */
  public static NewRevision empty(String message, Collection<Revision> parents) {
    return of(message, ids(parents), EMPTY_UPGRADE, EMPTY_DOWNGRADE, false);
  }

  /**
   * @param message what it will do
   * @param parents what it revises
   * @return a revision that the model wants, without scripts
   */
  public static NewRevision generated(String message, List<RevisionId> parents) {
    return of(message, parents, "", "", true);
  }

  /**
   * @param message why the branches are joined
   * @param parents what it joins
   * @return a revision that has nothing to run
   */
  public static NewRevision merge(String message, Collection<Revision> parents) {
    return of(message, ids(parents), MERGE, MERGE, false);
  }

  private static NewRevision of(
      String message, List<RevisionId> parents, String up, String down, boolean fromModel) {
    return new NewRevision(
        message,
        parents,
        List.of(),
        List.of(),
        NewScript.of(up),
        NewScript.of(down),
        fromModel,
        List.of());
  }

  /**
   * @return whether its downgrade is complete without a statement; a template is not, it waits for
   *     somebody to write into it
   */
  boolean hasNothingToTakeBack() {
    return downgrade()
        .map(NewScript::sql)
        .filter(sql -> !sql.equals(EMPTY_DOWNGRADE) && !sql.equals(MERGE))
        .filter(LeadingComments::isAll)
        .isPresent();
  }

  /**
   * @param others what it shall revise
   * @return the same with these parents
   */
  NewRevision revising(List<RevisionId> others) {
    return new NewRevision(
        message, others, dependencies, labels, upgrade, downgradeScript, fromModel, repeatables);
  }

  /**
   * @param names ids or labels
   * @return the same with these dependencies
   */
  public NewRevision dependingOn(List<String> names) {
    return new NewRevision(
        message, parents, names, labels, upgrade, downgradeScript, fromModel, repeatables);
  }

  /**
   * @param names branch labels
   * @return the same with these labels
   */
  public NewRevision labelled(List<String> names) {
    return new NewRevision(
        message, parents, dependencies, names, upgrade, downgradeScript, fromModel, repeatables);
  }

  /**
   * @param up the upgrade script
   * @param down the downgrade script, or null if there shall be none
   * @return the same with these scripts
   */
  public NewRevision running(NewScript up, NewScript down) {
    return new NewRevision(
        message, parents, dependencies, labels, up, down, fromModel, repeatables);
  }

  /**
   * @param up the SQL of the upgrade script
   * @param down the SQL of the downgrade script
   * @return the same with these statements in its scripts
   */
  public NewRevision running(String up, String down) {
    return running(
        upgrade.withSql(up), downgrade().orElseGet(() -> NewScript.of("")).withSql(down));
  }

  /**
   * @return the same without a downgrade script
   */
  public NewRevision irreversible() {
    return running(upgrade, null);
  }

  /**
   * @return the same with scripts that run outside a transaction
   */
  public NewRevision withoutTransaction() {
    return inTransaction(false, false);
  }

  /**
   * @param up whether the upgrade script runs in a transaction
   * @param down whether the downgrade script, if there is one, does
   * @return the same with these
   */
  public NewRevision inTransaction(boolean up, boolean down) {
    return running(
        upgrade.inTransaction(up), downgrade().map(one -> one.inTransaction(down)).orElse(null));
  }

  /**
   * @param up whether the upgrade script may run again after it stopped half-way
   * @param down whether the downgrade script, if there is one, may
   * @return the same with these
   */
  public NewRevision repeatable(boolean up, boolean down) {
    return running(
        upgrade.repeatable(up), downgrade().map(one -> one.repeatable(down)).orElse(null));
  }

  /**
   * @param names of repeatable migrations, as Flyway records them
   * @return the same, with which their files change
   */
  public NewRevision changing(List<String> names) {
    return new NewRevision(
        message, parents, dependencies, labels, upgrade, downgradeScript, fromModel, names);
  }

  private static List<RevisionId> ids(Collection<Revision> revisions) {
    return revisions.stream().map(Revision::id).toList();
  }
}
