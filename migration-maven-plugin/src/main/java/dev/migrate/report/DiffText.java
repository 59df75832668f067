package dev.migrate.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.migrate.diff.Change;
import dev.migrate.diff.ChangeText;
import dev.migrate.diff.Diff;
import dev.migrate.diff.Drift;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Plan;
import dev.migrate.plan.Statement;
import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Formats the difference between two schemas: as a tree for people, and as JSON for programs. */
public final class DiffText {
  private final Schema from;
  private final Schema to;
  private final Diff diff;
  private final Plan plan;
  private final TerminalStyle style;

  /**
   * @param from the first schema
   * @param to the second
   * @param diff what differs
   * @param plan what leads from the first to the second
   * @param style colour or not
   */
  public DiffText(Schema from, Schema to, Diff diff, Plan plan, TerminalStyle style) {
    this.from = from;
    this.to = to;
    this.diff = diff;
    this.plan = plan;
    this.style = style;
  }

  /** A fact in the tree; one that is the same on both sides is shown for what is below it. */
  private static final class Node {
    private final FactId id;
    private Change change;
    private final Map<FactId, Node> children = new TreeMap<>();

    Node(FactId id) {
      this.id = id;
    }
  }

  /**
   * @return the tree, line by line, and what the statements can do to a running system
   */
  public List<String> tree() {
    return tree(diff, List.of());
  }

  /**
   * @param drift the same difference, as an operator counts
   * @return the tree without what belongs to partitions, each table's on a line before it
   */
  public List<String> tree(Drift drift) {
    return tree(
        drift.rest(),
        drift.partitions().stream().map(line -> painted(line.substring(0, 1), line)).toList());
  }

  private List<String> tree(Diff diff, List<String> before) {
    Map<FactId, Node> roots = new TreeMap<>();
    for (Change change : diff.changes()) {
      Map<FactId, Node> level = roots;
      for (FactId id : path(change.id())) {
        level = level.computeIfAbsent(id, Node::new).children;
      }
      level.computeIfAbsent(change.id(), Node::new).change = change;
    }
    List<String> lines = new ArrayList<>(before);
    roots.values().forEach(node -> draw(node, "", lines));
    hazards().forEach((hazard, count) -> lines.add("! " + hazard));
    for (FactId table : diff.columnOrder()) {
      lines.add(
          "= %s: the same columns in another order, which cannot be altered".formatted(table));
    }
    diff.uncovered().forEach(one -> lines.add("? not covered, and not compared: " + one));
    return lines;
  }

  private void draw(Node node, String indent, List<String> lines) {
    String sign = node.change == null ? "~" : ChangeText.sign(node.change);
    String text = indent + sign + " " + node.id;
    List<String> details = node.change == null ? List.of() : ChangeText.details(node.change);
    if (node.change instanceof Change.Altered) {
      lines.add(painted(sign, text));
      details.forEach(detail -> lines.add(painted(sign, indent + "    " + detail)));
    } else {
      lines.add(
          painted(
              sign, text + (details.isEmpty() ? "" : "  (" + String.join(", ", details) + ")")));
    }
    node.children.values().forEach(child -> draw(child, indent + "  ", lines));
  }

  private String painted(String sign, String line) {
    return switch (sign) {
      case "+" -> style.good(line);
      case "−" -> style.bad(line);
      default -> style.waiting(line);
    };
  }

  /** What a fact belongs to, outermost first; schemas are in the names already. */
  private List<FactId> path(FactId id) {
    List<FactId> path = new ArrayList<>();
    Optional<FactId> parent = parent(id);
    while (parent.isPresent() && parent.get().kind() != Kind.SCHEMA) {
      path.add(0, parent.get());
      parent = parent(parent.get());
    }
    return path;
  }

  private Optional<FactId> parent(FactId id) {
    return to.find(id).or(() -> from.find(id)).flatMap(fact -> fact.parent());
  }

  /** Hazards in words, each once, in the order of the statements. */
  private Map<String, Integer> hazards() {
    Map<String, Integer> hazards = new LinkedHashMap<>();
    for (Statement statement : plan.statements()) {
      for (Hazard hazard : statement.hazards()) {
        hazards.merge(hazard.describe(), 1, Integer::sum);
      }
    }
    return hazards;
  }

  /**
   * @return the changes with the old and new values of each attribute, and the statements with
   *     their hazards
   */
  public JsonObject json() {
    JsonObject document = new JsonObject();
    document.addProperty("different", !diff.isEmpty());
    document.add("changes", changes(diff));
    JsonArray statements = new JsonArray();
    for (Statement statement : plan.statements()) {
      JsonObject one = new JsonObject();
      one.addProperty("sql", statement.sql());
      one.addProperty("transactional", statement.transactional());
      one.addProperty("commitBefore", statement.commitBefore());
      JsonArray hazards = new JsonArray();
      statement.hazards().forEach(hazard -> hazards.add(hazard.describe()));
      one.add("hazards", hazards);
      statements.add(one);
    }
    document.add("statements", statements);
    JsonArray order = new JsonArray();
    diff.columnOrder().forEach(table -> order.add(table.toString()));
    document.add("columnOrder", order);
    JsonArray uncovered = new JsonArray();
    diff.uncovered().forEach(one -> uncovered.add(one.toString()));
    document.add("uncovered", uncovered);
    return document;
  }

  /**
   * @param diff what differs
   * @return each change with the old and new values of its attributes
   */
  public static JsonArray changes(Diff diff) {
    JsonArray changes = new JsonArray();
    diff.changes().forEach(change -> changes.add(json(change)));
    return changes;
  }

  private static JsonObject json(Change change) {
    JsonObject object = new JsonObject();
    object.addProperty("kind", change.id().kind().word());
    JsonArray names = new JsonArray();
    change.id().names().forEach(names::add);
    object.add("names", names);
    JsonObject attributes = new JsonObject();
    if (change instanceof Change.Added added) {
      object.addProperty("change", "added");
      added.fact().attributes().forEach((name, value) -> attributes.add(name, json(value)));
    } else if (change instanceof Change.Removed removed) {
      object.addProperty("change", "removed");
      removed.fact().attributes().forEach((name, value) -> attributes.add(name, json(value)));
    } else if (change instanceof Change.Altered altered) {
      object.addProperty("change", "altered");
      altered
          .attributes()
          .forEach(
              (name, values) -> {
                JsonObject both = new JsonObject();
                both.add("from", values.before().map(DiffText::json).orElse(JsonNull.INSTANCE));
                both.add("to", values.after().map(DiffText::json).orElse(JsonNull.INSTANCE));
                attributes.add(name, both);
              });
    }
    object.add("attributes", attributes);
    return object;
  }

  private static JsonElement json(AttributeValue value) {
    if (value instanceof AttributeValue.Items items) {
      JsonArray array = new JsonArray();
      items.items().forEach(array::add);
      return array;
    }
    return new JsonPrimitive(((AttributeValue.Text) value).text());
  }
}
