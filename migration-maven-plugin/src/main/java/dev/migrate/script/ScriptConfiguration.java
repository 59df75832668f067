package dev.migrate.script;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The Flyway script configuration file ({@code .sql.conf}) beside an upgrade script, which tells a
 * Flyway without this plugin what {@code -- transaction: none} tells us.
 *
 * @see <a href="https://documentation.red-gate.com/fd/script-config-files-184127469.html">Script
 *     Config Files</a>
 */
final class ScriptConfiguration {
  static final byte[] TEXT =
      "# For Flyway; the script's header says the same.\nexecuteInTransaction=false\n"
          .getBytes(StandardCharsets.UTF_8);

  private ScriptConfiguration() {}

  static Path of(Path script) {
    return script.resolveSibling(script.getFileName() + ".conf");
  }
}
