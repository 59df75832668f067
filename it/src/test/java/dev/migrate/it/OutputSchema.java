package dev.migrate.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds documents against {@code docs/output.schema.json}. It knows the words of JSON Schema that
 * are used there, and stops at any other, so that none is passed over.
 */
final class OutputSchema {
  private static final Set<String> WORDS_WITHOUT_EFFECT =
      Set.of("$schema", "$defs", "title", "description", "format");

  private final JsonObject root;
  private final List<String> complaints = new ArrayList<>();

  private OutputSchema(JsonObject root) {
    this.root = root;
  }

  /**
   * @param json a document that a goal has written
   * @return the document
   * @throws AssertionError with all that the schema does not allow in it
   */
  static JsonObject read(String json) {
    try {
      Path file = Document.ROOT.resolve("docs/output.schema.json");
      OutputSchema schema =
          new OutputSchema(JsonParser.parseString(Files.readString(file)).getAsJsonObject());
      JsonElement document = JsonParser.parseString(json);
      schema.check("$", document, schema.root);
      assertThat(schema.complaints).as(json).isEmpty();
      return document.getAsJsonObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check(String at, JsonElement value, JsonObject schema) {
    for (Map.Entry<String, JsonElement> word : schema.entrySet()) {
      JsonElement said = word.getValue();
      switch (word.getKey()) {
        case "$ref" -> check(at, value, definition(said.getAsString()));
        case "type" -> require(types(said).stream().anyMatch(one -> is(one, value)), at, said);
        case "enum" -> require(said.getAsJsonArray().contains(value), at, said);
        case "pattern" ->
            require(!is("string", value) || value.getAsString().matches(anywhere(said)), at, said);
        case "minimum" ->
            require(!is("number", value) || value.getAsDouble() >= said.getAsDouble(), at, said);
        case "required" -> required(at, value, said);
        case "properties", "additionalProperties" -> {}
        case "items" -> {
          if (value.isJsonArray()) {
            int i = 0;
            for (JsonElement one : value.getAsJsonArray()) {
              check(at + "[" + i++ + "]", one, said.getAsJsonObject());
            }
          }
        }
        default -> assertThat(WORDS_WITHOUT_EFFECT).contains(word.getKey());
      }
    }
    if (value.isJsonObject()) {
      members(at, value.getAsJsonObject(), schema);
    }
  }

  private void members(String at, JsonObject value, JsonObject schema) {
    JsonObject known =
        schema.has("properties") ? schema.getAsJsonObject("properties") : new JsonObject();
    JsonElement others = schema.get("additionalProperties");
    for (Map.Entry<String, JsonElement> member : value.entrySet()) {
      String place = at + "." + member.getKey();
      if (known.has(member.getKey())) {
        check(place, member.getValue(), known.getAsJsonObject(member.getKey()));
      } else if (others != null && others.isJsonObject()) {
        check(place, member.getValue(), others.getAsJsonObject());
      } else {
        require(others == null || others.getAsBoolean(), place, new JsonPrimitive("not known"));
      }
    }
  }

  private void required(String at, JsonElement value, JsonElement names) {
    if (value.isJsonObject()) {
      for (JsonElement name : names.getAsJsonArray()) {
        require(value.getAsJsonObject().has(name.getAsString()), at, name);
      }
    }
  }

  private void require(boolean holds, String at, JsonElement said) {
    if (!holds) {
      complaints.add(at + ": " + said);
    }
  }

  private JsonObject definition(String reference) {
    assertThat(reference).startsWith("#/$defs/");
    return root.getAsJsonObject("$defs").getAsJsonObject(reference.substring(8));
  }

  private static List<String> types(JsonElement said) {
    return said.isJsonArray()
        ? said.getAsJsonArray().asList().stream().map(JsonElement::getAsString).toList()
        : List.of(said.getAsString());
  }

  private static String anywhere(JsonElement pattern) {
    return "(?s).*(?:" + pattern.getAsString() + ").*";
  }

  private static boolean is(String type, JsonElement value) {
    return switch (type) {
      case "object" -> value.isJsonObject();
      case "array" -> value.isJsonArray();
      case "null" -> value.isJsonNull();
      case "boolean" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isBoolean();
      case "string" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
      case "number" -> value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
      case "integer" -> is("number", value) && value.getAsDouble() % 1 == 0;
      default -> throw new AssertionError("no type of JSON Schema: " + type);
    };
  }
}
