package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
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

/**
 * Plans ALTER COLUMN TYPE: what PostgreSQL drops then and has to be made again, and what stands in
 * the way.
 */
final class ColumnTypeAlteration {
  private static final int FIRST_WITH_STORAGE_DEFAULT = 16;

  /** What an identity can be, the smallest first. */
  private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");

  private ColumnTypeAlteration() {}

  static void alter(Alterations alterations, Fact before, Fact after, PlanContext context) {
    String table = qualified(after.id());
    String name = quote(after.id().lastName());
    String wanted = after.text(Attribute.TYPE);
    String old = before.text(Attribute.TYPE);
    String plainOld = TypeChange.plain(before, context.from());
    String plainWanted = TypeChange.plain(after, context.to());
    Optional<TableAction.Using> zoned = TimeZones.using(plainOld, plainWanted, name);
    Optional<ValueConversion> converted =
        ValueConversion.of(
            after.id(), plainOld, plainWanted, TypeChange.isComposite(after, context.to()));
    boolean cast = zoned.isPresent() || converted.isPresent() || TypeFamily.needsCast(old, wanted);
    Statement statement =
        Statement.altering(
            after.id(),
            new TableAction.ChangeType(
                name,
                wanted
                    + (after.has(Attribute.COLLATION)
                        ? " COLLATE " + after.text(Attribute.COLLATION)
                        : ""),
                zoned
                    .or(() -> converted.map(one -> TableAction.Using.of(one.using())))
                    .or(
                        () ->
                            cast
                                ? Optional.of(
                                    TableAction.Using.of(name + TypeFamily.cast(old, wanted)))
                                : Optional.empty())));
    if (zoned.isPresent()) {
      statement = statement.with(TimeZones.assumed(after.id()));
    } else if ((TimeZones.decide(plainOld, plainWanted)
            || ParkedColumn.of(before, after, context)
                .filter(one -> one.crossesZones(context))
                .isPresent())
        && TypedTables.attribute(after.id(), context).isEmpty()) {
      alterations.add(TimeZones.session(after.id()));
    }
    statement =
        ParkedColumn.of(before, after, context)
            .map(one -> one.change(before, context))
            .orElseGet(() -> TypeChange.of(before, after, context.from(), context.to()))
            .warned(statement, after.id());
    List<Fact> twice = NotNull.saidTwice(before, context.from());
    if (TypedTables.attribute(after.id(), context).isEmpty()) {
      narrowIdentity(alterations, after, context);
      converted.ifPresent(one -> alterations.addAll(one.before()));
      alterations.addAll(NotNull.released(twice));
      alterations.add(
          statement
              .with(new Hazard.RewritesTable(table))
              .with(new Hazard.Blocks("ACCESS EXCLUSIVE", table)));
      alterations.addAll(NotNull.again(twice, context.to()));
      converted.ifPresent(one -> alterations.addAll(one.after()));
    }
    alterations.cover(Attribute.TYPE).cover(Attribute.COLLATION);
    alterations.addAll(reset(after, context));
    alterations.inTheWay(
        dependent ->
            reads(dependent, after.id())
                ? isInTheWay(dependent, cast) || isKeyOf(dependent, twice)
                : keepsRows(dependent, table));
  }

  /** NOT NULL does not leave a primary key. */
  private static boolean isKeyOf(Fact dependent, List<Fact> columns) {
    return dependent.text(Attribute.TYPE).equals("primary key")
        && columns.stream()
            .flatMap(column -> column.parent().stream())
            .anyMatch(table -> dependent.parent().filter(table::equals).isPresent());
  }

  /** Whether something depends on a column, or on one that a table has from it. */
  private static boolean reads(Fact dependent, FactId column) {
    return dependent.dependsOn().stream()
        .anyMatch(on -> on.kind() == Kind.COLUMN && on.lastName().equals(column.lastName()));
  }

