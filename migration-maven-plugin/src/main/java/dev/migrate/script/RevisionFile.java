package dev.migrate.script;

import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionId;
import java.util.List;
import java.util.Optional;

/**
 * A revision together with its upgrade and downgrade scripts.
 *
 * @param revision what the header or the name of the upgrade script says
 * @param upgrade the upgrade script
 * @param downgradeScript the downgrade script, or null if the revision cannot be taken back
 * @param hasHeader whether the upgrade script has a header; without one it is a plain Flyway
 *     migration that revises the one before it
 * @param irreversible whether the upgrade script says {@code -- downgrade: none}: that it cannot be
 *     taken back is meant so
 * @param downgradeUnwritten whether the downgrade script has no statement, and no header says
 *     {@code -- downgrade: nothing}: it was begun and never written
 * @param repeatables the repeatable migrations whose files changed with it, as Flyway records their
 *     names: whoever takes the revision back has them run again
 */
public record RevisionFile(
    Revision revision,
    Script upgrade,
    Script downgradeScript,
    boolean hasHeader,
    boolean irreversible,
    boolean downgradeUnwritten,
    List<String> repeatables) {
  /** Copies what it is given. */
  public RevisionFile {
    repeatables = List.copyOf(repeatables);
  }

  /**
   * @return the id of the revision
   */
  public RevisionId id() {
    return revision.id();
  }

  /**
   * @return the downgrade script, if there is one
   */
  public Optional<Script> downgrade() {
    return Optional.ofNullable(downgradeScript);
  }
}
