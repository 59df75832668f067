package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.schema.Fact;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Analyses a conversion by way of text (I/O cast): values that are written as text and read again,
 * with what they have inside.
 */
record CastByText(Schema from, Schema to, PlainCast between) {

  TypeChange values(ColumnType old, ColumnType wanted) {
    if (old.array() && wanted.array()) {
      return between.elements(values(old.element(), wanted.element()));
    }
    if (wanted.isDomain() && !wanted.array()) {
      TypeChange plain = values(old, wanted.plain(to));
      DomainChecks checks = DomainChecks.of(wanted.made().orElseThrow(), to);
      return old.text().equals(wanted.text()) && checks.equals(checksOf(old))
          ? plain
          : TypeChange.intoDomain(plain, wanted, to, between.checked());
    }
    if (old.isDomain() && !old.array()) {
      return values(old.plain(from), wanted);
    }
    if (old.isComposite() && wanted.isComposite() && !old.array() && !wanted.array()) {
      return attributes(old, wanted);
    }
    if (old.isRange() && wanted.isRange() && !old.array() && !wanted.array()) {
      TypeChange bounds = values(old.subtype(from), wanted.subtype(to));
      return new TypeChange(
          bounds.reason().isEmpty() ? "" : "in a bound " + bounds.reason(),
          value -> {
            String lower = bounds.condition().apply("lower(" + value + ")");
            return lower.isEmpty()
                ? ""
                : lower + " OR " + bounds.condition().apply("upper(" + value + ")");
          },
          bounds.loses());
    }
    return old.text().equals(wanted.text()) && old.labels().equals(wanted.labels())
        ? TypeChange.KEEPS
        : between.written(old, wanted);
  }

  private DomainChecks checksOf(ColumnType old) {
    return old.isDomain()
        ? DomainChecks.of(old.made().orElseThrow(), from)
        : new DomainChecks(List.of(), false);
  }

  private TypeChange attributes(ColumnType old, ColumnType wanted) {
    List<String> reasons = new ArrayList<>();
    List<UnaryOperator<String>> conditions = new ArrayList<>();
    boolean loses = false;
    for (Fact attribute : from.childrenOf(old.made().orElseThrow().id())) {
      Optional<Fact> after = attribute(attribute, wanted);
      if (after.isEmpty()) {
        continue;
      }
      TypeChange one = values(ColumnType.of(attribute, from), ColumnType.of(after.get(), to));
      loses |= one.loses();
      if (!one.reason().isEmpty()) {
        String name = quote(attribute.id().lastName());
        reasons.add("in " + name + " " + one.reason());
        conditions.add(value -> one.condition().apply("(" + value + ")." + name));
      }
    }
    return new TypeChange(
        String.join(", ", reasons),
        value -> {
          List<String> some = conditions.stream().map(one -> one.apply(value)).toList();
          return some.stream().anyMatch(String::isEmpty) ? "" : String.join(" OR ", some);
        },
        loses);
  }

  private Optional<Fact> attribute(Fact attribute, ColumnType wanted) {
    return to.childrenOf(wanted.made().orElseThrow().id()).stream()
        .filter(one -> one.id().kind() == Kind.ATTRIBUTE)
        .filter(one -> one.id().lastName().equals(attribute.id().lastName()))
        .findFirst();
  }

  boolean crossesZones(ColumnType old, ColumnType wanted) {
    if (old.isDomain() || wanted.isDomain()) {
      ColumnType below = old.isDomain() ? old.below(from) : old;
      return crossesZones(below, wanted.isDomain() ? wanted.below(to) : wanted);
    }
    if (old.isComposite() && wanted.isComposite()) {
      return from.childrenOf(old.made().orElseThrow().id()).stream()
          .anyMatch(
              one ->
                  attribute(one, wanted)
                      .filter(
                          after -> crossesZones(ColumnType.of(one, from), ColumnType.of(after, to)))
                      .isPresent());
    }
    return TimeZones.decide(old.text(), wanted.text());
  }
}
