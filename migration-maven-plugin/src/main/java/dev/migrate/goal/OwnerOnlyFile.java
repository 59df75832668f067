package dev.migrate.goal;

import dev.migrate.files.Disk;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Properties;

/**
 * Writes a properties file with owner-only permissions: never, not even for a moment, may anybody
 * else read it.
 */
final class OwnerOnlyFile {
  private OwnerOnlyFile() {}

  /**
   * Replaces the file.
   *
   * @param file where to; its folder is created
   * @param properties what
   * @throws IOException if it cannot be written
   */
  static void write(Path file, Properties properties) throws IOException {
    StringWriter text = new StringWriter();
    properties.store(text, null);
    Disk.createFolders(file.toAbsolutePath().getParent());
    Disk.replace(file, text.toString().getBytes(StandardCharsets.UTF_8), Disk.ownerFile());
  }
}
