package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Carrying;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
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
    } else if (fact.has("inherited")) {
      statements.addAll(inherited(fact));
    } else {
      if (scene.included().contains(fact.id().as(Kind.DEFAULT))) {
        scene
            .to()
            .find(fact.id().as(Kind.DEFAULT))
            .map(
                one ->
                    TimeZones.beforeDefault(fact.id(), fact.text("type"), one.text("expression")))
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
        .filter(child -> child.id().kind() == Kind.COLUMN && child.has("inherited"))
        .filter(child -> isLocal(child) && scene.created().contains(child.id()))
        .filter(child -> !scene.created().contains(child.parent().orElseThrow()))
        .map(child -> add(alone(child, scene), scene, ofParent(child, scene)))
        .toList();
  }

  private static Statement add(Fact fact, Scene scene, Optional<Fact> ofParent) {
    String table = qualified(fact.id());
    Statement add =
        Statement.of(
            fact.id(),
            "ALTER TABLE "
                + table
                + " ADD COLUMN "
                + ColumnDefinition.of(fact, scene)
                + ofParent.map(one -> " DEFAULT " + one.text("expression")).orElse(""));
    boolean filled =
        ofParent.isPresent()
            || scene.included().contains(fact.id().as(Kind.DEFAULT))
            || scene.included().contains(fact.id().as(Kind.IDENTITY))
            || fact.has("generated");
    if (fact.has("not null") && !filled) {
      add =
          add.with(
              new Hazard.MayFailOnRows(
                  "SELECT 1 FROM " + table + " LIMIT 1",
                  fact.id() + ": rows that exist have no value for it"));
    }
    if (fact.text("generated kind").equals("STORED")
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
    return fact.has("inherited")
        && scene.from().has(table)
        && !scene.created().contains(table)
        && scene.to().childrenOf(table).stream()
            .map(Fact::id)
            .filter(id -> id.kind() == Kind.PARTITION || id.kind() == Kind.INHERITANCE)
            .anyMatch(scene.created()::contains);
  }

  /** The default with which the rows of the table are filled. */
  private static Optional<Fact> ofParent(Fact fact, Scene scene) {
    return scene.to().has(fact.id().as(Kind.DEFAULT)) || fact.has("generated")
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
        Inheritance.definition(fact, scene.to()).copy().id(fact.id()).flag("inherited", false);
    Inheritance.notNull(fact, scene.to()).ifPresent(said -> alone.flag("not null", true));
    return alone.build();
  }

  /** The column itself comes from the parent, or from the type of the table. */
  private static List<Statement> inherited(Fact fact) {
    return fact.has("not null") ? List.of(NotNull.set(fact)) : List.of();
  }

  @Override
  public Set<FactId> includes(Fact fact, Scene scene) {
    FactId table = FactId.of(Kind.TABLE, fact.id().name(0), fact.id().name(1));
    Set<FactId> parts = new HashSet<>();
    boolean partition =
        scene.created().contains(table)
            && scene.created().contains(table.as(Kind.PARTITION))
            && !TableRule.bringsIndexes(table, scene);
    if (!fact.has("inherited") || isLocal(fact) && scene.created().contains(table) || partition) {
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
        fact.has("inherited")
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
            "ALTER TABLE "
                + (childrenKeepIt ? "ONLY " : "")
                + qualified(fact.id())
                + " DROP COLUMN "
                + quote(fact.id().lastName()));
    // What is generated is computed anew, wherever it is wanted again; a plain column is empty.
    boolean generated =
        Inheritance.definition(fact, scene.from()).has("generated")
            && scene
                .to()
                .find(fact.id())
                .filter(after -> !Inheritance.definition(after, scene.to()).has("generated"))
                .isEmpty();
    statements.add(generated ? drop : drop.with(new Hazard.LosesData(fact.id().toString())));
    for (Fact child : scene.from().dependentsOf(fact.id())) {
      if (goesToo(fact.id(), child, scene) && isLocal(child)) {
        Fact alone = child.copy().flag("inherited", false).build();
        statements.addAll(drop(alone, scene));
      }
    }
    return statements;
  }

  /** Whether a column goes because, or after, the parent's of the same name does. */
  private static boolean goesToo(FactId ofParent, Fact column, Scene scene) {
    return ofParent.kind() == Kind.COLUMN
        && column.id().kind() == Kind.COLUMN
        && column.has("inherited")
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
    boolean attaches = before.has("inherited") != after.has("inherited");
    if (attaches) {
      attach(alterations, before, after, scene);
    }
    boolean virtual = before.text("generated kind").equals("VIRTUAL");
    if (before.has("generated") && !after.has("generated") && !virtual) {
      alterations.add(alter + " DROP EXPRESSION").cover("generated").cover("generated kind");
    } else if (before.has("generated") && canSetExpression(after, scene)) {
      alterations.on(
          "generated",
          () ->
              alterations.add(
                  Statement.of(
                          after.id(),
                          alter + " SET EXPRESSION AS (" + after.text("generated") + ")")
                      .with(new Hazard.RewritesTable(qualified(after.id())))));
    }
    if (!attaches && (alterations.differs("type") || alterations.differs("collation"))) {
      type(alterations, before, after, scene);
    }
    notNull(alterations, before, after, scene);
    if (!after.has("storage") && !before.text("type").equals(after.text("type"))) {
      alterations.cover("storage"); // it has the storage of its new type by itself
    }
    return alterations
        .on("storage", () -> alterations.add(storage(alter, after, scene)))
        .on(
            "compression",
            () ->
                alterations.add(
                    alter
                        + " SET COMPRESSION "
                        + (after.has("compression") ? after.text("compression") : "DEFAULT")))
        .on(
            "statistics",
            () ->
                alterations.add(
                    alter
                        + " SET STATISTICS "
                        + (after.has("statistics") ? after.text("statistics") : "-1")))
        .on("options", () -> Options.change(alterations, alter, before, after))
        .on("foreign options", () -> Options.changeForeign(alterations, alter, before, after))
        .orRecreate();
  }

  /** The rows of the table are a type too. */
  @Override
  public Carrying changes(Fact before, Fact after) {
    return before.text("type").equals(after.text("type")) ? Carrying.FREE : Carrying.UNSTORED;
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
    if (!alterations.differs("not null")) {
      if (after.has("not null")) {
        NotNull.change(alterations, before, after, scene);
      }
      return;
    }
    if (after.has("not null")) {
      alterations.add(NotNull.set(after));
    } else if (!parentSays(after, scene)) {
      alterations.add(ColumnDefinition.alter(after.id()) + " DROP NOT NULL");
    }
    NotNull.ATTRIBUTES.forEach(alterations::cover);
  }

  private static boolean parentSays(Fact column, Scene scene) {
    return column.dependsOn().stream()
        .filter(id -> id.kind() == Kind.COLUMN && id.lastName().equals(column.id().lastName()))
        .map(id -> scene.to().find(id))
        .anyMatch(
            parent ->
                parent.filter(one -> one.has("not null") || parentSays(one, scene)).isPresent());
  }

  /** A column becomes the parent's, or stops to be, when the table is attached or detached. */
  private static void attach(Alterations alterations, Fact before, Fact after, Scene scene) {
    if (after.has("inherited")) {
      Fact parent = Inheritance.definition(after, scene.to()).copy().id(after.id()).build();
      if (!before.text("type").equals(parent.text("type"))
          || !before.text("collation").equals(parent.text("collation"))) {
        type(alterations, before, parent, scene);
      }
      attachNotNull(alterations, before, after, scene);
    } else if (after.has("not null")
        && scene.from().origin().major() >= FIRST_WITH_NAMED_NOT_NULL) {
      NotNull.rename(
          alterations,
          after.id(),
          NotNull.name(Inheritance.definition(before, scene.from())),
          NotNull.name(after));
    }
    if (!after.has("inherited") && keepsParentsDefault(before, after, scene)) {
      alterations.add(ColumnDefinition.alter(after.id()) + " DROP DEFAULT");
    }
    alterations.cover("inherited").cover("type").cover("collation");
    alterations.cover("generated").cover("generated kind");
    NotNull.ATTRIBUTES.forEach(alterations::cover);
  }

  /**
   * Since PostgreSQL 18 the parent's NOT NULL has a name, and a partition that is made has it too;
   * so gets one that is attached, since nobody can rename it afterwards.
   */
  private static void attachNotNull(Alterations alterations, Fact before, Fact after, Scene scene) {
    Optional<Fact> said = Inheritance.notNull(after, scene.to());
    if (said.isEmpty()) {
      if (before.has("not null")) {
        alterations.add(ColumnDefinition.alter(after.id()) + " DROP NOT NULL");
      }
      return;
    }
    String name = NotNull.name(said.get());
    boolean named = scene.from().origin().major() >= FIRST_WITH_NAMED_NOT_NULL;
    if (before.has("not null")) {
      if (named) {
        NotNull.rename(alterations, after.id(), NotNull.name(before), name);
      }
      return;
    }
    boolean usual = name.equals(NotNull.usualName(after.id()));
    alterations.add(
        NotNull.set(after.copy().text("not null name", named && !usual ? name : null).build()));
  }

  /** What a column had from its parent it keeps as its own when it is the parent's no more. */
  private static boolean keepsParentsDefault(Fact before, Fact after, Scene scene) {
    FactId own = after.id().as(Kind.DEFAULT);
    return !scene.to().has(own)
        && !scene.from().has(own)
        && Inheritance.defaultOf(before, scene.from()).isPresent();
  }

  private static boolean canSetExpression(Fact after, Scene scene) {
    return after.has("generated") && scene.from().origin().major() >= 17;
  }

  private static Statement storage(String alter, Fact after, Scene scene) {
    String usual =
        scene.from().origin().major() >= FIRST_WITH_STORAGE_DEFAULT
            ? "DEFAULT"
            : TypeFamily.storage(TypeChange.plain(after, scene.to()));
    return Statement.of(
        after.id(),
        alter + " SET STORAGE " + (after.has("storage") ? after.text("storage") : usual));
  }

  private static void type(Alterations alterations, Fact before, Fact after, Scene scene) {
    String table = qualified(after.id());
    String name = quote(after.id().lastName());
    String wanted = after.text("type");
    String old = before.text("type");
    String plainOld = TypeChange.plain(before, scene.from());
    String plainWanted = TypeChange.plain(after, scene.to());
    Optional<String> zoned = TimeZones.using(plainOld, plainWanted, name);
    Optional<Conversion> converted =
        Conversion.of(after.id(), plainOld, plainWanted, TypeChange.isComposite(after, scene.to()));
    boolean cast = zoned.isPresent() || converted.isPresent() || TypeFamily.needsCast(old, wanted);
    Statement statement =
        Statement.of(
            after.id(),
            ColumnDefinition.alter(after.id())
                + " TYPE "
                + wanted
                + (after.has("collation") ? " COLLATE " + after.text("collation") : "")
                + zoned
                    .or(() -> converted.map(Conversion::using))
                    .or(
                        () ->
                            cast
                                ? Optional.of(name + TypeFamily.cast(old, wanted))
                                : Optional.empty())
                    .map(" USING "::concat)
                    .orElse(""));
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
    alterations.cover("type").cover("collation");
    alterations.addAll(resetByType(after, scene));
    alterations.inTheWay(
        dependent ->
            reads(dependent, after.id())
                ? inTheWayOfType(dependent, cast) || isKeyOf(dependent, twice)
                : keepsRows(dependent, table));
  }

  /** NOT NULL does not leave a primary key. */
  private static boolean isKeyOf(Fact dependent, List<Fact> columns) {
    return dependent.text("type").equals("primary key")
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
    if (before.filter(one -> same("storage", one, after)).isPresent()) {
      statements.add(storage(alter, after, scene));
    }
    if (before.filter(one -> same("compression", one, after)).isPresent()) {
      statements.add(
          Statement.of(after.id(), alter + " SET COMPRESSION " + after.text("compression")));
    }
    for (Fact dependent : scene.to().dependentsOf(after.id())) {
      Optional<Fact> old = scene.from().find(dependent.id());
      if (dependent.id().kind() == Kind.STATISTICS
          && old.filter(one -> same("target", one, dependent)).isPresent()) {
        statements.add(
            Statement.of(
                dependent.id(),
                "ALTER STATISTICS "
                    + qualified(dependent.id())
                    + " SET STATISTICS "
                    + dependent.text("target")));
      } else if (dependent.id().kind() == Kind.COLUMN
          && dependent.has("inherited")
          && dependent.id().lastName().equals(after.id().lastName())) {
        statements.addAll(resetByType(dependent, scene));
      }
    }
    return statements;
  }

  private static boolean same(String attribute, Fact before, Fact after) {
    return after.has(attribute) && after.text(attribute).equals(before.text(attribute));
  }

  /** The bounds of the sequence behind must fit the smaller type before the column gets it. */
  private static void narrowIdentity(Alterations alterations, Fact after, Scene scene) {
    FactId id = after.id().as(Kind.IDENTITY);
    Optional<Fact> old = scene.from().find(id);
    Optional<Fact> wanted = scene.to().find(id);
    if (old.isPresent()
        && wanted.isPresent()
        && INTEGERS.indexOf(wanted.get().text("type")) < INTEGERS.indexOf(old.get().text("type"))) {
      alterations.add(
          ColumnDefinition.alter(after.id())
              + " SET MINVALUE "
              + wanted.get().text("minimum")
              + " SET MAXVALUE "
              + wanted.get().text("maximum"));
    }
  }

  /** Whether a materialized view has the table's row as the type of a column. */
  private static boolean keepsRows(Fact dependent, String table) {
    return dependent.id().kind() == Kind.MATERIALIZED_VIEW
        && dependent.items("columns").stream().anyMatch(column -> column.endsWith(" " + table));
  }

  /** What PostgreSQL refuses to carry over when the type of a column changes. */
  static boolean inTheWayOfType(Fact dependent, boolean cast) {
    return switch (dependent.id().kind()) {
      case VIEW, MATERIALIZED_VIEW, RULE, POLICY, TRIGGER, FUNCTION, PROCEDURE, PUBLICATION_TABLE ->
          true;
      case COLUMN -> dependent.has("generated");
      case DEFAULT -> cast;
      // It is made again, and the foreign keys that refer to it do not let it go.
      case CONSTRAINT -> cast || dependent.text("definition").contains(" INCLUDE (");
      case INDEX -> cast && dependent.text("definition").contains(" WHERE ");
      case STATISTICS -> cast;
      default -> false;
    };
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inTable(fact.id(), to, "COLUMN");
  }
}
