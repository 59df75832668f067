package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.Operation;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Planning rule for indexes that no constraint stands for. */
final class IndexRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.INDEX);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    boolean attached = AttachedIndexes.parent(fact).isPresent();
    if (attached && AttachedIndexes.madeByItself(fact, context)) {
      return AttachedIndexes.renamed(fact.id(), AttachedIndexes.usualName(fact), fact.id().name(1));
    }
    List<Statement> statements = new ArrayList<>();
    Statement create =
        Statement.of(
            fact.id(),
            new Operation.CreateIndex(
                fact.has(Attribute.UNIQUE),
                quote(fact.id().name(1)),
                AttachedIndexes.onlyParent(fact, context),
                table(fact),
                " " + body(fact)));
    if (!context.created().contains(fact.parent().orElseThrow())) {
      create =
          create
              .with(new Hazard.ScansTable(table(fact)))
              .with(new Hazard.Blocks("SHARE", table(fact)));
      if (fact.has(Attribute.UNIQUE)) {
        create = warned(create, fact, context);
      }
    }
    statements.add(create);
    if (attached) {
      statements.addAll(AttachedIndexes.attach(fact, fact.id().name(1), context));
    }
    if (fact.has(Attribute.CLUSTERED)) {
      statements.add(Statement.changing(fact.id(), cluster(fact)));
    }
    for (String target : fact.items(Attribute.STATISTICS_LIST)) {
      statements.add(Statement.changing(fact.id(), statistics(fact.id(), target)));
    }
    return statements;
  }

  private static Statement warned(Statement create, Fact fact, PlanContext context) {
    Fact table = context.to().find(fact.parent().orElseThrow()).orElseThrow();
    String definition = fact.text(Attribute.DEFINITION);
    List<String> columns = UniqueKeys.columns(definition);
    boolean nullsToo = definition.contains(" NULLS NOT DISTINCT");
    return !columns.isEmpty() && UniqueKeys.cannotFail(table, columns, nullsToo, context)
        ? create
        : create.with(
            new Hazard.MayFailOnRows(
                UniqueKeys.duplicates(table(fact), InListText.written(definition)),
                fact.id() + ": two rows may have the same value"));
  }

  private static String table(Fact fact) {
    return qualified(
        fact.items(Attribute.TABLE_LIST).get(0), fact.items(Attribute.TABLE_LIST).get(1));
  }

  /** {@code USING btree} is what everybody leaves out. */
  private static String body(Fact fact) {
    String definition = InListText.written(fact.text(Attribute.DEFINITION));
    String usual = "USING btree ";
    String body = definition.startsWith(usual) ? definition.substring(usual.length()) : definition;
    if (!fact.has(Attribute.TABLESPACE)) {
      return body;
    }
    String clause = " TABLESPACE " + quote(fact.text(Attribute.TABLESPACE));
    int where = body.lastIndexOf(" WHERE (");
    return where < 0 ? body + clause : body.substring(0, where) + clause + body.substring(where);
  }

  private static String cluster(Fact fact) {
    return "ALTER TABLE " + table(fact) + " CLUSTER ON " + quote(fact.id().name(1));
  }

  private static String statistics(FactId id, String target) {
    String[] parts = target.split(" ");
    return "ALTER INDEX "
        + qualified(id)
        + " ALTER COLUMN "
        + parts[0]
        + " SET STATISTICS "
        + parts[1];
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    boolean cascade = AttachedIndexes.holdsConstraints(fact.id(), context.from());
    return List.of(
        Statement.of(fact.id(), new Operation.DropIndex(qualified(fact.id()), cascade))
            .with(new Hazard.Blocks("ACCESS EXCLUSIVE", table(fact))));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    if (alterations.differs(Attribute.PARTITION_OF)) {
      AttachedIndexes.change(before, after, after.id().name(1), context)
          .ifPresent(statements -> alterations.addAll(statements).cover(Attribute.PARTITION_OF));
    }
    if (AttachedIndexes.becomesValid(before, after, context)) {
      alterations.cover(Attribute.INVALID);
    }
    return alterations
        .on(
            Attribute.CLUSTERED,
            () ->
                alterations.add(
                    after.has(Attribute.CLUSTERED)
                        ? cluster(after)
                        : "ALTER TABLE " + table(after) + " SET WITHOUT CLUSTER"))
        .on(
            Attribute.STATISTICS,
            () -> {
              for (String target : before.items(Attribute.STATISTICS_LIST)) {
                alterations.add(statistics(after.id(), target.split(" ")[0] + " -1"));
              }
              after
                  .items(Attribute.STATISTICS_LIST)
                  .forEach(target -> alterations.add(statistics(after.id(), target)));
            })
        .on(
            Attribute.TABLESPACE,
            () ->
                alterations.add(
                    Statement.of(
                        after.id(),
                        new Operation.SetTablespace(
                            "INDEX " + qualified(after.id()), TableRule.tablespace(after)))))
        .cover(Attribute.KEY_NAMES)
        .orRecreate();
  }

  @Override
  public Set<FactId> createsAfter(Fact fact, PlanContext context) {
    return AttachedIndexes.partitionsBefore(fact, context);
  }

  @Override
  public Set<FactId> dropsAlong(Fact fact, PlanContext context) {
    return AttachedIndexes.dropsAlong(fact, context);
  }

  @Override
  public Optional<FactId> dropsWith(Fact fact) {
    return AttachedIndexes.parent(fact);
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of(ObjectReference.relationName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
