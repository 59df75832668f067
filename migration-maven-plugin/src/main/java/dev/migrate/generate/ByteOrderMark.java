package dev.migrate.generate;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.Schema;

/**
 * Refuses the byte order mark U+FEFF in names and texts that scripts would create. Flyway leaves it
 * out of a script wherever it stands, so that no script can make an object that has it in its name
 * or its text.
 */
final class ByteOrderMark {
  private static final String MARK = "\uFEFF";

  private ByteOrderMark() {}

  /**
   * @param schema what scripts would have to make
   * @throws MigrateException {@code NOT_SUPPORTED} when one of its objects cannot be made
   */
  static void refuse(Schema schema) {
    for (Fact fact : schema.facts().values()) {
      if (fact.id().names().stream().anyMatch(name -> name.contains(MARK))
          || fact.attributes().values().stream().anyMatch(ByteOrderMark::isIn)) {
        throw new MigrateException(
            FailureCode.NOT_SUPPORTED,
            "The %s holds the character U+FEFF, which Flyway leaves out of scripts."
                .formatted(fact.id()),
            "Take the character out of its name or its text.");
      }
    }
  }

  private static boolean isIn(AttributeValue value) {
    return value.toString().contains(MARK);
  }
}
