package dev.migrate.loss;

import java.util.List;
import java.util.Objects;

/**
 * A function, procedure, aggregate or rule of the user's, with the body that runs when it is called
 * or set off.
 *
 * @param id by which what sets it off refers to it
 * @param schema its schema
 * @param name its name; empty for a rule, which nobody calls
 * @param language what it is written in: {@code sql}, {@code plpgsql}, {@code c} …; {@code rule}
 *     for a rule, {@code aggregate} for an aggregate
 * @param changing whether it is declared volatile
 * @param extension the extension that it belongs to; empty when it belongs to none
 * @param definition the statement that makes it, where its body is in a language that can be read
 * @param parts the functions that an aggregate calls
 */
public record Routine(
    String id,
    String schema,
    String name,
    String language,
    boolean changing,
    String extension,
    String definition,
    List<String> parts) {
  /** All of it is needed; copies what it is given. */
  public Routine {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(schema, "schema");
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(language, "language");
    Objects.requireNonNull(extension, "extension");
    Objects.requireNonNull(definition, "definition");
    parts = List.copyOf(parts);
  }

  /** For people. */
  String title() {
    return name.isEmpty() ? "a rule" : schema + "." + name;
  }
}
