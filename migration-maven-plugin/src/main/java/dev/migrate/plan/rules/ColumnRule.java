package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.NewColumn;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.plan.TypeChangeStrategy;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Note;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Planning rule for columns of tables. */
final class ColumnRule implements KindRule {
  private static final int FIRST_WITH_IDENTITY_OF_PARTITIONS = 17;

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.COLUMN);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>(ofChildrenToo(fact, context));
    if (TypedTables.attribute(fact.id(), context).isPresent()) {
      statements.addAll(inherited(fact));
    } else if (comesWithTable(fact, context)) {
      statements.add(add(alone(fact, context), context, ofParent(fact, context)));
    } else if (fact.has(Attribute.INHERITED)) {
      statements.addAll(inherited(fact));
    } else {
      if (context.included().contains(fact.id().as(Kind.DEFAULT))) {
        context
            .to()
            .find(fact.id().as(Kind.DEFAULT))
            .map(
                one ->
                    TimeZones.beforeDefault(
                        fact.id(), fact.text(Attribute.TYPE), one.text(Attribute.EXPRESSION)))
            .ifPresent(statements::addAll);
      }
      statements.add(add(fact, context, Optional.empty()));
    }
    statements.addAll(ColumnDefinition.settings(fact, context));
    return statements;
  }

  /** A child that says itself that it has the new column gets it first; the two become one. */
  private static List<Statement> ofChildrenToo(Fact fact, PlanContext context) {
    return context.to().dependentsOf(fact.id()).stream()
        .filter(child -> child.id().kind() == Kind.COLUMN && child.has(Attribute.INHERITED))
        .filter(child -> isLocal(child) && context.created().contains(child.id()))
        .filter(child -> !context.created().contains(child.parent().orElseThrow()))
        .map(child -> add(alone(child, context), context, ofParent(child, context)))
        .toList();
  }

  private static Statement add(Fact fact, PlanContext context, Optional<Fact> ofParent) {
    String table = qualified(fact.id());
    NewColumn column = ColumnDefinition.of(fact, context);
    Statement add =
        Statement.altering(
            fact.id(),
            new TableAction.AddColumn(
                false,
                ofParent
                    .map(one -> column.withDefault(Optional.of(one.text(Attribute.EXPRESSION))))
                    .orElse(column)));
    boolean filled =
        ofParent.isPresent()
            || context.included().contains(fact.id().as(Kind.DEFAULT))
            || context.included().contains(fact.id().as(Kind.IDENTITY))
            || fact.has(Attribute.GENERATED);
    if (fact.has(Attribute.NOT_NULL) && !filled) {
      add =
          add.with(
              new Hazard.MayFailOnRows(
                  "SELECT * FROM " + table + " LIMIT 1",
                  fact.id() + ": rows that exist have no value for it"));
    }
    if (fact.text(Attribute.GENERATED_KIND).equals("STORED")
        || context.included().contains(fact.id().as(Kind.IDENTITY))) {
      add = add.with(new Hazard.RewritesTable(table));
    }
    return add.with(new Hazard.Blocks("ACCESS EXCLUSIVE", table));
  }

  /**
   * A table that is there has to have all columns of the parent before it becomes a partition or
   * inherits.
   */
  private static boolean comesWithTable(Fact fact, PlanContext context) {
    FactId table = fact.parent().orElseThrow();
    return fact.has(Attribute.INHERITED)
        && context.from().has(table)
        && !context.created().contains(table)
        && context.to().childrenOf(table).stream()
            .map(Fact::id)
            .filter(id -> id.kind() == Kind.PARTITION || id.kind() == Kind.INHERITANCE)
            .anyMatch(context.created()::contains);
  }

  /** The default with which the rows of the table are filled. */
  private static Optional<Fact> ofParent(Fact fact, PlanContext context) {
    return context.to().has(fact.id().as(Kind.DEFAULT)) || fact.has(Attribute.GENERATED)
        ? Optional.empty()
        : Inheritance.defaultOf(fact, context.to());
  }

  @Override
  public Set<FactId> createsAfter(Fact fact, PlanContext context) {
    Optional<FactId> attribute = TypedTables.attribute(fact.id(), context);
    if (attribute.isPresent()) {
      return Set.of(attribute.get());
    }
    return comesWithTable(fact, context)
        ? ofParent(fact, context).map(one -> Set.of(one.id())).orElse(Set.of())
        : Set.of();
  }

  /** The column as a table without parent says it. */
  private static Fact alone(Fact fact, PlanContext context) {
    Fact.Builder alone =
        Inheritance.definition(fact, context.to())
            .copy()
            .id(fact.id())
            .flag(Attribute.INHERITED, false);
    Inheritance.notNull(fact, context.to()).ifPresent(said -> alone.flag(Attribute.NOT_NULL, true));
    return alone.build();
  }

  /** The column itself comes from the parent, or from the type of the table. */
  private static List<Statement> inherited(Fact fact) {
    return fact.has(Attribute.NOT_NULL) ? List.of(NotNull.set(fact)) : List.of();
  }

  @Override
  public Set<FactId> includes(Fact fact, PlanContext context) {
    FactId table = FactId.of(Kind.TABLE, fact.id().name(0), fact.id().name(1));
    Set<FactId> parts = new HashSet<>();
    boolean partition =
        context.created().contains(table)
            && context.created().contains(table.as(Kind.PARTITION))
            && !TableRule.bringsIndexes(table, context);
    if (!fact.has(Attribute.INHERITED)
        || isLocal(fact) && context.created().contains(table)
        || partition) {
      parts.add(fact.id().as(Kind.DEFAULT));
      if (!hasChildren(table, context)) {
        parts.add(fact.id().as(Kind.IDENTITY));
      }
      parts.addAll(SerialColumn.parts(fact, context));
    }
    return parts;
  }

  /** Whether the table says itself that it has the column, besides having it from a parent. */
  private static boolean isLocal(Fact column) {
    return column.has(Note.LOCAL);
  }

  /** PostgreSQL adds no identity column to a table and its children with one statement. */
  private static boolean hasChildren(FactId table, PlanContext context) {
    boolean partitionsTake = context.from().origin().major() >= FIRST_WITH_IDENTITY_OF_PARTITIONS;
    return !context.created().contains(table)
        && context.from().dependentsOf(table).stream()
            .map(Fact::id)
            .anyMatch(
                id ->
                    id.kind() == Kind.INHERITANCE
                        || id.kind() == Kind.PARTITION && !partitionsTake);
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    boolean comesFromElsewhere =
        fact.has(Attribute.INHERITED)
            && (!isLocal(fact)
                || fact.dependsOn().stream().anyMatch(on -> goesToo(on, fact, context)));
    if (comesFromElsewhere || TypedTables.attribute(fact.id(), context).isPresent()) {
      return List.of();
    }
    boolean childrenKeepIt =
        context.from().dependentsOf(fact.id()).stream()
            .anyMatch(
                child ->
                    child.id().kind() == Kind.COLUMN && !context.dropped().contains(child.id()));
    List<Statement> statements = new ArrayList<>();
    Statement drop =
        Statement.altering(
            fact.id(),
            qualified(fact.id()),
            childrenKeepIt,
            TableAction.Drop.column(quote(fact.id().lastName())));
    // What is generated is computed anew, wherever it is wanted again; a plain column is empty.
    boolean generated =
        Inheritance.definition(fact, context.from()).has(Attribute.GENERATED)
            && context
                .to()
                .find(fact.id())
                .filter(
                    after -> !Inheritance.definition(after, context.to()).has(Attribute.GENERATED))
                .isEmpty();
    statements.add(generated ? drop : drop.with(new Hazard.LosesData(fact.id().toString())));
    for (Fact child : context.from().dependentsOf(fact.id())) {
      if (goesToo(fact.id(), child, context) && isLocal(child)) {
        Fact alone = child.copy().flag(Attribute.INHERITED, false).build();
        statements.addAll(drop(alone, context));
      }
    }
    return statements;
  }

  /** Whether a column goes because, or after, the parent's of the same name does. */
  private static boolean goesToo(FactId ofParent, Fact column, PlanContext context) {
    return ofParent.kind() == Kind.COLUMN
        && column.id().kind() == Kind.COLUMN
        && column.has(Attribute.INHERITED)
        && ofParent.lastName().equals(column.id().lastName())
        && context.dropped().contains(ofParent)
        && context.dropped().contains(column.id())
        && context
            .from()
            .find(ofParent)
            .flatMap(Fact::parent)
            .filter(context.dropped()::contains)
            .isEmpty();
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    String alter = ColumnDefinition.alter(after.id());
    Alterations alterations = new Alterations(before, after);
    boolean attaches = before.has(Attribute.INHERITED) != after.has(Attribute.INHERITED);
    if (attaches) {
      AttachedColumn.alter(alterations, before, after, context);
    }
    boolean virtual = before.text(Attribute.GENERATED_KIND).equals("VIRTUAL");
    if (before.has(Attribute.GENERATED) && !after.has(Attribute.GENERATED) && !virtual) {
      alterations
          .add(
              Statement.altering(
                  after.id(), TableAction.Drop.part(quote(after.id().lastName()), "EXPRESSION")))
          .cover(Attribute.GENERATED)
          .cover(Attribute.GENERATED_KIND);
    } else if (before.has(Attribute.GENERATED) && canSetExpression(after, context)) {
      alterations.on(
          Attribute.GENERATED,
          () ->
              alterations.add(
                  Statement.altering(
                          after.id(),
                          new TableAction.SetExpression(
                              quote(after.id().lastName()), after.text(Attribute.GENERATED)))
                      .with(new Hazard.RewritesTable(qualified(after.id())))));
    }
    if (!attaches
        && (alterations.differs(Attribute.TYPE) || alterations.differs(Attribute.COLLATION))) {
      ColumnTypeAlteration.alter(alterations, before, after, context);
    }
    notNull(alterations, before, after, context);
    if (!after.has(Attribute.STORAGE)
        && !before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))) {
      alterations.cover(Attribute.STORAGE); // it has the storage of its new type by itself
    }
    return alterations
        .on(
            Attribute.STORAGE,
            () -> alterations.add(ColumnTypeAlteration.storage(alter, after, context)))
        .on(
            Attribute.COMPRESSION,
            () ->
                alterations.add(
                    alter
                        + " SET COMPRESSION "
                        + (after.has(Attribute.COMPRESSION)
                            ? after.text(Attribute.COMPRESSION)
                            : "DEFAULT")))
        .on(
            Attribute.STATISTICS,
            () ->
                alterations.add(
                    alter
                        + " SET STATISTICS "
                        + (after.has(Attribute.STATISTICS)
                            ? after.text(Attribute.STATISTICS)
                            : "-1")))
        .on(Attribute.OPTIONS, () -> StorageOptions.change(alterations, alter, before, after))
        .on(
            Attribute.FOREIGN_OPTIONS,
            () -> StorageOptions.changeForeign(alterations, alter, before, after))
        .orRecreate();
  }

  /** The rows of the table are a type too. */
  @Override
  public TypeChangeStrategy changes(Fact before, Fact after) {
    return before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))
        ? TypeChangeStrategy.FREE
        : TypeChangeStrategy.UNSTORED;
  }

  /**
   * A table leaves its old parent, and has the attributes of its type, before its columns change.
   */
  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, PlanContext context) {
    Stream<FactId> links =
        context.from().childrenOf(before.parent().orElseThrow()).stream()
            .map(Fact::id)
            .filter(id -> id.kind() == Kind.PARTITION || id.kind() == Kind.INHERITANCE);
    return Stream.concat(links, TypedTables.attribute(after.id(), context).stream())
        .collect(Collectors.toSet());
  }

  private static void notNull(
      Alterations alterations, Fact before, Fact after, PlanContext context) {
    if (!alterations.differs(Attribute.NOT_NULL)) {
      if (after.has(Attribute.NOT_NULL)) {
        NotNull.change(alterations, before, after, context);
      }
      return;
    }
    if (after.has(Attribute.NOT_NULL)) {
      alterations.add(NotNull.set(after));
    } else if (!parentSays(after, context)) {
      alterations.add(NotNull.dropped(after.id()));
    }
    NotNull.ATTRIBUTES.forEach(alterations::cover);
  }

  private static boolean parentSays(Fact column, PlanContext context) {
    return column.dependsOn().stream()
        .filter(id -> id.kind() == Kind.COLUMN && id.lastName().equals(column.id().lastName()))
        .map(id -> context.to().find(id))
        .anyMatch(
            parent ->
                parent
                    .filter(one -> one.has(Attribute.NOT_NULL) || parentSays(one, context))
                    .isPresent());
  }

  private static boolean canSetExpression(Fact after, PlanContext context) {
    return after.has(Attribute.GENERATED) && context.from().origin().major() >= 17;
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inTable(fact.id(), to, "COLUMN");
  }
}
