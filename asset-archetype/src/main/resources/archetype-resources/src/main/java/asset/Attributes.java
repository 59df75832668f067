package ${package}.asset;

import java.util.SortedMap;
import java.util.TreeMap;
import org.jooq.JSONB;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The attributes of an asset, between the column and the rest of the application. */
@Component
public class Attributes {
  private final JsonMapper json;

  Attributes(JsonMapper json) {
    this.json = json;
  }

  public SortedMap<String, String> read(JSONB column) {
    SortedMap<String, String> attributes = new TreeMap<>();
    if (column != null) {
      json.readTree(column.data())
          .properties()
          .forEach(entry -> attributes.put(entry.getKey(), text(entry.getValue())));
    }
    return attributes;
  }

  /** Attributes without a value are left out: an empty field of a form means nothing. */
  public JSONB write(SortedMap<String, String> attributes) {
    SortedMap<String, String> kept = new TreeMap<>();
    attributes.forEach(
        (name, value) -> {
          if (value != null && !value.isBlank()) {
            kept.put(name.strip(), value.strip());
          }
        });
    return JSONB.valueOf(json.writeValueAsString(kept));
  }

  private static String text(JsonNode value) {
    return value.isString() ? value.stringValue() : value.toString();
  }
}
