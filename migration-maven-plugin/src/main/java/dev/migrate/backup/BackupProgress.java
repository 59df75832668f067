package dev.migrate.backup;

/** Progress listener of a backup or a restore. Called by several threads. */
public interface BackupProgress {
  /** Hears nothing. */
  BackupProgress SILENT =
      new BackupProgress() {
        @Override
        public void begins(String what, int tables, long bytes) {}

        @Override
        public void moved(int tables, long bytes) {}

        @Override
        public void ends() {}

        @Override
        public void warning(String text) {}
      };

  /**
   * @param what what begins, as a person would say it
   * @param tables how many tables there are
   * @param bytes how many bytes there are about; 0 when nobody knows
   */
  void begins(String what, int tables, long bytes);

  /**
   * @param tables how many tables were finished since the last call
   * @param bytes how many bytes were moved since the last call
   */
  void moved(int tables, long bytes);

  /** What began has ended, well or not. */
  void ends();

  /**
   * @param text what somebody should know
   */
  void warning(String text);
}
