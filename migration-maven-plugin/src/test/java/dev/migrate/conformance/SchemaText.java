package dev.migrate.conformance;

import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Note;
import dev.migrate.schema.Schema;
import dev.migrate.schema.Uncovered;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A schema as lines of text and back, so that plans can be tested without a server. */
final class SchemaText {
  private SchemaText() {}

  /** A line begins with a letter for what it holds; its fields are separated by tabs. */
  static List<String> lines(Schema schema) {
    List<String> lines = new ArrayList<>();
    lines.add(
        line(
            "O", List.of(String.valueOf(schema.origin().serverVersion()), schema.origin().user())));
    for (Fact fact : schema.facts().values()) {
      lines.add(line("F", List.of(fact.id().encode())));
      fact.parent().ifPresent(parent -> lines.add(line("P", List.of(parent.encode()))));
      for (FactId on : fact.dependsOn()) {
        if (fact.parent().filter(on::equals).isEmpty()) {
          lines.add(line("D", List.of(on.encode())));
        }
      }
      if (!fact.notes().isEmpty()) {
        lines.add(line("N", fact.notes().stream().map(Note::toString).toList()));
      }
      fact.attributes()
          .forEach(
              (name, value) -> {
                List<String> fields = new ArrayList<>(List.of(name));
                if (value instanceof AttributeValue.Items items) {
                  fields.addAll(items.items());
                  lines.add(line("L", fields));
                } else {
                  fields.add(((AttributeValue.Text) value).text());
                  lines.add(line("A", fields));
                }
              });
    }
    for (Uncovered one : schema.uncovered()) {
      lines.add(line("U", List.of(one.what(), one.name())));
    }
    schema
        .columnOrder()
        .forEach(
            (table, columns) -> {
              List<String> fields = new ArrayList<>(List.of(table.encode()));
              fields.addAll(columns);
              lines.add(line("C", fields));
            });
    return lines;
  }

  private static String line(String letter, List<String> fields) {
    StringBuilder line = new StringBuilder(letter);
    for (String field : fields) {
      line.append('\t')
          .append(
              field
                  .replace("\\", "\\\\")
                  .replace("\t", "\\t")
                  .replace("\n", "\\n")
                  .replace("\r", "\\r"));
    }
    return line.toString();
  }

  static Schema schema(List<String> lines) {
    List<Fact> facts = new ArrayList<>();
    Set<Uncovered> uncovered = new TreeSet<>();
    Map<FactId, List<String>> columnOrder = new TreeMap<>();
    Schema.Origin origin = Schema.Origin.UNKNOWN;
    Fact.Builder fact = null;
    for (String line : lines) {
      Iterator<String> fields =
          Arrays.stream(line.split("\t", -1)).map(SchemaText::unescaped).iterator();
      String letter = fields.next();
      String first = fields.next();
      List<String> rest = new ArrayList<>();
      fields.forEachRemaining(rest::add);
      switch (letter) {
        case "O" -> origin = new Schema.Origin(Integer.parseInt(first), rest.get(0));
        case "U" -> uncovered.add(new Uncovered(first, rest.get(0)));
        case "C" -> columnOrder.put(FactId.decode(first), rest);
        case "F" -> {
          if (fact != null) {
            facts.add(fact.build());
          }
          fact = Fact.of(FactId.decode(first));
        }
        case "P" -> fact.parent(FactId.decode(first));
        case "D" -> fact.dependsOn(FactId.decode(first));
        case "N" -> {
          Fact.Builder noted = fact;
          noted.note(Note.of(first), true);
          rest.forEach(name -> noted.note(Note.of(name), true));
        }
        case "A" -> fact.value(first, new AttributeValue.Text(rest.get(0)));
        case "L" -> fact.value(first, new AttributeValue.Items(rest));
        default -> throw new IllegalStateException("Unknown line: " + line);
      }
    }
    if (fact != null) {
      facts.add(fact.build());
    }
    return new Schema(facts, uncovered, columnOrder, origin);
  }

  private static String unescaped(String field) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < field.length(); i++) {
      char c = field.charAt(i);
      if (c == '\\') {
        i++;
        text.append(
            switch (field.charAt(i)) {
              case 't' -> '\t';
              case 'n' -> '\n';
              case 'r' -> '\r';
              default -> '\\';
            });
      } else {
        text.append(c);
      }
    }
    return text.toString();
  }
}
