package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Carrying;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.NewColumn;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Columns of tables. */
final class ColumnRule implements Rule {
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
  public List<Statement> create(Fact fact, Scene scene) {
    List<Statement> statements = new ArrayList<>(ofChildrenToo(fact, scene));
    if (TypedTables.attribute(fact.id(), scene).isPresent()) {
      statements.addAll(inherited(fact));
    } else if (comesWithTable(fact, scene)) {
      statements.add(add(alone(fact, scene), scene, ofParent(fact, scene)));
    } else if (fact.has(Attribute.INHERITED)) {
      statements.addAll(inherited(fact));
    } else {
      if (scene.included().contains(fact.id().as(Kind.DEFAULT))) {
        scene
            .to()
            .find(fact.id().as(Kind.DEFAULT))
            .map(
                one ->
                    TimeZones.beforeDefault(
                        fact.id(), fact.text(Attribute.TYPE), one.text(Attribute.EXPRESSION)))
            .ifPresent(statements::addAll);
      }
      statements.add(add(fact, scene, Optional.empty()));
    }
    statements.addAll(ColumnDefinition.settings(fact, scene));
    return statements;
  }

  /** A child that says itself that it has the new column gets it first; the two become one. */
  private static List<Statement> ofChildrenToo(Fact fact, Scene scene) {
    return scene.to().dependentsOf(fact.id()).stream()
        .filter(child -> child.id().kind() == Kind.COLUMN && child.has(Attribute.INHERITED))
        .filter(child -> isLocal(child) && scene.created().contains(child.id()))
        .filter(child -> !scene.created().contains(child.parent().orElseThrow()))
        .map(child -> add(alone(child, scene), scene, ofParent(child, scene)))
        .toList();
  }

  private static Statement add(Fact fact, Scene scene, Optional<Fact> ofParent) {
    String table = qualified(fact.id());
    NewColumn column = ColumnDefinition.of(fact, scene);
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
            || scene.included().contains(fact.id().as(Kind.DEFAULT))
            || scene.included().contains(fact.id().as(Kind.IDENTITY))
            || fact.has(Attribute.GENERATED);
    if (fact.has(Attribute.NOT_NULL) && !filled) {
      add =
          add.with(
              new Hazard.MayFailOnRows(
                  "SELECT 1 FROM " + table + " LIMIT 1",
                  fact.id() + ": rows that exist have no value for it"));
    }
    if (fact.text(Attribute.GENERATED_KIND).equals("STORED")
        || scene.included().contains(fact.id().as(Kind.IDENTITY))) {
      add = add.with(new Hazard.RewritesTable(table));
    }
    return add.with(new Hazard.Blocks("ACCESS EXCLUSIVE", table));
  }

  /**
   * A table that is there has to have all columns of the parent before it becomes a partition or
   * inherits.
   */
  private static boolean comesWithTable(Fact fact, Scene scene) {
    FactId table = fact.parent().orElseThrow();
    return fact.has(Attribute.INHERITED)
        && scene.from().has(table)
        && !scene.created().contains(table)
        && scene.to().childrenOf(table).stream()
            .map(Fact::id)
            .filter(id -> id.kind() == Kind.PARTITION || id.kind() == Kind.INHERITANCE)
            .anyMatch(scene.created()::contains);
  }

  /** The default with which the rows of the table are filled. */
  private static Optional<Fact> ofParent(Fact fact, Scene scene) {
    return scene.to().has(fact.id().as(Kind.DEFAULT)) || fact.has(Attribute.GENERATED)
        ? Optional.empty()
        : Inheritance.defaultOf(fact, scene.to());
  }

  @Override
  public Set<FactId> createsAfter(Fact fact, Scene scene) {
    Optional<FactId> attribute = TypedTables.attribute(fact.id(), scene);
    if (attribute.isPresent()) {
      return Set.of(attribute.get());
    }
    return comesWithTable(fact, scene)
        ? ofParent(fact, scene).map(one -> Set.of(one.id())).orElse(Set.of())
        : Set.of();
  }

  /** The column as a table without parent says it. */
  private static Fact alone(Fact fact, Scene scene) {
    Fact.Builder alone =
        Inheritance.definition(fact, scene.to())
            .copy()
            .id(fact.id())
            .flag(Attribute.INHERITED, false);
    Inheritance.notNull(fact, scene.to()).ifPresent(said -> alone.flag(Attribute.NOT_NULL, true));
    return alone.build();
  }

