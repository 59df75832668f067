package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
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

/** Planning rule for column defaults. */
final class DefaultRule implements KindRule {
  private static final Pattern LITERAL = Pattern.compile("('(?:[^']|'')*')::([^'()]+)");

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.DEFAULT);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    statements.add(set(fact));
    statements.addAll(children(fact.id(), context));
    if (!fact.has(Attribute.OF_VIEW)) {
      statements.addAll(SequencePosition.goOn(fact, context));
    }
    return statements;
  }

  /**
   * What the columns of a table have from its parents once it is a partition.
   *
   * @return defaults as if they were the table's own, each depending on the one that it copies
   */
  static Stream<Fact> ofParents(Fact link, PlanContext context) {
    FactId table = link.parent().orElseThrow();
    if (!context.from().has(table)) {
      return Stream.empty();
    }
    return context.to().childrenOf(table).stream()
        .filter(child -> child.id().kind() == Kind.COLUMN && child.has(Attribute.INHERITED))
        .filter(column -> context.from().has(column.id()))
        .filter(column -> !context.to().has(column.id().as(Kind.DEFAULT)))
        .flatMap(
            column ->
                Inheritance.defaultOf(column, context.to())
                    .map(fact -> fact.copy().id(column.id().as(Kind.DEFAULT)).dependsOn(fact.id()))
                    .map(Fact.Builder::build)
                    .stream());
  }

  /** The type of a column can change with that of the parent's. */
  @Override
  public Set<FactId> createsAfter(Fact fact, PlanContext context) {
    return context.from().find(fact.id().as(Kind.COLUMN)).stream()
        .flatMap(column -> Inheritance.ofAncestors(column, context.from()))
        .map(Fact::id)
        .collect(Collectors.toSet());
  }

  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, PlanContext context) {
    return createsAfter(after, context);
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
  private static List<Statement> children(FactId id, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    for (Fact column : context.to().dependentsOf(id.as(Kind.COLUMN))) {
      FactId own = column.id().as(Kind.DEFAULT);
      boolean below =
          context
              .from()
              .find(column.id())
              .filter(before -> before.dependsOn().contains(id.as(Kind.COLUMN)))
              .isPresent();
      if (below && column.has(Attribute.INHERITED) && context.from().has(own)) {
        context.to().find(own).ifPresent(fact -> statements.add(set(fact)));
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
  public List<Statement> drop(Fact fact, PlanContext context) {
    FactId table = FactId.of(Kind.TABLE, fact.id().name(0), fact.id().name(1));
    boolean attached =
        context.created().contains(table.as(Kind.PARTITION)) && !context.created().contains(table);
    Optional<Statement> ofParent = ofParent(fact.id(), context);
    if (attached && ofParent.filter(set(fact)::equals).isPresent()) {
      return List.of();
    }
    List<Statement> statements = new ArrayList<>(SequencePosition.keep(fact, context));
    statements.add(ofParent.filter(set -> !attached).orElseGet(() -> dropped(fact)));
    statements.addAll(children(fact.id(), context));
    return statements;
  }

  private static Statement dropped(Fact fact) {
    return fact.has(Attribute.OF_VIEW)
        ? Statement.dropping(fact.id(), alter(fact) + " DROP DEFAULT")
        : Statement.altering(
            fact.id(), TableAction.Drop.part(quote(fact.id().lastName()), "DEFAULT"));
  }

  /** A column without a default of its own has its parent's. */
  private static Optional<Statement> ofParent(FactId id, PlanContext context) {
    return context
        .to()
        .find(id.as(Kind.COLUMN))
        .filter(column -> column.has(Attribute.INHERITED))
        .flatMap(
            column ->
                Inheritance.ofParents(column, context.to())
                    .flatMap(parent -> Inheritance.defaultOf(parent, context.to()).stream())
                    .findFirst())
        .map(fact -> set(fact.copy().id(id).build()));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    return alterations
        .on(
            Attribute.EXPRESSION,
            () ->
                alterations
                    .addAll(SequencePosition.keep(before, context))
                    .addAll(create(after, context)))
        .orRecreate();
  }
}
