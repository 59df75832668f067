package dev.migrate.script;

import java.util.List;
import java.util.function.Predicate;

/** Interface that runs Java migrations whose classes are there. */
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
        public void run(JavaMigration step, JavaTarget target) {
          throw new IllegalStateException("there is no Java migration " + step);
        }
      };

  /**
   * @param all runs Java migrations
   * @return runs those of them with a version, as if there were no others
   */
  static JavaRunner versioned(JavaRunner all) {
    return only(all, one -> one.id().isPresent());
  }

  /**
   * @param all runs Java migrations
   * @param which tells some of them
   * @return runs those, as if there were no others
   */
  static JavaRunner only(JavaRunner all, Predicate<JavaMigration> which) {
    return new JavaRunner() {
      @Override
      public List<JavaMigration> migrations() {
        return all.migrations().stream().filter(which).toList();
      }

      @Override
      public List<JavaMigration> others() {
        return all.others();
      }

      @Override
      public String fingerprint() {
        return all.fingerprint();
      }

      @Override
      public void run(JavaMigration step, JavaTarget target) {
        all.run(step, target);
      }
    };
  }

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
   * @param target where it runs
   * @throws dev.migrate.failure.MigrateException {@code JAVA_MIGRATION_FAILED} when it fails; then
   *     nothing is recorded
   */
  void run(JavaMigration step, JavaTarget target);
}
