package dev.migrate.plan;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import dev.migrate.sql.SqlLiteral;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Collects renames: what the user says, and the constraints, indexes and sequences of a table that
 * are equal except for their name.
 *
 * @param applied the old schema after the renames
 * @param statements the renames
 */
record Renames(Schema applied, List<Statement> statements) {

  static Renames of(Schema from, Schema to, List<Rename> given, KindRules rules) {
    Schema schema = from;
    List<Statement> statements = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      Rename rename = given.get(i);
      check(rename, schema, to, given.subList(i + 1, given.size()));
      statements.addAll(statements(rename, schema, rules));
      schema = applied(rename, schema);
    }
    boolean found = true;
    while (found) {
      found = false;
      for (Rename rename : evident(schema, to, rules)) {
        statements.addAll(statements(rename, schema, rules));
        schema = applied(rename, schema);
        found = true;
        break;
      }
    }
    return new Renames(schema, statements);
  }

  /** A name that something gets may be given another one by those that follow. */
  private static void check(Rename rename, Schema from, Schema to, List<Rename> following) {
    RenamedSchema later = RenamedSchema.of(applied(rename, from), following);
    boolean applies;
    if (rename instanceof Rename.OfFact fact) {
      applies =
          from.has(fact.from())
              && !from.has(fact.to())
              && to.has(later.now(fact.to()))
              && (!to.has(fact.from()) || isTaken(fact.from(), following));
    } else {
      Rename.OfEnumValue value = (Rename.OfEnumValue) rename;
      List<String> before = labels(from, value.type());
      List<String> after = labels(to, later.now(value.type()));
      applies =
          before.contains(value.from())
              && !before.contains(value.to())
              && after.contains(value.to())
              && !after.contains(value.from());
    }
    if (!applies) {
      throw new MigrateException(
          FailureCode.INVALID_PARAMETER,
          "The rename of "
              + rename
              + " does not apply: the old name must be there before and gone"
              + " afterwards, and the new one the other way round.",
          "Correct or remove it in migrate.rename.");
    }
  }

  private static boolean isTaken(FactId name, List<Rename> following) {
    return following.stream()
        .anyMatch(rename -> rename instanceof Rename.OfFact fact && fact.to().equals(name));
  }

  private static List<String> labels(Schema schema, FactId type) {
    return schema.find(type).map(fact -> fact.items(Attribute.LABELS)).orElse(List.of());
  }

  static Schema applied(Rename rename, Schema schema) {
    if (rename instanceof Rename.OfFact fact) {
      return new SchemaRenamer(schema, fact.from(), fact.to()).applied();
    }
    Rename.OfEnumValue value = (Rename.OfEnumValue) rename;
    return new EnumLabelRenamer(schema, value).applied();
  }

  private static List<Statement> statements(Rename rename, Schema schema, KindRules rules) {
    if (rename instanceof Rename.OfEnumValue value) {
      return List.of(
          Statement.changing(
              value.type(),
              "ALTER TYPE "
                  + FactNames.qualified(value.type())
                  + " RENAME VALUE "
                  + SqlLiteral.literal(value.from())
                  + " TO "
                  + SqlLiteral.literal(value.to())));
    }
    Rename.OfFact fact = (Rename.OfFact) rename;
    return rules
        .of(fact.from().kind())
        .rename(schema.find(fact.from()).orElseThrow(), fact.to(), schema);
  }

  /** Equal content, another name, nothing else that could be meant. */
  private static List<Rename> evident(Schema from, Schema to, KindRules rules) {
    List<Rename> evident = new ArrayList<>();
    Set<FactId> taken = new HashSet<>();
    Set<String> names = new HashSet<>();
    from.facts().values().forEach(fact -> names.addAll(rules.of(fact.id().kind()).takes(fact)));
    for (Fact gone : from.facts().values()) {
      if (to.has(gone.id()) || !canBeEvident(gone.id().kind())) {
        continue;
      }
      Optional<Fact> same =
          gone.parent().stream()
              .flatMap(parent -> candidates(gone, parent, from, to).stream())
              .filter(added -> !from.has(added.id()) && !taken.contains(added.id()))
              .filter(added -> sameContent(gone, added, from, to))
              .filter(added -> !isHeldByItsType(gone, from))
              .filter(
                  added ->
                      rules.of(added.id().kind()).takes(added).stream().noneMatch(names::contains))
              .findFirst();
      same.ifPresent(
          added -> {
            taken.add(added.id());
            evident.add(new Rename.OfFact(gone.id(), added.id()));
          });
    }
    return evident;
  }

  private static List<Fact> candidates(Fact gone, FactId parent, Schema from, Schema to) {
    if (gone.id().kind() != Kind.SEQUENCE) {
      return to.childrenOf(parent);
    }
    return from.has(gone.id().as(Kind.SEQUENCE_OWNER)) ? to.childrenOf(parent) : List.of();
  }

  private static boolean canBeEvident(Kind kind) {
    return kind == Kind.CONSTRAINT
        || kind == Kind.DOMAIN_CONSTRAINT
        || kind == Kind.INDEX
        || kind == Kind.SEQUENCE;
  }

  private static boolean sameContent(Fact gone, Fact added, Schema from, Schema to) {
    return gone.id().kind() == added.id().kind()
        && gone.id().name(0).equals(added.id().name(0))
        && gone.attributes().equals(added.attributes())
        && owner(gone, from).equals(owner(added, to));
  }

  /** In a table of a type PostgreSQL renames no constraint but those that are an index. */
  private static boolean isHeldByItsType(Fact gone, Schema from) {
    boolean typed =
        gone.parent().flatMap(from::find).filter(one -> one.has(Attribute.TYPE)).isPresent();
    return typed
        && gone.id().kind() == Kind.CONSTRAINT
        && Set.of("check", "foreign key").contains(gone.text(Attribute.TYPE));
  }

  private static List<String> owner(Fact fact, Schema schema) {
    return schema
        .find(fact.id().as(Kind.SEQUENCE_OWNER))
        .map(owner -> owner.items(Attribute.COLUMN))
        .orElse(List.of());
  }
}