  /** The column itself comes from the parent, or from the type of the table. */
  private static List<Statement> inherited(Fact fact) {
    return fact.has(Attribute.NOT_NULL) ? List.of(NotNull.set(fact)) : List.of();
  }

  @Override
  public Set<FactId> includes(Fact fact, Scene scene) {
    FactId table = FactId.of(Kind.TABLE, fact.id().name(0), fact.id().name(1));
    Set<FactId> parts = new HashSet<>();
    boolean partition =
        scene.created().contains(table)
            && scene.created().contains(table.as(Kind.PARTITION))
            && !TableRule.bringsIndexes(table, scene);
    if (!fact.has(Attribute.INHERITED)
        || isLocal(fact) && scene.created().contains(table)
        || partition) {
      parts.add(fact.id().as(Kind.DEFAULT));
      if (!hasChildren(table, scene)) {
        parts.add(fact.id().as(Kind.IDENTITY));
      }
      parts.addAll(Serial.parts(fact, scene));
    }
    return parts;
  }

  /** Whether the table says itself that it has the column, besides having it from a parent. */
  private static boolean isLocal(Fact column) {
    return column.notes().contains("local");
  }

  /** PostgreSQL adds no identity column to a table and its children with one statement. */
  private static boolean hasChildren(FactId table, Scene scene) {
    boolean partitionsTake = scene.from().origin().major() >= FIRST_WITH_IDENTITY_OF_PARTITIONS;
    return !scene.created().contains(table)
        && scene.from().dependentsOf(table).stream()
            .map(Fact::id)
            .anyMatch(
                id ->
                    id.kind() == Kind.INHERITANCE
                        || id.kind() == Kind.PARTITION && !partitionsTake);
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    boolean comesFromElsewhere =
        fact.has(Attribute.INHERITED)
            && (!isLocal(fact)
                || fact.dependsOn().stream().anyMatch(on -> goesToo(on, fact, scene)));
    if (comesFromElsewhere || TypedTables.attribute(fact.id(), scene).isPresent()) {
      return List.of();
    }
    boolean childrenKeepIt =
        scene.from().dependentsOf(fact.id()).stream()
            .anyMatch(
                child -> child.id().kind() == Kind.COLUMN && !scene.dropped().contains(child.id()));
    List<Statement> statements = new ArrayList<>();
    Statement drop =
        Statement.of(
            fact.id(),
            new Operation.AlterTable(
                qualified(fact.id()),
                childrenKeepIt,
                List.of(TableAction.Drop.column(quote(fact.id().lastName())))));
    // What is generated is computed anew, wherever it is wanted again; a plain column is empty.
    boolean generated =
        Inheritance.definition(fact, scene.from()).has(Attribute.GENERATED)
            && scene
                .to()
                .find(fact.id())
                .filter(
                    after -> !Inheritance.definition(after, scene.to()).has(Attribute.GENERATED))
                .isEmpty();
    statements.add(generated ? drop : drop.with(new Hazard.LosesData(fact.id().toString())));
    for (Fact child : scene.from().dependentsOf(fact.id())) {
      if (goesToo(fact.id(), child, scene) && isLocal(child)) {
        Fact alone = child.copy().flag(Attribute.INHERITED, false).build();
        statements.addAll(drop(alone, scene));
      }
    }
    return statements;
  }

