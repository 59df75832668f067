package dev.migrate.plan;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.AttributeValue;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlLiteral;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Transforms a schema as it is after ALTER TYPE … RENAME VALUE: in the enum, and in the literals of
 * that type, which PostgreSQL keeps by number and prints by name.
 */
final class EnumLabelRenamer {
  private final Schema schema;
  private final Rename.OfEnumValue rename;
  private final Pattern literal;

  EnumLabelRenamer(Schema schema, Rename.OfEnumValue rename) {
    this.schema = schema;
    this.rename = rename;
    this.literal =
        Pattern.compile(
            "(?<!')%s(?=::%s(?![\\w$\"]))"
                .formatted(
                    Pattern.quote(SqlLiteral.literal(rename.from())),
                    Pattern.quote(FactNames.qualified(rename.type()))));
  }

  Schema applied() {
    List<Fact> facts = new ArrayList<>();
    for (Fact fact : schema.facts().values()) {
      if (fact.id().equals(rename.type())) {
        facts.add(
            fact.copy().items(Attribute.LABELS, labels(fact.items(Attribute.LABELS))).build());
      } else if (fact.id().kind() == Kind.PARTITION && isListed(fact)) {
        facts.add(fact.copy().text(Attribute.BOUND, bound(fact.text(Attribute.BOUND))).build());
      } else {
        facts.add(fact.dependsOn().contains(rename.type()) ? mentioning(fact) : fact);
      }
    }
    return new Schema(facts, schema.uncovered(), schema.columnOrder(), schema.origin());
  }

  private List<String> labels(List<String> labels) {
    return labels.stream().map(label -> label.equals(rename.from()) ? rename.to() : label).toList();
  }

  private Fact mentioning(Fact fact) {
    Fact.Builder copy = fact.copy();
    fact.attributes()
        .forEach(
            (name, value) -> {
              if (value instanceof AttributeValue.Text text && !name.equals("body")) {
                copy.value(name, new AttributeValue.Text(replaced(literal, text.text())));
              }
            });
    return copy.build();
  }

  private String replaced(Pattern what, String text) {
    return what.matcher(text).replaceAll(Matcher.quoteReplacement(SqlLiteral.literal(rename.to())));
  }

  /** Bounds are printed without their type. */
  private String bound(String bound) {
    return replaced(
        Pattern.compile("(?<!')" + Pattern.quote(SqlLiteral.literal(rename.from())) + "(?!')"),
        bound);
  }

  /** Whether the table is divided by columns of that type only. */
  private boolean isListed(Fact partition) {
    FactId table =
        FactId.of(Kind.TABLE, partition.text(Attribute.SCHEMA), partition.text(Attribute.TABLE));
    List<Fact> keys =
        schema.childrenOf(table).stream().filter(column -> column.has(Note.PARTITION_KEY)).toList();
    String type = FactNames.qualified(rename.type());
    return !keys.isEmpty() && keys.stream().allMatch(key -> key.text(Attribute.TYPE).equals(type));
  }
}
