package ${package}.transfer;

import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A file between its preview and its import. It waits on the server, in a session, and goes away with
 * it, or when another file takes its place.
 */
final class Upload implements HttpSessionBindingListener, Serializable {
  private static final long serialVersionUID = 1L;

  private final String id = UUID.randomUUID().toString();
  private final String file;

  private Upload(Path file) {
    this.file = file.toString();
  }

  static Upload of(InputStream content) throws IOException {
    Path file = Files.createTempFile("import", ".tmp");
    try (content) {
      Files.copy(content, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
    return new Upload(file);
  }

  /** So that a page of another file, in another tab, does not import this one. */
  String id() {
    return id;
  }

  Path file() {
    return Path.of(file);
  }

  @Override
  public void valueUnbound(HttpSessionBindingEvent event) {
    try {
      Files.deleteIfExists(file());
    } catch (IOException e) {
      throw new UncheckedIOException("An uploaded file cannot be deleted.", e);
    }
  }
}
