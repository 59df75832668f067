package dev.migrate.plan.rules;

import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Alterations;
import dev.migrate.plan.Inheritance;
import dev.migrate.plan.PlanContext;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import java.util.Optional;

/** Plans the columns of a table that is attached to, or detached from, a parent table. */
final class AttachedColumn {
  private static final int FIRST_WITH_NAMED_NOT_NULL = 18;

  private AttachedColumn() {}

  /** A column becomes the parent's, or stops to be, when the table is attached or detached. */
  static void alter(Alterations alterations, Fact before, Fact after, PlanContext context) {
    if (after.has(Attribute.INHERITED)) {
      Fact parent = Inheritance.definition(after, context.to()).copy().id(after.id()).build();
      if (!before.text(Attribute.TYPE).equals(parent.text(Attribute.TYPE))
          || !before.text(Attribute.COLLATION).equals(parent.text(Attribute.COLLATION))) {
        ColumnTypeAlteration.alter(alterations, before, parent, context);
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
}
