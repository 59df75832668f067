package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.literal;
import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Defaults of columns. */
final class DefaultRule implements Rule {
  private static final Pattern NEXT = Pattern.compile("nextval\\('((?:[^']|'')*)'::regclass\\)");
  private static final Pattern LITERAL = Pattern.compile("('(?:[^']|'')*')::([^'()]+)");

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DEFAULT);
  }

  @Override
  public List<Statement> create(Fact fact, Scene scene) {
    List<Statement> statements = new ArrayList<>();
    statements.add(set(fact));
    statements.addAll(children(fact.id(), scene));
    goesOn(fact, scene).ifPresent(statements::add);
    return statements;
  }

  /**
   * What the columns of a table have from its parents once it is a partition.
   *
   * @return defaults as if they were the table's own, each depending on the one that it copies
   */
  static Stream<Fact> ofParents(Fact link, Scene scene) {
    FactId table = link.parent().orElseThrow();
    if (!scene.from().has(table)) {
      return Stream.empty();
    }
    return scene.to().childrenOf(table).stream()
        .filter(child -> child.id().kind() == Kind.COLUMN && child.has("inherited"))
        .filter(column -> scene.from().has(column.id()))
        .filter(column -> !scene.to().has(column.id().as(Kind.DEFAULT)))
        .flatMap(
            column ->
                Inheritance.defaultOf(column, scene.to())
                    .map(fact -> fact.copy().id(column.id().as(Kind.DEFAULT)).dependsOn(fact.id()))
                    .map(Fact.Builder::build)
                    .stream());
  }

  /** A new sequence for a column that has values begins behind them. */
  private static Optional<Statement> goesOn(Fact fact, Scene scene) {
    FactId column = fact.id().as(Kind.COLUMN);
    Optional<Fact> standing =
        scene
            .from()
            .find(column)
            .filter(one -> !scene.created().contains(column))
            .filter(one -> one.parent().filter(scene.created()::contains).isEmpty());
    Matcher next = NEXT.matcher(fact.text("expression"));
    if (standing.isEmpty() || !next.matches()) {
      return Optional.empty();
    }
    String name = next.group(1).replace("''", "'");
    return scene.to().facts().keySet().stream()
        .filter(id -> id.kind() == Kind.SEQUENCE && qualified(id).equals(name))
        .filter(id -> !scene.from().has(id) || scene.dropped().contains(id))
        .findFirst()
        .map(
            id ->
                Statement.of(
                    fact.id(),
                    "SELECT setval("
                        + literal(qualified(id))
                        + ", greatest((SELECT max("
                        + quote(column.lastName())
                        + ") FROM "
                        + qualified(column)
                        + ") + 1, last_value), false) FROM "
                        + qualified(id)));
  }

  static Statement set(Fact fact) {
    return Statement.of(
        fact.id(), alter(fact) + " SET DEFAULT " + expression(fact, Optional.empty()));
  }

  /** {@code 'x'::text} for a column that is a text anyway is {@code 'x'}. */
  static String expression(Fact fact, Optional<Fact> column) {
    String expression = fact.text("expression");
    String type = column.map(one -> one.text("type")).orElse("");
    Matcher literal = LITERAL.matcher(expression);
    return literal.matches() && literal.group(2).equals(type.replaceAll("\\([^)]*\\)", ""))
        ? literal.group(1)
        : expression;
  }

  /** A default goes down to all children; those that have another get theirs again. */
  private static List<Statement> children(FactId id, Scene scene) {
    List<Statement> statements = new ArrayList<>();
    for (Fact column : scene.to().dependentsOf(id.as(Kind.COLUMN))) {
      FactId own = column.id().as(Kind.DEFAULT);
      if (column.has("inherited") && scene.from().has(own)) {
        scene.to().find(own).ifPresent(fact -> statements.add(set(fact)));
      }
    }
    return statements;
  }

  private static String alter(Fact fact) {
    return (fact.has("of view") ? "ALTER VIEW " : "ALTER TABLE ")
        + qualified(fact.id())
        + " ALTER COLUMN "
        + quote(fact.id().lastName());
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    FactId table = FactId.of(Kind.TABLE, fact.id().name(0), fact.id().name(1));
    boolean attached =
        scene.created().contains(table.as(Kind.PARTITION)) && !scene.created().contains(table);
    Optional<Statement> ofParent = ofParent(fact.id(), scene);
    if (attached && ofParent.filter(set(fact)::equals).isPresent()) {
      return List.of();
    }
    List<Statement> statements = new ArrayList<>();
    statements.add(
        ofParent
            .filter(set -> !attached)
            .orElseGet(() -> Statement.of(fact.id(), alter(fact) + " DROP DEFAULT")));
    statements.addAll(children(fact.id(), scene));
    return statements;
  }

  /** A column without a default of its own has its parent's. */
  private static Optional<Statement> ofParent(FactId id, Scene scene) {
    return scene
        .to()
        .find(id.as(Kind.COLUMN))
        .filter(column -> column.has("inherited"))
        .flatMap(
            column ->
                column.dependsOn().stream()
                    .filter(one -> one.kind() == Kind.COLUMN)
                    .flatMap(one -> scene.to().find(one.as(Kind.DEFAULT)).stream())
                    .findFirst())
        .map(fact -> set(fact.copy().id(id).build()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    Alterations alterations = new Alterations(before, after);
    return alterations
        .on("expression", () -> alterations.addAll(create(after, scene)))
        .orRecreate();
  }
}
