package dev.migrate.plan.rules;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.KindRule;
import dev.migrate.plan.PlanContext;
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
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Planning rule for tables and foreign tables. CREATE TABLE takes columns and constraints along
 * where it can.
 */
final class TableRule implements KindRule {
  /**
   * @see <a href="https://www.postgresql.org/docs/15/release-15.html">PostgreSQL 15, Utility
   *     Commands</a>
   */
  private static final int FIRST_WITH_ACCESS_METHOD = 15;

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.TABLE, Kind.FOREIGN_TABLE);
  }

  @Override
  public List<Statement> create(Fact fact, PlanContext context) {
    return CreateTable.statements(fact, context);
  }

  @Override
  public Set<FactId> includes(Fact fact, PlanContext context) {
    Set<FactId> parts = new HashSet<>();
    for (Fact child : context.to().childrenOf(fact.id())) {
      boolean part =
          switch (child.id().kind()) {
            case COLUMN, INHERITANCE -> true;
            case PARTITION -> !fact.has(Attribute.TYPE) && !bringsIndexes(fact.id(), context);
            case CONSTRAINT ->
                CreateTable.canHold(child)
                    && InheritedChecks.comesAfter(child, context).isEmpty()
                    && !AttachedIndexes.follows(child.id(), context);
            default -> false;
          };
      if (part) {
        parts.add(child.id());
      }
    }
    return parts;
  }

  /**
   * Whether a partition has constraints of its own that are to stand for the parent's indexes, or
   * indexes whose names nobody could foresee if PostgreSQL made them.
   */
  static boolean bringsIndexes(FactId table, PlanContext context) {
    return context.to().childrenOf(table).stream()
        .anyMatch(
            child ->
                !child.items(Attribute.ATTACHED_TO).isEmpty()
                    || AttachedIndexes.parent(child)
                            .filter(parent -> !AttachedIndexes.follows(parent, context))
                            .isPresent()
                        && AttachedIndexes.nameIsTaken(child, context));
  }

  @Override
  public List<Statement> drop(Fact fact, PlanContext context) {
    List<Statement> statements = new ArrayList<>();
    context
        .from()
        .find(fact.id().as(Kind.PARTITION))
        .filter(link -> parentIsReferred(link, context.from()))
        .ifPresent(
            link ->
                statements.add(
                    Statement.changing(
                        link.id(),
                        "ALTER TABLE "
                            + qualified(link.text(Attribute.SCHEMA), link.text(Attribute.TABLE))
                            + " DETACH PARTITION "
                            + qualified(fact.id()))));
    Statement drop =
        Statement.dropping(
            fact.id(), "DROP " + ObjectReference.keyword(fact.id()) + " " + qualified(fact.id()));
    // The rows are the partitions', which are dropped themselves or have left.
    statements.add(
        fact.has(Attribute.PARTITION_KEY)
            ? drop
            : drop.with(new Hazard.LosesData("all rows of " + fact.id())));
    return statements;
  }

  /** PostgreSQL drops no partition of a table that foreign keys refer to; it has to leave first. */
  private static boolean parentIsReferred(Fact link, Schema schema) {
    FactId parent = FactId.of(Kind.TABLE, link.text(Attribute.SCHEMA), link.text(Attribute.TABLE));
    return schema.childrenOf(parent).stream()
        .flatMap(child -> schema.dependentsOf(child.id()).stream())
        .anyMatch(
            one ->
                one.text(Attribute.TYPE).equals("foreign key")
                    && !one.parent().orElseThrow().equals(parent));
  }

  @Override
  public Alteration alter(Fact before, Fact after, PlanContext context) {
    String alter = "ALTER " + ObjectReference.keyword(after.id()) + " " + qualified(after.id());
    String table = qualified(after.id());
    Alterations alterations = new Alterations(before, after);
    boolean partitioned = after.has(Attribute.PARTITION_KEY) && before.has(Attribute.PARTITION_KEY);
    if (partitioned && alterations.differs(Attribute.UNLOGGED)) {
      // PostgreSQL accepts the statement, and changes nothing.
      return new Alteration.Recreate();
    }
    return alterations
        .on(
            Attribute.UNLOGGED,
            () ->
                alterations.add(
                    Statement.altering(
                            after.id(),
                            new TableAction.SetStorage(
                                after.has(Attribute.UNLOGGED) ? "SET UNLOGGED" : "SET LOGGED"))
                        .with(new Hazard.RewritesTable(table))
                        .with(new Hazard.Blocks("ACCESS EXCLUSIVE", table))))
        .on(
            Attribute.ROW_SECURITY,
            () ->
                alterations.add(
                    Statement.changing(
                            after.id(),
                            alter
                                + (after.has(Attribute.ROW_SECURITY) ? " ENABLE" : " DISABLE")
                                + " ROW LEVEL SECURITY")
                        .with(rowSecurity(after))))
        .on(
            Attribute.FORCED_ROW_SECURITY,
            () -> {
              Statement force =
                  Statement.changing(
                      after.id(),
                      alter
                          + (after.has(Attribute.FORCED_ROW_SECURITY) ? " FORCE" : " NO FORCE")
                          + " ROW LEVEL SECURITY");
              alterations.add(
                  before.has(Attribute.ROW_SECURITY) || after.has(Attribute.ROW_SECURITY)
                      ? force.with(forced(after))
                      : force);
            })
        .on(Attribute.OPTIONS, () -> StorageOptions.change(alterations, alter, before, after))
        .on(
            Attribute.FOREIGN_OPTIONS,
            () -> StorageOptions.changeForeign(alterations, alter, before, after))
        .on(
            Attribute.TABLESPACE,
            () ->
                alterations.add(
                    Statement.altering(
                            after.id(),
                            new TableAction.SetStorage("SET TABLESPACE " + tablespace(after)))
                        .with(new Hazard.RewritesTable(table))
                        .with(new Hazard.Blocks("ACCESS EXCLUSIVE", table))))
        .on(Attribute.ACCESS_METHOD, () -> accessMethod(alterations, after, context))
        .on(
            Attribute.TYPE,
            () ->
                alterations.add(
                    after.has(Attribute.TYPE)
                        ? alter + " OF " + after.text(Attribute.TYPE)
                        : alter + " NOT OF"))
        .orRecreate();
  }

  private static Hazard rowSecurity(Fact table) {
    return table.has(Attribute.ROW_SECURITY)
        ? new Hazard.ChangesAccess(
            Hazard.ChangesAccess.Direction.NARROWS,
            table.id() + ": from now on only its policies permit rows, its owner aside")
        : new Hazard.ChangesAccess(
            Hazard.ChangesAccess.Direction.WIDENS,
            table.id() + ": policies count no more, whoever may read it sees all rows");
  }

  private static Hazard forced(Fact table) {
    return table.has(Attribute.FORCED_ROW_SECURITY)
        ? new Hazard.ChangesAccess(
            Hazard.ChangesAccess.Direction.NARROWS,
            table.id() + ": its policies now count for its owner too")
        : new Hazard.ChangesAccess(
            Hazard.ChangesAccess.Direction.WIDENS,
            table.id() + ": its policies no longer count for its owner");
  }

  private static void accessMethod(Alterations alterations, Fact after, PlanContext context) {
    int major = context.to().origin().major();
    if (major > 0 && major < FIRST_WITH_ACCESS_METHOD) {
      throw new MigrateException(
          FailureCode.NOT_SUPPORTED,
          "PostgreSQL %d cannot give %s another access method: it can from %d on."
              .formatted(major, after.id(), FIRST_WITH_ACCESS_METHOD),
          "Leave the access method as it is, or make another table with it and copy the rows, in a"
              + " revision of your own (mvn migrate:revision).");
    }
    String method =
        after.has(Attribute.ACCESS_METHOD) ? after.text(Attribute.ACCESS_METHOD) : "heap";
    alterations.add(
        Statement.altering(
                after.id(), new TableAction.SetStorage("SET ACCESS METHOD " + quote(method)))
            .with(new Hazard.RewritesTable(qualified(after.id())))
            .with(new Hazard.Blocks("ACCESS EXCLUSIVE", qualified(after.id()))));
  }

  static String tablespace(Fact fact) {
    return fact.has(Attribute.TABLESPACE) ? quote(fact.text(Attribute.TABLESPACE)) : "pg_default";
  }

  /** A logged table cannot refer to an unlogged one, not even in between. */
  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, PlanContext context) {
    if (before.has(Attribute.UNLOGGED) == after.has(Attribute.UNLOGGED)) {
      return Set.of();
    }
    return after.has(Attribute.UNLOGGED)
        ? referring(after, context.to())
        : referred(after, context.to());
  }

  private static Set<FactId> referred(Fact table, Schema schema) {
    return schema.childrenOf(table.id()).stream()
        .filter(child -> child.text(Attribute.TYPE).equals("foreign key"))
        .flatMap(key -> key.dependsOn().stream())
        .map(TableRule::tableOf)
        .collect(Collectors.toSet());
  }

  private static Set<FactId> referring(Fact table, Schema schema) {
    return schema.childrenOf(table.id()).stream()
        .flatMap(child -> schema.dependentsOf(child.id()).stream())
        .filter(one -> one.text(Attribute.TYPE).equals("foreign key"))
        .map(key -> tableOf(key.id()))
        .collect(Collectors.toSet());
  }

  private static FactId tableOf(FactId part) {
    return new FactId(Kind.TABLE, part.names().subList(0, 2));
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of(ObjectReference.relationName(fact.id()), ObjectReference.typeName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
