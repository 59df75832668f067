package dev.migrate.schema;

import java.util.List;
import java.util.Objects;

/** Value of an attribute of a fact: a text or a list of texts. */
public sealed interface AttributeValue {
  /**
   * A single value.
   *
   * @param text the value
   */
  record Text(String text) implements AttributeValue {
    /**
     * @param text the value
     */
    public Text {
      Objects.requireNonNull(text, "text");
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Several values whose order counts.
   *
   * @param items the values
   */
  record Items(List<String> items) implements AttributeValue {
    /**
     * @param items the values
     */
    public Items {
      items = List.copyOf(items);
    }

    @Override
    public String toString() {
      return String.join(", ", items);
    }
  }
}
