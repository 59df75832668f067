package dev.migrate.backup;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The options of backups and restores: folder, engine, compression level, number of connections,
 * {@code pg_dump} to use.
 *
 * @param folder the folder of the backups
 * @param engine what writes them
 * @param plain whether {@code pg_dump} writes plain SQL instead of its archive
 * @param level how hard to compress, 0 to 9
 * @param jobs how many connections work at once
 * @param pgDump the {@code pg_dump} to use, or null to look for one
 * @param command what to put before {@code pg_dump} and {@code pg_restore}, such as {@code docker
 *     compose exec -T db}
 * @param checksums whether the manifest gets a checksum for each table
 * @param incomplete whether a backup may lack what only {@code pg_dump} knows
 */
public record BackupOptions(
    Path folder,
    BackupEngine.Choice engine,
    boolean plain,
    int level,
    int jobs,
    Path pgDump,
    List<String> command,
    boolean checksums,
    boolean incomplete) {
  /** As most people want it. */
  public static final int USUAL_LEVEL = 6;

  /** Copies what it is given. */
  public BackupOptions {
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(engine, "engine");
    command = List.copyOf(command);
  }

  /**
   * @param folder the folder of the backups
   * @return the options when nothing is asked for
   */
  public static BackupOptions in(Path folder) {
    return new BackupOptions(
        folder,
        BackupEngine.Choice.AUTO,
        false,
        USUAL_LEVEL,
        usualJobs(),
        null,
        List.of(),
        false,
        false);
  }

  /**
   * @return as many connections as the machine has processors, four at most
   */
  public static int usualJobs() {
    return Math.max(2, Math.min(4, Runtime.getRuntime().availableProcessors()));
  }

  /**
   * @param other what writes the backup
   * @return these options with that
   */
  public BackupOptions with(BackupEngine.Choice other) {
    return new BackupOptions(
        folder, other, plain, level, jobs, pgDump, command, checksums, incomplete);
  }

  /**
   * @param wanted whether {@code pg_dump} writes plain SQL instead of its archive
   * @return these options with that
   */
  public BackupOptions withPlain(boolean wanted) {
    return new BackupOptions(
        folder, engine, wanted, level, jobs, pgDump, command, checksums, incomplete);
  }

  /**
   * @param wanted how hard to compress, 0 to 9
   * @return these options with that
   */
  public BackupOptions withLevel(int wanted) {
    return new BackupOptions(
        folder, engine, plain, wanted, jobs, pgDump, command, checksums, incomplete);
  }

  /**
   * @param wanted how many connections work at once, 1 or more
   * @return these options with that
   */
  public BackupOptions withJobs(int wanted) {
    return new BackupOptions(
        folder, engine, plain, level, wanted, pgDump, command, checksums, incomplete);
  }

  /**
   * @param program the {@code pg_dump} to use, or its folder
   * @return these options with that
   */
  public BackupOptions withPgDump(Path program) {
    return new BackupOptions(
        folder, engine, plain, level, jobs, program, command, checksums, incomplete);
  }

  /**
   * @param words what to put before {@code pg_dump} and {@code pg_restore}; empty for nothing
   * @return these options with that
   */
  public BackupOptions withCommand(List<String> words) {
    return new BackupOptions(
        folder, engine, plain, level, jobs, pgDump, words, checksums, incomplete);
  }

  /**
   * @return these options, with a checksum for each table
   */
  public BackupOptions withChecksums() {
    return new BackupOptions(folder, engine, plain, level, jobs, pgDump, command, true, incomplete);
  }

  /**
   * @param allowed whether a backup may lack what only {@code pg_dump} knows
   * @return these options with that
   */
  public BackupOptions incomplete(boolean allowed) {
    return new BackupOptions(
        folder, engine, plain, level, jobs, pgDump, command, checksums, allowed);
  }

  Optional<Path> wantedPgDump() {
    return Optional.ofNullable(pgDump);
  }
}