  /** Whether a column goes because, or after, the parent's of the same name does. */
  private static boolean goesToo(FactId ofParent, Fact column, Scene scene) {
    return ofParent.kind() == Kind.COLUMN
        && column.id().kind() == Kind.COLUMN
        && column.has(Attribute.INHERITED)
        && ofParent.lastName().equals(column.id().lastName())
        && scene.dropped().contains(ofParent)
        && scene.dropped().contains(column.id())
        && scene
            .from()
            .find(ofParent)
            .flatMap(Fact::parent)
            .filter(scene.dropped()::contains)
            .isEmpty();
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    String alter = ColumnDefinition.alter(after.id());
    Alterations alterations = new Alterations(before, after);
    boolean attaches = before.has(Attribute.INHERITED) != after.has(Attribute.INHERITED);
    if (attaches) {
      attach(alterations, before, after, scene);
    }
    boolean virtual = before.text(Attribute.GENERATED_KIND).equals("VIRTUAL");
    if (before.has(Attribute.GENERATED) && !after.has(Attribute.GENERATED) && !virtual) {
      alterations
          .add(
              Statement.altering(
                  after.id(), TableAction.Drop.part(quote(after.id().lastName()), "EXPRESSION")))
          .cover(Attribute.GENERATED)
          .cover(Attribute.GENERATED_KIND);
    } else if (before.has(Attribute.GENERATED) && canSetExpression(after, scene)) {
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
      type(alterations, before, after, scene);
    }
    notNull(alterations, before, after, scene);
    if (!after.has(Attribute.STORAGE)
        && !before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))) {
      alterations.cover(Attribute.STORAGE); // it has the storage of its new type by itself
    }
    return alterations
        .on(Attribute.STORAGE, () -> alterations.add(storage(alter, after, scene)))
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
        .on(Attribute.OPTIONS, () -> Options.change(alterations, alter, before, after))
        .on(
            Attribute.FOREIGN_OPTIONS,
            () -> Options.changeForeign(alterations, alter, before, after))
        .orRecreate();
  }

  /** The rows of the table are a type too. */
  @Override
  public Carrying changes(Fact before, Fact after) {
    return before.text(Attribute.TYPE).equals(after.text(Attribute.TYPE))
        ? Carrying.FREE
        : Carrying.UNSTORED;
  }

  /**
   * A table leaves its old parent, and has the attributes of its type, before its columns change.
   */
  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, Scene scene) {
    Stream<FactId> links =
        scene.from().childrenOf(before.parent().orElseThrow()).stream()
            .map(Fact::id)
            .filter(id -> id.kind() == Kind.PARTITION || id.kind() == Kind.INHERITANCE);
    return Stream.concat(links, TypedTables.attribute(after.id(), scene).stream())
        .collect(Collectors.toSet());
  }

  private static void notNull(Alterations alterations, Fact before, Fact after, Scene scene) {
    if (!alterations.differs(Attribute.NOT_NULL)) {
      if (after.has(Attribute.NOT_NULL)) {
        NotNull.change(alterations, before, after, scene);
      }
      return;
    }
    if (after.has(Attribute.NOT_NULL)) {
      alterations.add(NotNull.set(after));
    } else if (!parentSays(after, scene)) {
      alterations.add(NotNull.dropped(after.id()));
    }
    NotNull.ATTRIBUTES.forEach(alterations::cover);
  }

  private static boolean parentSays(Fact column, Scene scene) {
    return column.dependsOn().stream()
        .filter(id -> id.kind() == Kind.COLUMN && id.lastName().equals(column.id().lastName()))
        .map(id -> scene.to().find(id))
        .anyMatch(
            parent ->
                parent
                    .filter(one -> one.has(Attribute.NOT_NULL) || parentSays(one, scene))
                    .isPresent());
  }

  /** A column becomes the parent's, or stops to be, when the table is attached or detached. */
  private static void attach(Alterations alterations, Fact before, Fact after, Scene scene) {
    if (after.has(Attribute.INHERITED)) {
      Fact parent = Inheritance.definition(after, scene.to()).copy().id(after.id()).build();
      if (!before.text(Attribute.TYPE).equals(parent.text(Attribute.TYPE))
          || !before.text(Attribute.COLLATION).equals(parent.text(Attribute.COLLATION))) {
        type(alterations, before, parent, scene);
      }
      attachNotNull(alterations, before, after, scene);
    } else if (after.has(Attribute.NOT_NULL)
        && scene.from().origin().major() >= FIRST_WITH_NAMED_NOT_NULL) {
      NotNull.rename(
          alterations,
          after.id(),
          NotNull.name(Inheritance.definition(before, scene.from())),
          NotNull.name(after));
    }
    if (!after.has(Attribute.INHERITED) && keepsParentsDefault(before, after, scene)) {
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
  private static void attachNotNull(Alterations alterations, Fact before, Fact after, Scene scene) {
    Optional<Fact> said = Inheritance.notNull(after, scene.to());
    if (said.isEmpty()) {
      if (before.has(Attribute.NOT_NULL)) {
        alterations.add(NotNull.dropped(after.id()));
      }
      return;
    }
    String name = NotNull.name(said.get());
    boolean named = scene.from().origin().major() >= FIRST_WITH_NAMED_NOT_NULL;
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
  private static boolean keepsParentsDefault(Fact before, Fact after, Scene scene) {
    FactId own = after.id().as(Kind.DEFAULT);
    return !scene.to().has(own)
        && !scene.from().has(own)
        && Inheritance.defaultOf(before, scene.from()).isPresent();
  }

  private static boolean canSetExpression(Fact after, Scene scene) {
    return after.has(Attribute.GENERATED) && scene.from().origin().major() >= 17;
  }

  private static Statement storage(String alter, Fact after, Scene scene) {
    String usual =
        scene.from().origin().major() >= FIRST_WITH_STORAGE_DEFAULT
            ? "DEFAULT"
            : TypeFamily.storage(TypeChange.plain(after, scene.to()));
    return Statement.changing(
        after.id(),
        alter
            + " SET STORAGE "
            + (after.has(Attribute.STORAGE) ? after.text(Attribute.STORAGE) : usual));
  }

  private static void type(Alterations alterations, Fact before, Fact after, Scene scene) {
    String table = qualified(after.id());
    String name = quote(after.id().lastName());
    String wanted = after.text(Attribute.TYPE);
    String old = before.text(Attribute.TYPE);
    String plainOld = TypeChange.plain(before, scene.from());
    String plainWanted = TypeChange.plain(after, scene.to());
    Optional<TableAction.Using> zoned = TimeZones.using(plainOld, plainWanted, name);
    Optional<Conversion> converted =
        Conversion.of(after.id(), plainOld, plainWanted, TypeChange.isComposite(after, scene.to()));
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
            || Parked.of(before, after, scene).filter(one -> one.crossesZones(scene)).isPresent())
        && TypedTables.attribute(after.id(), scene).isEmpty()) {
      alterations.add(TimeZones.session(after.id()));
    }
    statement =
        Parked.of(before, after, scene)
            .map(one -> one.change(before, scene))
            .orElseGet(() -> TypeChange.of(before, after, scene.from(), scene.to()))
            .warned(statement, after.id());
    List<Fact> twice = NotNull.saidTwice(before, scene.from());
    if (TypedTables.attribute(after.id(), scene).isEmpty()) {
      narrowIdentity(alterations, after, scene);
      converted.ifPresent(one -> alterations.addAll(one.before()));
      alterations.addAll(NotNull.released(twice));
      alterations.add(
          statement
              .with(new Hazard.RewritesTable(table))
              .with(new Hazard.Blocks("ACCESS EXCLUSIVE", table)));
      alterations.addAll(NotNull.again(twice, scene.to()));
      converted.ifPresent(one -> alterations.addAll(one.after()));
    }
    alterations.cover(Attribute.TYPE).cover(Attribute.COLLATION);
    alterations.addAll(resetByType(after, scene));
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
  static List<Statement> resetByType(Fact after, Scene scene) {
    String alter = ColumnDefinition.alter(after.id());
    Optional<Fact> before = scene.from().find(after.id());
    List<Statement> statements = new ArrayList<>();
    if (before.filter(one -> same(Attribute.STORAGE, one, after)).isPresent()) {
      statements.add(storage(alter, after, scene));
    }
    if (before.filter(one -> same(Attribute.COMPRESSION, one, after)).isPresent()) {
      statements.add(
          Statement.changing(
              after.id(), alter + " SET COMPRESSION " + after.text(Attribute.COMPRESSION)));
    }
    for (Fact dependent : scene.to().dependentsOf(after.id())) {
      Optional<Fact> old = scene.from().find(dependent.id());
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
        statements.addAll(resetByType(dependent, scene));
      }
    }
    return statements;
  }

  private static boolean same(Attribute<String> attribute, Fact before, Fact after) {
    return after.has(attribute) && after.text(attribute).equals(before.text(attribute));
  }

  /** The bounds of the sequence behind must fit the smaller type before the column gets it. */
  private static void narrowIdentity(Alterations alterations, Fact after, Scene scene) {
    FactId id = after.id().as(Kind.IDENTITY);
    Optional<Fact> old = scene.from().find(id);
    Optional<Fact> wanted = scene.to().find(id);
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
