package dev.migrate.lint;

import static dev.migrate.lint.Detection.BOTH;
import static dev.migrate.lint.Detection.READ;
import static dev.migrate.lint.Detection.WATCHED;
import static dev.migrate.lint.Severity.ERROR;
import static dev.migrate.lint.Severity.NOTE;
import static dev.migrate.lint.Severity.WARNING;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * All lint rules, each with its label, severity and explanation. The label of a rule stands in
 * scripts and build files, so it is never changed.
 */
public enum Rule {
  INDEX_NOT_CONCURRENT(
      ERROR,
      BOTH,
      "CREATE INDEX reads the whole table, and nobody can change a row until it is done.",
      "CREATE INDEX CONCURRENTLY in a revision of its own, which then runs outside a transaction."),
  INDEX_ON_PARTITIONED(
      ERROR,
      BOTH,
      "CREATE INDEX on a partitioned table reads all partitions, and nobody can change a row of any"
          + " until it is done; PostgreSQL refuses CONCURRENTLY there.",
      "CREATE INDEX … ON ONLY the table, CREATE INDEX CONCURRENTLY on each partition, ALTER INDEX …"
          + " ATTACH PARTITION for each; migrate:generate -Dmigrate.online=true writes that."),
  PARTITIONED_INDEX_UNCHECKED(
      WARNING,
      READ,
      "An index ON ONLY a partitioned table is not valid until every partition has one that belongs to"
          + " it. A partition that a job has made is easily missed; then the index serves no query and,"
          + " unique, lets duplicates in.",
      "Let the script that attaches the last one fail unless pg_index.indisvalid, or take the partitions"
          + " from pg_inherits: migrate:generate -Dmigrate.online=true writes both. migrate:upgrade"
          + " looks by itself where one script makes the index and attaches to it; Flyway in an"
          + " application does not."),
  IF_NOT_EXISTS_CONCURRENTLY(
      ERROR,
      READ,
      "CREATE INDEX CONCURRENTLY that fails leaves an index that is not valid, and IF NOT EXISTS"
          + " then passes over it: the script succeeds without an index.",
      "DROP INDEX CONCURRENTLY IF EXISTS before it, and CREATE INDEX CONCURRENTLY without IF NOT"
          + " EXISTS."),
  DROP_INDEX_NOT_CONCURRENT(
      WARNING,
      READ,
      "DROP INDEX waits for every transaction that uses the table, and all others wait behind it.",
      "DROP INDEX CONCURRENTLY in a revision of its own."),
  DROP_INDEX_OF_PARTITIONED(
      WARNING,
      BOTH,
      "DROP INDEX on a partitioned table locks it and all its partitions, and PostgreSQL refuses"
          + " CONCURRENTLY there.",
      "SET LOCAL lock_timeout before it, so that it gives up before others queue behind it, and try"
          + " again."),
  REINDEX_NOT_CONCURRENT(
      ERROR,
      READ,
      "REINDEX keeps others from changing rows, and from reading through the index, until it is done.",
      "REINDEX … CONCURRENTLY in a revision of its own."),
  CONSTRAINT_WITHOUT_NOT_VALID(
      ERROR,
      BOTH,
      "The new constraint is checked against every row while nobody can change one.",
      "ADD CONSTRAINT … NOT VALID, then VALIDATE CONSTRAINT in a later revision."),
  UNIQUE_NOT_THROUGH_INDEX(
      ERROR,
      READ,
      "The constraint builds its index while nobody can read or change the table.",
      "CREATE UNIQUE INDEX CONCURRENTLY in a revision of its own, then ADD CONSTRAINT … USING INDEX."),
  UNIQUE_ON_PARTITIONED(
      ERROR,
      READ,
      "The constraint builds its index on all partitions while nobody can read or change any of"
          + " them; PostgreSQL refuses USING INDEX on a partitioned table.",
      "ALTER TABLE ONLY … ADD CONSTRAINT; on each partition CREATE UNIQUE INDEX CONCURRENTLY, ADD"
          + " CONSTRAINT … USING INDEX and ALTER INDEX … ATTACH PARTITION."),
  EXCLUSION_CONSTRAINT(
      ERROR,
      READ,
      "An exclusion constraint builds its index while nobody can read or change the table; there is"
          + " no concurrent form.",
      "Build it on a new table and move the rows over, or do it in a maintenance window."),
  VALIDATE_WITH_NOT_VALID(
      WARNING,
      READ,
      "VALIDATE reads every row, and here it does so under the lock that ADD CONSTRAINT has taken in"
          + " the same transaction.",
      "VALIDATE CONSTRAINT in a revision of its own, after the one that adds the constraint."),
  SET_NOT_NULL(
      ERROR,
      WATCHED,
      "SET NOT NULL reads every row while nobody can read or change the table.",
      "ADD CONSTRAINT … CHECK (column IS NOT NULL) NOT VALID; VALIDATE it in a later revision; then"
          + " SET NOT NULL reads nothing, and the check can be dropped."),
  REQUIRED_COLUMN(
      ERROR,
      READ,
      "A column that is NOT NULL and has no default cannot be added to a table that has rows.",
      "Give it a default, or add it nullable, fill it, and make it NOT NULL later."),
  VOLATILE_DEFAULT(
      ERROR,
      WATCHED,
      "The value of the new column differs from row to row, so the table is written anew while"
          + " nobody can read or change it.",
      "Add the column without it, set the default for new rows (in place of a generated value, a trigger),"
          + " and fill the old rows in batches."),
  TYPE_CHANGE_REWRITES(
      ERROR,
      WATCHED,
      "The change of type writes the table and its indexes anew while nobody can read or change it.",
      "Add a column of the new type, fill it in batches, and let the application move over."),
  SESSION_TIME_ZONE(
      WARNING,
      READ,
      "Values change between times with a zone and without, and the time zone of whoever runs the"
          + " script decides how.",
      "USING column AT TIME ZONE '…', or SET LOCAL TimeZone = '…' before it."),
  TABLE_REWRITE(
      ERROR,
      WATCHED,
      "The statement writes the table anew while nobody can read or change it.",
      "Move the rows to a new table in batches, or do it in a maintenance window."),
  SCAN_UNDER_LOCK(
      WARNING,
      WATCHED,
      "The statement reads a whole table under a lock for which others wait.",
      "Split it, so that what reads all rows runs in a transaction that locks nobody out."),
  ROWS_CHANGED_UNDER_LOCK(
      WARNING,
      WATCHED,
      "Rows are changed while the transaction holds a lock, taken by a statement before, for which"
          + " others wait.",
      "Change the rows in a revision of their own."),
  WHOLE_TABLE_UPDATE(
      WARNING,
      READ,
      "All rows of the table change in one statement: each stays locked until the end, and the table"
          + " doubles.",
      "Work in batches with a commit each, in a revision that says -- transaction: none."),
  MISSING_LOCK_TIMEOUT(
      NOTE,
      WATCHED,
      "The statement needs a lock that makes others wait, and the script sets no lock_timeout: behind"
          + " one long transaction everybody queues. migrate:upgrade sets one; Flyway in an"
          + " application does not.",
      "Begin the script with SET lock_timeout = '5s'."),
  RENAME_TABLE(
      ERROR,
      READ,
      "The application that runs now still uses the old name.",
      "Leave a view under the old name until no running application uses it."),
  RENAME_COLUMN(
      ERROR,
      READ,
      "The application that runs now still uses the old name.",
      "Add the new column, keep both equal for as long as both are used, then drop the old one."),
  RENAME_ENUM_VALUE(
      WARNING,
      READ,
      "The application that runs now still writes, and expects to read, the old value.",
      "Add the new value, move over, and stop using the old one."),
  DROP_COLUMN(
      WARNING,
      READ,
      "The column is lost, and an application that still uses it fails.",
      "First release an application that does not use it; then drop it."),
  DROP_TABLE(
      WARNING,
      READ,
      "The table or view is lost, and an application that still uses it fails.",
      "First release an application that does not use it; then drop it."),
  DROP_CASCADE(
      WARNING,
      READ,
      "CASCADE also drops what nobody has named.",
      "Drop what depends on it by name, in statements of its own."),
  TRUNCATE(
      WARNING,
      READ,
      "All rows are lost, and nobody can read or change the table until the transaction ends.",
      "Delete in batches if the table is in use."),
  ENUM_VALUE_IN_SAME_TRANSACTION(
      ERROR,
      WATCHED,
      "PostgreSQL refuses to use an enum value in the transaction that adds it.",
      "Add the value in a revision before."),
  CONCURRENTLY_IN_TRANSACTION(
      ERROR,
      BOTH,
      "The statement cannot run inside a transaction, and here it would.",
      "Put it into a revision of its own, without BEGIN."),
  MIXED_TRANSACTION(
      ERROR,
      READ,
      "The script mixes statements that need a transaction with one that cannot run in one; it is"
          + " refused.",
      "Split it into two revisions, or say -- transaction: none if it may stop half-way."),
  TRANSACTION_CONTROL(
      ERROR,
      READ,
      "The statement would end the transaction of the revision; a script that no target has run is"
          + " refused.",
      "Remove it, or say -- transaction: none."),
  STOPS_HALF_WAY(
      NOTE,
      READ,
      "The script runs outside a transaction; when it fails half-way, what it has done stays, and"
          + " this statement fails when it is run again.",
      "Write it so that it can run twice (IF EXISTS; for an index DROP … IF EXISTS before CREATE), or"
          + " one statement a revision."),
  CLUSTER_OR_VACUUM_FULL(
      ERROR,
      READ,
      "The table is written anew while nobody can read or change it.",
      "Plain VACUUM, or a tool such as pg_repack."),
  LOCK_TABLE(
      WARNING,
      READ,
      "The explicit lock makes others wait until the transaction ends.",
      "Leave it out, or lock rows."),
  REFRESH_NOT_CONCURRENT(
      WARNING,
      READ,
      "Nobody can read the materialized view until its query has run.",
      "REFRESH MATERIALIZED VIEW CONCURRENTLY, which needs a unique index on it."),
  DETACH_NOT_CONCURRENT(
      WARNING,
      READ,
      "DETACH PARTITION locks the whole partitioned table.",
      "DETACH PARTITION … CONCURRENTLY in a revision of its own: PostgreSQL 14 and later, not while"
          + " there is a default partition; interrupted, it is ended with DETACH PARTITION … FINALIZE."),
  ATTACH_SCANS(
      ERROR,
      WATCHED,
      "ATTACH PARTITION reads the table that is attached, or builds its indexes, while nobody can"
          + " read or change it.",
      "Before it, ADD CONSTRAINT with the check that is named here as NOT VALID, VALIDATE it in a"
          + " later revision, and CREATE INDEX CONCURRENTLY what the parent has; then ATTACH reads"
          + " nothing, and the check can be dropped."),
  NARROW_KEY(
      NOTE,
      READ,
      "A key that counts in integer or smallint ends at 2,147,483,647 or 32,767, and a wider type"
          + " later writes the table anew.",
      "bigint GENERATED ALWAYS AS IDENTITY."),
  JSON_COLUMN(
      NOTE,
      READ,
      "The type json has no equality: SELECT DISTINCT, GROUP BY and UNION over the table fail.",
      "jsonb."),
  SUPPRESSION_WITHOUT_REASON(
      WARNING,
      READ,
      "A finding is silenced, and nobody can know why; the comment has no effect.",
      "-- lint:ignore <rule>: <reason>"),
  SUPPRESSION_OF_UNKNOWN_RULE(
      WARNING,
      READ,
      "There is no rule of this name; the comment has no effect.",
      "Use a name from docs/lint.md."),
  SUPPRESSION_UNUSED(
      WARNING,
      READ,
      "The rule finds nothing here, so the comment is out of date.",
      "Remove the comment.");

  private final Severity severity;
  private final Detection detection;
  private final String hazard;
  private final String safer;

  Rule(Severity severity, Detection detection, String hazard, String safer) {
    this.severity = severity;
    this.detection = detection;
    this.hazard = hazard;
    this.safer = safer;
  }

  /**
   * @return its name in output, scripts and build files, such as {@code index-not-concurrent}
   */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * @return how bad it is
   */
  public Severity severity() {
    return severity;
  }

  /**
   * @return how it is found
   */
  public Detection detection() {
    return detection;
  }

  /**
   * @return what PostgreSQL does
   */
  public String hazard() {
    return hazard;
  }

  /**
   * @return what to do instead
   */
  public String safer() {
    return safer;
  }

  /**
   * @return whether it is about comments that silence others; such a finding cannot be silenced
   */
  public boolean aboutSuppression() {
    return name().startsWith("SUPPRESSION_");
  }

  /**
   * @param label a name
   * @return the rule of that name
   */
  public static Optional<Rule> named(String label) {
    return Arrays.stream(values()).filter(rule -> rule.label().equals(label)).findFirst();
  }
}
