package dev.migrate.goal;

import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Shutdown hook that logs what a goal has left behind when somebody ends it with Ctrl-C. The goal
 * itself hears nothing of that: the JVM ends around it. So this is what holds wherever it is cut
 * off.
 */
final class ShutdownMessage {
  private final Thread hook;

  private ShutdownMessage(Thread hook) {
    this.hook = hook;
  }

  /**
   * @param text what is left at that moment, in a line
   * @param log prints it
   * @return to be withdrawn when the goal is done
   */
  static ShutdownMessage of(Supplier<String> text, Consumer<String> log) {
    Thread hook = new Thread(() -> log.accept(text.get()), "migrate-last-word");
    Runtime.getRuntime().addShutdownHook(hook);
    return new ShutdownMessage(hook);
  }

  /** Nothing is to be said any more. */
  void withdraw() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // The JVM ends, and it is said.
    }
  }
}
