package ${package}.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

@DisplayName("Whoever waits for a page")
class WaitingTest {
  private long now;
  private final StringBuilder sent = new StringBuilder();
  private boolean gone;

  /** Over a connection that breaks when whoever waits goes away. */
  private final Waiting waiting =
      new Waiting(
          new MockHttpServletResponse() {
            @Override
            public PrintWriter getWriter() {
              return new PrintWriter(
                  new Writer() {
                    @Override
                    public void write(char[] text, int offset, int length) throws IOException {
                      if (gone) {
                        throw new IOException("Broken pipe");
                      }
                      sent.append(text, offset, length);
                    }

                    @Override
                    public void flush() {}

                    @Override
                    public void close() {}
                  });
            }
          },
          () -> now);

  @Test
  @DisplayName("gets a blank each second")
  void getsABlankEachSecond() {
    waiting.run();
    now += TimeUnit.MILLISECONDS.toNanos(999);
    waiting.run();
    assertThat(sent).isEmpty();
    for (int i = 0; i < 3; i++) {
      now += TimeUnit.SECONDS.toNanos(1);
      waiting.run();
      waiting.run();
    }
    assertThat(sent).hasToString("   ");
  }

  @Test
  @DisplayName("is missed when it is gone")
  void isMissed() {
    gone = true;
    now += TimeUnit.SECONDS.toNanos(1);
    assertThatThrownBy(waiting::run).isInstanceOf(Waiting.GoneException.class);
  }
}
