package dev.migrate.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What another thread makes meanwhile")
class BackgroundTaskTest {
  @Test
  @DisplayName("is there when it is asked for, or what kept it from being made is thrown")
  void gives() {
    try (BackgroundTask<String> made = BackgroundTask.begin(() -> "made");
        BackgroundTask<String> failed =
            BackgroundTask.begin(
                () -> {
                  throw new IllegalArgumentException("not made");
                })) {
      assertThat(made.get()).isEqualTo("made");
      assertThatThrownBy(failed::get)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("not made");
    }
  }

  @Test
  @DisplayName("is waited for by who leaves without it, also when interrupted")
  void isWaitedFor() {
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch leaving = new CountDownLatch(1);
    BackgroundTask<Boolean> working =
        BackgroundTask.begin(
            () -> {
              try {
                leaving.await();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              done.set(true);
              return true;
            });
    Thread.currentThread().interrupt();
    leaving.countDown();
    working.close();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(done).isTrue();
  }
}
