package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.plan.TypeChangeStrategy;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Planning rule for composite types with their attributes. */
final class CompositeRule implements KindRule {
  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.COMPOSITE_TYPE, Kind.ATTRIBUTE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    if (fact.id().kind() == Kind.ATTRIBUTE) {
      return List.of(
          Statement.creating(
              fact.id(),
              alter(fact.id())
                  + " ADD ATTRIBUTE "
                  + attribute(fact)
                  + cascade(fact.id(), context)));
    }
    List<String> attributes = new ArrayList<>();
    for (String name : context.to().columnOrder().getOrDefault(fact.id(), List.of())) {
      FactId id = FactId.of(Kind.ATTRIBUTE, fact.id().name(0), fact.id().name(1), name);
      if (context.included().contains(id)) {
        attributes.add("\n    " + attribute(context.to().find(id).orElseThrow()));
      }
    }
    return List.of(
        Statement.creating(
            fact.id(),
            "CREATE TYPE "
                + qualified(fact.id())
                + " AS ("
                + String.join(",", attributes)
                + (attributes.isEmpty() ? ")" : "\n)")));
  }

  private static String alter(FactId id) {
    return "ALTER TYPE " + qualified(id);
  }

  /** Tables of the type follow only when they are asked to. */
  private static String cascade(FactId attribute, PlanContext context) {
    return TypedTables.columns(attribute, context).isEmpty() ? "" : " CASCADE";
  }

  private static String attribute(Fact fact) {
    return quote(fact.id().lastName())
        + " "
        + fact.text(Attribute.TYPE)
        + (fact.has(Attribute.COLLATION) ? " COLLATE " + fact.text(Attribute.COLLATION) : "");
  }

  @Override
  public Set<FactId> includes(Fact fact, PlanContext context) {
    return context.to().childrenOf(fact.id()).stream()
        .map(Fact::id)
        .filter(id -> id.kind() == Kind.ATTRIBUTE)
        .collect(Collectors.toSet());
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    if (fact.id().kind() != Kind.ATTRIBUTE) {
      return List.of(Statement.dropping(fact.id(), "DROP TYPE " + qualified(fact.id())));
    }
    Statement drop =
        Statement.changing(
                fact.id(),
                alter(fact.id())
                    + " DROP ATTRIBUTE "
                    + quote(fact.id().lastName())
                    + cascade(fact.id(), context))
            .with(new Hazard.LosesData(fact.id().toString()));
    for (FactId column : TypedTables.columns(fact.id(), context)) {
      drop = drop.with(new Hazard.LosesData(column.toString()));
    }
    return List.of(drop);
  }

  /** What reads a column that goes with the attribute goes first. */
  @Override
  public Set<FactId> dropsAfter(Fact fact, PlanContext context) {
    return fact.id().kind() == Kind.ATTRIBUTE
        ? Set.copyOf(TypedTables.columns(fact.id(), context))
        : Set.of();
  }

  /** What is in the way of a column that changes with the attribute goes first. */
  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, PlanContext context) {
    return after.id().kind() == Kind.ATTRIBUTE
        ? TypedTables.columns(after.id(), context).stream()
            .flatMap(column -> context.from().dependentsOf(column).stream())
            .map(Fact::id)
            .collect(Collectors.toSet())
        : Set.of();
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    Alterations alterations = new Alterations(before, after);
    if (after.id().kind() == Kind.ATTRIBUTE) {
      if (alterations.differs(Attribute.TYPE) || alterations.differs(Attribute.COLLATION)) {
        Statement statement =
            Statement.changing(
                after.id(),
                alter(after.id())
                    + " ALTER ATTRIBUTE "
                    + quote(after.id().lastName())
                    + " TYPE "
                    + after.text(Attribute.TYPE)
                    + (after.has(Attribute.COLLATION)
                        ? " COLLATE " + after.text(Attribute.COLLATION)
                        : "")
                    + cascade(after.id(), context));
        TypeChange change = TypeChange.of(before, after, context.from(), context.to());
        for (FactId column : TypedTables.columns(after.id(), context)) {
          if (TypeChange.crossesZones(before, after, context.from(), context.to())) {
            alterations.add(TimeZones.session(column));
          }
          statement =
              change
                  .warned(statement, column)
                  .with(new Hazard.RewritesTable(qualified(column)))
                  .with(new Hazard.Blocks("ACCESS EXCLUSIVE", qualified(column)));
        }
        if (needsUsing(before, after, context)) {
          asTablesOfTheirOwn(alterations, before, after, context);
        } else {
          alterations.add(statement);
        }
        alterations
            .cover(Attribute.TYPE)
            .cover(Attribute.COLLATION)
            .inTheWay(dependent -> ColumnTypeAlteration.isInTheWay(dependent, true));
      }
    }
    return alterations.orRecreate();
  }

  /** ALTER TYPE has no place for the expression that a table of the type needs. */
  private static boolean needsUsing(Fact before, Fact after, PlanContext context) {
    String old = TypeChange.plain(before, context.from());
    String wanted = TypeChange.plain(after, context.to());
    return !TypedTables.columns(after.id(), context).isEmpty()
        && (TypeFamily.needsCast(before.text(Attribute.TYPE), after.text(Attribute.TYPE))
            || conversion(after.id(), old, wanted, after, context).isPresent());
  }

  private static Optional<ValueConversion> conversion(
      FactId column, String old, String wanted, Fact after, PlanContext context) {
    return ValueConversion.of(column, old, wanted, TypeChange.isComposite(after, context.to()));
  }

  /** The tables leave the type, change by themselves, and are of the type again. */
  private static void asTablesOfTheirOwn(
      Alterations alterations, Fact before, Fact after, PlanContext context) {
    List<FactId> columns = TypedTables.columns(after.id(), context);
    for (FactId column : columns) {
      alterations.add(
          Statement.changing(table(column), "ALTER TABLE " + qualified(column) + " NOT OF"));
    }
    String type =
        after.text(Attribute.TYPE)
            + (after.has(Attribute.COLLATION) ? " COLLATE " + after.text(Attribute.COLLATION) : "");
    alterations.add(
        alter(after.id()) + " ALTER ATTRIBUTE " + quote(after.id().lastName()) + " TYPE " + type);
    String old = TypeChange.plain(before, context.from());
    String wanted = TypeChange.plain(after, context.to());
    TypeChange change = TypeChange.of(before, after, context.from(), context.to());
    for (FactId column : columns) {
      Optional<ValueConversion> converted = conversion(column, old, wanted, after, context);
      converted.ifPresent(one -> alterations.addAll(one.before()));
      Statement statement =
          Statement.altering(
              column,
              new TableAction.ChangeType(
                  quote(column.lastName()),
                  type,
                  Optional.of(
                      TableAction.Using.of(
                          converted
                              .map(ValueConversion::using)
                              .orElseGet(
                                  () ->
                                      quote(column.lastName())
                                          + TypeFamily.cast(
                                              before.text(Attribute.TYPE),
                                              after.text(Attribute.TYPE)))))));
      alterations.add(
          change
              .warned(statement, column)
              .with(new Hazard.RewritesTable(qualified(column)))
              .with(new Hazard.Blocks("ACCESS EXCLUSIVE", qualified(column))));
      converted.ifPresent(one -> alterations.addAll(one.after()));
      alterations.add(
          Statement.changing(
              table(column), "ALTER TABLE " + qualified(column) + " OF " + qualified(after.id())));
    }
  }

  private static FactId table(FactId column) {
    return FactId.of(Kind.TABLE, column.name(0), column.name(1));
  }

  @Override
  public TypeChangeStrategy changes(Fact before, Fact after) {
    return after.id().kind() == Kind.ATTRIBUTE
        ? TypeChangeStrategy.UNSTORED
        : TypeChangeStrategy.FREE;
  }

  @Override
  public Set<String> takes(Fact fact) {
    return fact.id().kind() == Kind.ATTRIBUTE
        ? Set.of()
        : Set.of(ObjectReference.typeName(fact.id()), ObjectReference.relationName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return fact.id().kind() == Kind.ATTRIBUTE
        ? List.of(
            Statement.changing(
                to,
                alter(fact.id())
                    + " RENAME ATTRIBUTE "
                    + quote(fact.id().lastName())
                    + " TO "
                    + quote(to.lastName())
                    + (TypedTables.of(fact.id(), schema).isEmpty() ? "" : " CASCADE")))
        : RenameText.inSchema(fact.id(), to, schema);
  }
}
