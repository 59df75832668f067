package dev.migrate.backup;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The retention policy of backups: says which have expired by number and by age. The newest one is
 * never among them, nor are the newest that was verified and the newest that lacks nothing.
 *
 * @param keep how many backups of a database stay; 0 means all
 * @param age how old a backup may become; zero means any age
 */
public record BackupRotation(int keep, Duration age) {
  /** Keeps everything. */
  public static final BackupRotation NONE = new BackupRotation(0, Duration.ZERO);

  /**
   * @param backups backups of one database, all of them complete
   * @param now the present
   * @return those to delete, oldest first
   */
  List<Manifest> expired(List<Manifest> backups, Instant now) {
    List<Manifest> newestFirst =
        backups.stream().sorted(Comparator.comparing(Manifest::createdAt).reversed()).toList();
    Set<String> kept = new HashSet<>();
    first(newestFirst, one -> one.verifiedAt().isPresent()).ifPresent(kept::add);
    first(newestFirst, Manifest::complete).ifPresent(kept::add);
    List<Manifest> expired = new ArrayList<>();
    for (int i = 1; i < newestFirst.size(); i++) {
      Manifest one = newestFirst.get(i);
      boolean tooMany = keep > 0 && i >= keep;
      boolean tooOld = !age.isZero() && one.createdAt().plus(age).isBefore(now);
      if ((tooMany || tooOld) && !kept.contains(one.name())) {
        expired.add(0, one);
      }
    }
    return expired;
  }

  private static Optional<String> first(List<Manifest> backups, Predicate<Manifest> good) {
    return backups.stream().filter(good).map(Manifest::name).findFirst();
  }
}
