package dev.migrate.parser;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A node of PostgreSQL's parse tree, by PostgreSQL's own names ({@code AlterTableStmt}, {@code
 * ColumnDef} …). What has its default value (false, zero, nothing) is not in the tree, so every
 * reader here has an answer for it.
 */
public final class SyntaxNode {
  private final String kind;
  private final JsonObject fields;
  private final Utf8Offsets offsets;

  SyntaxNode(String kind, JsonObject fields, Utf8Offsets offsets) {
    this.kind = Objects.requireNonNull(kind, "kind");
    this.fields = Objects.requireNonNull(fields, "fields");
    this.offsets = Objects.requireNonNull(offsets, "offsets");
  }

  /** A node inside a list or a field is wrapped in an object whose only key is its kind. */
  static SyntaxNode wrapped(JsonObject wrapper, Utf8Offsets offsets) {
    Map.Entry<String, JsonElement> only = wrapper.entrySet().iterator().next();
    return new SyntaxNode(only.getKey(), only.getValue().getAsJsonObject(), offsets);
  }

  /**
   * @return its kind, such as {@code IndexStmt}
   */
  public String kind() {
    return kind;
  }

  /**
   * @param one a kind
   * @return whether it is of that kind
   */
  public boolean is(String one) {
    return kind.equals(one);
  }

  /**
   * @param field the name of a field
   * @return whether the field has anything but its default
   */
  public boolean has(String field) {
    return fields.has(field);
  }

  /**
   * @param field the name of a field
   * @return its text; empty when it has none
   */
  public String text(String field) {
    JsonElement value = fields.get(field);
    return value == null || !value.isJsonPrimitive() ? "" : value.getAsString();
  }

  /**
   * @param field the name of a field
   * @return whether it is true
   */
  public boolean flag(String field) {
    JsonElement value = fields.get(field);
    return value != null && value.isJsonPrimitive() && value.getAsBoolean();
  }

  /**
   * @param field the name of a field that has a node, such as {@code relation}
   * @return the node
   */
  public Optional<SyntaxNode> node(String field) {
    JsonElement value = fields.get(field);
    if (value == null || !value.isJsonObject()) {
      return Optional.empty();
    }
    return Optional.of(of(field, value.getAsJsonObject()));
  }

  /**
   * @param field the name of a field that has a list
   * @return the nodes in it
   */
  public List<SyntaxNode> list(String field) {
    JsonElement value = fields.get(field);
    return value == null || !value.isJsonArray() ? List.of() : nodes(field, value.getAsJsonArray());
  }

  /**
   * @return the names in it, when it is a list of names, such as that of a type or of a table that
   *     is dropped
   */
  public List<String> names() {
    List<SyntaxNode> parts = is("List") ? list("items") : list("names");
    return parts.stream().filter(part -> part.is("String")).map(part -> part.text("sval")).toList();
  }

  /**
   * @return where in the text it stands, counted in characters from 0, if the parser says so
   */
  public Optional<Integer> offset() {
    JsonElement location = fields.get("location");
    return location == null || location.getAsInt() < 0
        ? Optional.empty()
        : Optional.of(offsets.character(location.getAsInt()));
  }

  /**
   * Shows this node and all below it, from the top.
   *
   * @param visitor sees each
   */
  public void walk(Consumer<SyntaxNode> visitor) {
    visitor.accept(this);
    fields.entrySet().forEach(field -> below(field.getKey(), field.getValue(), visitor));
  }

  private void below(String field, JsonElement value, Consumer<SyntaxNode> visitor) {
    if (value.isJsonObject()) {
      of(field, value.getAsJsonObject()).walk(visitor);
    } else if (value.isJsonArray()) {
      nodes(field, value.getAsJsonArray()).forEach(node -> node.walk(visitor));
    }
  }

  private List<SyntaxNode> nodes(String field, JsonArray array) {
    List<SyntaxNode> nodes = new ArrayList<>();
    for (JsonElement one : array) {
      if (one.isJsonObject() && !one.getAsJsonObject().isEmpty()) {
        nodes.add(of(field, one.getAsJsonObject()));
      }
    }
    return nodes;
  }

  /**
   * A field of a fixed kind has the node without the wrapper; its kind then is the field's name.
   */
  private SyntaxNode of(String field, JsonObject value) {
    if (value.size() == 1) {
      Map.Entry<String, JsonElement> only = value.entrySet().iterator().next();
      if (Character.isUpperCase(only.getKey().charAt(0)) && only.getValue().isJsonObject()) {
        return new SyntaxNode(only.getKey(), only.getValue().getAsJsonObject(), offsets);
      }
    }
    return new SyntaxNode(field, value, offsets);
  }

  @Override
  public String toString() {
    return kind + fields;
  }
}
