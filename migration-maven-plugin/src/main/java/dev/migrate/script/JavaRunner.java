package dev.migrate.script;

import java.util.List;

/** Runs Java migrations, whose classes are there. */
public interface JavaRunner {
  /** For a project without any. */
  JavaRunner NONE =
      new JavaRunner() {
        @Override
        public List<JavaMigration> migrations() {
          return List.of();
        }

        @Override
        public List<JavaMigration> others() {
          return List.of();
        }

        @Override
        public String fingerprint() {
          return "";
        }

        @Override
        public void run(JavaMigration step, String loginUrl, String record, String searchPath) {
          throw new IllegalStateException("there is no Java migration " + step);
        }
      };

  /**
   * @return those that it can run; the place of each is the name of its class
   * @throws dev.migrate.failure.MigrateException {@code JAVA_MIGRATION_FAILED} when nobody can look
   */
  List<JavaMigration> migrations();

  /**
   * @return those whose classes are there and do not load; the place of each says why
   */
  List<JavaMigration> others();

  /**
   * @return what is the same as long as the classes are
   */
  String fingerprint();

  /**
   * Runs one in a transaction, unless it says that it cannot run in one, together with its row of
   * the history.
   *
   * @param step one of the migrations
   * @param loginUrl the whole address of the database, password included
   * @param record the statement that writes the row, with a parameter for the milliseconds it took;
   *     empty where there is no history
   * @param searchPath the search path of scripts; empty for that of the database
   * @throws dev.migrate.failure.MigrateException {@code JAVA_MIGRATION_FAILED} when it fails; then
   *     nothing is recorded
   */
  void run(JavaMigration step, String loginUrl, String record, String searchPath);
}
