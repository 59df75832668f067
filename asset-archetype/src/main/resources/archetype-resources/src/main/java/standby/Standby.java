package ${package}.standby;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.stereotype.Component;

/**
 * Whether the application is on standby. A file says so: it can be made while the application does
 * not run, it is seen by all that share the folder, and it outlives a restart.
 */
@Component
public class Standby {
  private final Path file;

  Standby(StandbyProperties properties) {
    this.file = properties.file().toAbsolutePath();
  }

  public boolean isOn() {
    return Files.exists(file);
  }

  /** What people are told; empty when nobody has written anything. */
  public String message() {
    try {
      return isOn() ? Files.readString(file).strip() : "";
    } catch (IOException e) {
      throw new UncheckedIOException("The standby message cannot be read.", e);
    }
  }

  /**
   * Lets every page answer 503.
   *
   * @param message what people are told; null or empty for the usual words
   */
  public void on(String message) {
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, message == null ? "" : message.strip());
    } catch (IOException e) {
      throw new UncheckedIOException("The standby mode cannot be switched on.", e);
    }
  }

  public void off() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("The standby mode cannot be switched off.", e);
    }
  }
}
