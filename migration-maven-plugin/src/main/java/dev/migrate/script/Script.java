package dev.migrate.script;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One SQL migration file: path, text and checksum.
 *
 * @param path where it lies
 * @param name how messages name it
 * @param checksum Flyway's checksum of it: a CRC32 over its lines, without line ends and BOM
 * @param transactional false if the file says {@code -- transaction: none}, or {@link
 *     #endsTransactions ends its transaction itself}
 * @param repeatable whether the file says {@code -- rerun: safe}: it may be run again after it
 *     stopped half-way
 * @param generated whether its statements are still those that were made from the model
 * @param conventions how it is named and written
 */
public record Script(
    Path path,
    String name,
    int checksum,
    boolean transactional,
    boolean repeatable,
    boolean generated,
    ScriptConventions conventions) {

  private static final int MOST_DESCRIPTION = 200;

  static Script of(
      Path path,
      String name,
      ScriptText text,
      RevisionHeader header,
      ScriptConventions conventions) {
    return new Script(
        path,
        name,
        text.checksum(),
        header.transactional() && !endsTransactions(path, text.text(), header, conventions),
        header.repeatable(),
        header
            .generated()
            .filter(sum -> sum.equals(StatementsChecksum.of(text.text())))
            .isPresent(),
        conventions);
  }

  /**
   * @return whether it ends the transaction in which Flyway runs it, and says nowhere that it runs
   *     outside of one; it runs outside of one then
   */
  public boolean endsTransactions() {
    if (transactional) {
      return false;
    }
    String text = text();
    RevisionHeader header = RevisionHeader.parse(text, name);
    return header.transactional() && endsTransactions(path, text, header, conventions);
  }

  /** What has our header says what it is; what has a configuration of Flyway's says it there. */
  private static boolean endsTransactions(
      Path path, String text, RevisionHeader header, ScriptConventions conventions) {
    return !header.isPresent()
        && TransactionControl.in(text)
        && !Files.exists(ScriptConfiguration.of(path))
        && conventions
            .parse(path.getFileName().toString())
            .filter(name -> name.kind() != MigrationFileName.Kind.DOWNGRADE)
            .isPresent();
  }

  /**
   * @return what Flyway calls the description: the descriptive part of the file's name, as the
   *     history table has room for it
   */
  public String description() {
    String whole =
        conventions
            .parse(path.getFileName().toString())
            .map(MigrationFileName::description)
            .orElse("");
    return whole.length() <= MOST_DESCRIPTION
        ? whole
        : whole.substring(0, MOST_DESCRIPTION - 3) + "...";
  }

  /**
   * Looks at the file again before it runs: between the decision to run it and its turn lies a
   * backup, or another script.
   *
   * @throws MigrateException {@code TAMPERED_SCRIPT} when it is not what it was when it was read,
   *     {@code FILE_ACCESS} when it is not there any more
   */
  public void requireUnchanged() {
    if (ScriptText.read(path, name, conventions.encoding()).checksum() != checksum) {
      throw changed();
    }
  }

  /**
   * @return the refusal to run a file that is not what it was when it was read
   */
  public MigrateException changed() {
    return new MigrateException(
        FailureCode.TAMPERED_SCRIPT,
        "%s was changed while this command was at work, and was not run.".formatted(name),
        "Run the goal again, which looks at it as it is now.");
  }

  /**
   * Reads the file again.
   *
   * @return its text as it is, without a BOM
   * @throws dev.migrate.failure.MigrateException if the file cannot be read or is not UTF-8
   */
  public String text() {
    return ScriptText.read(path, name, conventions.encoding()).text();
  }
}
