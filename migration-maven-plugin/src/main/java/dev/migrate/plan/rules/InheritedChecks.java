package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Plans CHECK constraints that a table is to inherit from its parents alone. PostgreSQL lets a
 * table inherit only if it has the checks of its parents, and then says for ever that they are the
 * table's own too; so they come when the table inherits already.
 */
final class InheritedChecks {
  private InheritedChecks() {}

  /**
   * @param link that a table inherits
   * @param inherit the statement that makes it so
   * @param first what has to be done before
   * @param context both schemas and what else the plan does
   * @return all statements: checks of the parents that are there go, and come again afterwards
   */
  static List<Statement> around(
      Fact link, Statement inherit, List<Statement> first, PlanContext context) {
    List<Fact> checks =
        context.created().contains(link.parent().orElseThrow()) ? List.of() : again(link, context);
    List<Statement> statements = new ArrayList<>(first);
    for (Fact check : checks) {
      statements.add(
          Statement.altering(
                  link.id(),
                  qualified(check.id()),
                  false,
                  new TableAction.DropConstraint(false, quote(check.id().lastName())))
              .with(new Hazard.Blocks("ACCESS EXCLUSIVE", qualified(check.id()))));
    }
    statements.add(inherit);
    ConstraintRule rule = new ConstraintRule();
    checks.forEach(check -> statements.addAll(rule.create(check, context)));
    return statements;
  }

  private static List<Fact> again(Fact link, PlanContext context) {
    FactId table = link.parent().orElseThrow();
    Set<String> has = new TreeSet<>();
    for (FactId ancestor : ancestors(table, context.from())) {
      checks(ancestor, context.from()).forEach(check -> has.add(check.id().lastName()));
    }
    return Stream.concat(
            Stream.of(PartitionRule.parentId(link)),
            ancestors(PartitionRule.parentId(link), context.to()).stream())
        .distinct()
        .flatMap(ancestor -> checks(ancestor, context.to()))
        .filter(check -> !context.created().contains(check.id()))
        .filter(check -> !has.contains(check.id().lastName()))
        .filter(check -> !context.to().has(own(check, table)))
        .toList();
  }

  private static FactId own(Fact check, FactId table) {
    return FactId.of(Kind.CONSTRAINT, table.name(0), table.name(1), check.id().lastName());
  }

  private static Stream<Fact> checks(FactId table, Schema schema) {
    return schema.childrenOf(table).stream()
        .filter(child -> child.id().kind() == Kind.CONSTRAINT && isInherited(child));
  }

  private static boolean isInherited(Fact constraint) {
    return constraint.text(Attribute.TYPE).equals("check")
        && !constraint.text(Attribute.DEFINITION).endsWith(" NO INHERIT");
  }

  private static Set<FactId> ancestors(FactId table, Schema schema) {
    Set<FactId> ancestors = new TreeSet<>();
    List<FactId> waiting = new ArrayList<>(List.of(table));
    while (!waiting.isEmpty()) {
      for (Fact link : schema.childrenOf(waiting.remove(0))) {
        boolean inherits =
            link.id().kind() == Kind.INHERITANCE || link.id().kind() == Kind.PARTITION;
        if (inherits && ancestors.add(PartitionRule.parentId(link))) {
          waiting.add(PartitionRule.parentId(link));
        }
      }
    }
    return ancestors;
  }

  /**
   * @param constraint a constraint that the plan makes
   * @param context both schemas and what else the plan does
   * @return that tables which are there inherit from its table, if they do from now on
   */
  static Set<FactId> comesAfter(Fact constraint, PlanContext context) {
    if (!isInherited(constraint)) {
      return Set.of();
    }
    Set<FactId> links = new TreeSet<>();
    List<FactId> waiting = new ArrayList<>(constraint.parent().stream().toList());
    Set<FactId> seen = new TreeSet<>();
    while (!waiting.isEmpty()) {
      FactId at = waiting.remove(0);
      for (Fact link : context.to().dependentsOf(at)) {
        FactId child = link.parent().orElse(link.id());
        boolean below =
            link.id().kind() == Kind.INHERITANCE && PartitionRule.parentId(link).equals(at);
        if (below && seen.add(link.id())) {
          waiting.add(child);
          if (context.created().contains(link.id()) && !context.created().contains(child)) {
            links.add(link.id());
          }
        }
      }
    }
    return Collections.unmodifiableSet(links);
  }
}
