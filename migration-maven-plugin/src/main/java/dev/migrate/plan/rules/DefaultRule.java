package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Defaults of columns. */
final class DefaultRule implements Rule {
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
    if (!fact.has(Attribute.OF_VIEW)) {
      statements.addAll(SequencePosition.goOn(fact, scene));
    }
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
        .filter(child -> child.id().kind() == Kind.COLUMN && child.has(Attribute.INHERITED))
        .filter(column -> scene.from().has(column.id()))
        .filter(column -> !scene.to().has(column.id().as(Kind.DEFAULT)))
        .flatMap(
            column ->
                Inheritance.defaultOf(column, scene.to())
                    .map(fact -> fact.copy().id(column.id().as(Kind.DEFAULT)).dependsOn(fact.id()))
                    .map(Fact.Builder::build)
                    .stream());
  }

  /** The type of a column can change with that of the parent's. */
  @Override
  public Set<FactId> createsAfter(Fact fact, Scene scene) {
    return scene.from().find(fact.id().as(Kind.COLUMN)).stream()
        .flatMap(column -> Inheritance.ofAncestors(column, scene.from()))
        .map(Fact::id)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, Scene scene) {
    return createsAfter(after, scene);
  }

  static Statement set(Fact fact) {
    return Statement.changing(
        fact.id(), alter(fact) + " SET DEFAULT " + expression(fact, Optional.empty()));
  }

  /** {@code 'x'::text} for a column that is a text anyway is {@code 'x'}. */
  static String expression(Fact fact, Optional<Fact> column) {
    String expression = fact.text(Attribute.EXPRESSION);
    String type = column.map(one -> one.text(Attribute.TYPE)).orElse("");
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
      boolean below =
          scene
              .from()
              .find(column.id())
              .filter(before -> before.dependsOn().contains(id.as(Kind.COLUMN)))
              .isPresent();
      if (below && column.has(Attribute.INHERITED) && scene.from().has(own)) {
        scene.to().find(own).ifPresent(fact -> statements.add(set(fact)));
      }
    }
    return statements;
  }

  private static String alter(Fact fact) {
    return (fact.has(Attribute.OF_VIEW) ? "ALTER VIEW " : "ALTER TABLE ")
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
    List<Statement> statements = new ArrayList<>(SequencePosition.keep(fact, scene));
    statements.add(ofParent.filter(set -> !attached).orElseGet(() -> dropped(fact)));
    statements.addAll(children(fact.id(), scene));
    return statements;
  }

  private static Statement dropped(Fact fact) {
    return fact.has(Attribute.OF_VIEW)
        ? Statement.dropping(fact.id(), alter(fact) + " DROP DEFAULT")
        : Statement.altering(
            fact.id(), TableAction.Drop.part(quote(fact.id().lastName()), "DEFAULT"));
  }

  /** A column without a default of its own has its parent's. */
  private static Optional<Statement> ofParent(FactId id, Scene scene) {
    return scene
        .to()
        .find(id.as(Kind.COLUMN))
        .filter(column -> column.has(Attribute.INHERITED))
        .flatMap(
            column ->
                Inheritance.ofParents(column, scene.to())
                    .flatMap(parent -> Inheritance.defaultOf(parent, scene.to()).stream())
                    .findFirst())
        .map(fact -> set(fact.copy().id(id).build()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    Alterations alterations = new Alterations(before, after);
    return alterations
        .on(
            Attribute.EXPRESSION,
            () ->
                alterations
                    .addAll(SequencePosition.keep(before, scene))
                    .addAll(create(after, scene)))
        .orRecreate();
  }
}
