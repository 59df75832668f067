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
import dev.migrate.plan.ValueCarryover;
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
  private static final int FIRST_WITH_NAMED_NOT_NULL = 18;
  private static final int FIRST_WITH_STORAGE_DEFAULT = 16;

  /** What an identity can be, the smallest first. */
  private static final List<String> INTEGERS = List.of("smallint", "integer", "bigint");

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
                  "SELECT 1 FROM " + table + " LIMIT 1",
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
      attach(alterations, before, after, context);
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
      type(alterations, before, after, context);
    }
    notNull(alterations, before, after, context);
    if (!after.has(Attribute.STORAGE)
        && !before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))) {
      alterations.cover(Attribute.STORAGE); // it has the storage of its new type by itself
    }
    return alterations
        .on(Attribute.STORAGE, () -> alterations.add(storage(alter, after, context)))
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
  public ValueCarryover changes(Fact before, Fact after) {
    return before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))
        ? ValueCarryover.FREE
        : ValueCarryover.UNSTORED;
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

  /** A column becomes the parent's, or stops to be, when the table is attached or detached. */
  private static void attach(
      Alterations alterations, Fact before, Fact after, PlanContext context) {
    if (after.has(Attribute.INHERITED)) {
      Fact parent = Inheritance.definition(after, context.to()).copy().id(after.id()).build();
      if (!before.text(Attribute.TYPE).equals(parent.text(Attribute.TYPE))
          || !before.text(Attribute.COLLATION).equals(parent.text(Attribute.COLLATION))) {
        type(alterations, before, parent, context);
      }
      attachNotNull(alterations, before, after, context);
    } else if (after.has(Attribute.NOT_NULL)
        && context.from().origin().major() >= FIRST_WITH_NAMED_NOT_NULL) {
      NotNull.rename(
          alterations,
          after.id(),
          NotNull.name(Inheritance.definition(before, context.from())),
          NotNull.name(after));
    }
    if (!after.has(Attribute.INHERITED) && keepsParentsDefault(before, after, context)) {
      alterations.add(
          Statement.altering(
              after.id(), TableAction.Drop.part(quote(after.id().lastName()), "DEFAULT")));
    }
    alterations.cover(Attribute.INHERITED).cover(Attribute.TYPE).cover(Attribute.COLLATION);
    alterations.cover(Attribute.GENERATED).cover(Attribute.GENERATED_KIND);
    NotNull.ATTRIBUTES.forEach(alterations::cover);
  }

  /**
   * Since PostgreSQL 18 the parent's NOT NULL has a name, and a partition that is made has it too;
   * so gets one that is attached, since nobody can rename it afterwards.
   */
  private static void attachNotNull(
      Alterations alterations, Fact before, Fact after, PlanContext context) {
    Optional<Fact> said = Inheritance.notNull(after, context.to());
    if (said.isEmpty()) {
      if (before.has(Attribute.NOT_NULL)) {
        alterations.add(NotNull.dropped(after.id()));
      }
      return;
    }
    String name = NotNull.name(said.get());
    boolean named = context.from().origin().major() >= FIRST_WITH_NAMED_NOT_NULL;
    if (before.has(Attribute.NOT_NULL)) {
      if (named) {
        NotNull.rename(alterations, after.id(), NotNull.name(before), name);
      }
      return;
    }
    boolean usual = name.equals(NotNull.usualName(after.id()));
    alterations.add(
        NotNull.set(
            after.copy().text(Attribute.NOT_NULL_NAME, named && !usual ? name : null).build()));
  }

  /** What a column had from its parent it keeps as its own when it is the parent's no more. */
  private static boolean keepsParentsDefault(Fact before, Fact after, PlanContext context) {
    FactId own = after.id().as(Kind.DEFAULT);
    return !context.to().has(own)
        && !context.from().has(own)
        && Inheritance.defaultOf(before, context.from()).isPresent();
  }

  private static boolean canSetExpression(Fact after, PlanContext context) {
    return after.has(Attribute.GENERATED) && context.from().origin().major() >= 17;
  }

  private static Statement storage(String alter, Fact after, PlanContext context) {
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

  private static void type(Alterations alterations, Fact before, Fact after, PlanContext context) {
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
    alterations.addAll(resetByType(after, context));
    alterations.inTheWay(
        dependent ->
            reads(dependent, after.id())
                ? inTheWayOfType(dependent, cast) || isKeyOf(dependent, twice)
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
  static List<Statement> resetByType(Fact after, PlanContext context) {
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
        statements.addAll(resetByType(dependent, context));
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
  static boolean inTheWayOfType(Fact dependent, boolean cast) {
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

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inTable(fact.id(), to, "COLUMN");
  }
}
