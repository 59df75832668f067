package dev.migrate.backup;

import java.util.ArrayList;
import java.util.List;

/** Hears how a backup or a restore gets on, and keeps what it warns of. */
class HeardBackup implements BackupProgress {
  private final List<String> warnings = new ArrayList<>();

  /** What it has warned of since this was cleared; to be cleared at will. */
  List<String> warnings() {
    return warnings;
  }

  @Override
  public void begins(String what, int tables, long bytes) {}

  @Override
  public void moved(int tables, long bytes) {}

  @Override
  public void ends() {}

  @Override
  public void warning(String text) {
    warnings.add(text);
  }
}
