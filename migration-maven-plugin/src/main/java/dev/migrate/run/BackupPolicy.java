package dev.migrate.run;

import dev.migrate.backup.BackupOptions;
import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Whether, and how, a backup is taken before an upgrade or a downgrade.
 *
 * @param when in which cases
 * @param folder the folder of the backups as it was given, to be repeated in the command that
 *     brings one back
 * @param options how they are taken; asked for only when one may be due, so that nobody has to
 *     configure what he does not use
 */
public record BackupPolicy(When when, String folder, Supplier<BackupOptions> options) {
  /** The folder of the backups when nobody names another. */
  public static final String USUAL_FOLDER = "backups";

  /** When a backup is taken. */
  public enum When {
    /** Before every run, also when nothing is pending. */
    ALWAYS,
    /** When a script can lose rows and there are rows to lose. */
    AUTO,
    /** Not at all. */
    NEVER;

    /**
     * @param word {@code always}, {@code auto} or {@code never}
     * @return which that is
     * @throws MigrateException {@code INVALID_PARAMETER} for any other word
     */
    public static When of(String word) {
      return Arrays.stream(values())
          .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new MigrateException(
                      FailureCode.INVALID_PARAMETER,
                      "-Dmigrate.backup=%s is none of the choices.".formatted(word),
                      "Give always, auto or never."));
    }
  }
}