  /**
   * What PostgreSQL forgets when the type changes, of the column and of those that have it from
   * there: storage, compression, and the target of statistics that it makes again.
   */
  static List<Statement> reset(Fact after, PlanContext context) {
    String alter = ColumnDefinition.alter(after.id());
    Optional<Fact> before = context.from().find(after.id());
    List<Statement> statements = new ArrayList<>();
    if (before.filter(one -> same(Attribute.STORAGE, one, after)).isPresent()) {
      statements.add(storage(alter, after, context));
    }
    if (before.filter(one -> same(Attribute.COMPRESSION, one, after)).isPresent()) {
      statements.add(
          Statement.changing(
              after.id(), alter + " SET COMPRESSION " + after.text(Attribute.COMPRESSION)));
    }
    for (Fact dependent : context.to().dependentsOf(after.id())) {
      Optional<Fact> old = context.from().find(dependent.id());
      if (dependent.id().kind() == Kind.STATISTICS
          && old.filter(one -> same(Attribute.TARGET, one, dependent)).isPresent()) {
        statements.add(
            Statement.changing(
                dependent.id(),
                "ALTER STATISTICS "
                    + qualified(dependent.id())
                    + " SET STATISTICS "
                    + dependent.text(Attribute.TARGET)));
      } else if (dependent.id().kind() == Kind.COLUMN
          && dependent.has(Attribute.INHERITED)
          && dependent.id().lastName().equals(after.id().lastName())) {
        statements.addAll(reset(dependent, context));
      }
    }
    return statements;
  }

  private static boolean same(Attribute<String> attribute, Fact before, Fact after) {
    return after.has(attribute) && after.text(attribute).equals(before.text(attribute));
  }

  /** The bounds of the sequence behind must fit the smaller type before the column gets it. */
  private static void narrowIdentity(Alterations alterations, Fact after, PlanContext context) {
    FactId id = after.id().as(Kind.IDENTITY);
    Optional<Fact> old = context.from().find(id);
    Optional<Fact> wanted = context.to().find(id);
    if (old.isPresent()
        && wanted.isPresent()
        && INTEGERS.indexOf(wanted.get().text(Attribute.TYPE))
            < INTEGERS.indexOf(old.get().text(Attribute.TYPE))) {
      alterations.add(
          ColumnDefinition.alter(after.id())
              + " SET MINVALUE "
              + wanted.get().text(Attribute.MINIMUM)
              + " SET MAXVALUE "
              + wanted.get().text(Attribute.MAXIMUM));
    }
  }

  /** Whether a materialized view has the table's row as the type of a column. */
  private static boolean keepsRows(Fact dependent, String table) {
    return dependent.id().kind() == Kind.MATERIALIZED_VIEW
        && dependent.items(Attribute.COLUMNS).stream()
            .anyMatch(column -> column.endsWith(" " + table));
  }

  /** What PostgreSQL refuses to carry over when the type of a column changes. */
  static boolean isInTheWay(Fact dependent, boolean cast) {
    return switch (dependent.id().kind()) {
      case VIEW, MATERIALIZED_VIEW, RULE, POLICY, TRIGGER, FUNCTION, PROCEDURE, PUBLICATION_TABLE ->
          true;
      case COLUMN -> dependent.has(Attribute.GENERATED);
      case DEFAULT -> cast;
      // It is made again, and the foreign keys that refer to it do not let it go.
      case CONSTRAINT -> cast || dependent.text(Attribute.DEFINITION).contains(" INCLUDE (");
      case INDEX -> cast && dependent.text(Attribute.DEFINITION).contains(" WHERE ");
      case STATISTICS -> cast;
      default -> false;
    };
  }

  static Statement storage(String alter, Fact after, PlanContext context) {
    String usual =
        context.from().origin().major() >= FIRST_WITH_STORAGE_DEFAULT
            ? "DEFAULT"
            : TypeFamily.storage(TypeChange.plain(after, context.to()));
    return Statement.changing(
        after.id(),
        alter
            + " SET STORAGE "
            + (after.has(Attribute.STORAGE) ? after.text(Attribute.STORAGE) : usual));
  }
}
