package dev.migrate.plan.rules;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.failure.FailureCode;
import dev.migrate.failure.MigrateException;
import dev.migrate.plan.Alteration;
import dev.migrate.plan.Alterations;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.Rule;
import dev.migrate.plan.Scene;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Tables and foreign tables. CREATE TABLE takes columns and constraints along where it can. */
final class TableRule implements Rule {
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
  public List<Statement> create(Fact fact, Scene scene) {
    return CreateTable.statements(fact, scene);
  }

  @Override
  public Set<FactId> includes(Fact fact, Scene scene) {
    Set<FactId> parts = new HashSet<>();
    for (Fact child : scene.to().childrenOf(fact.id())) {
      boolean part =
          switch (child.id().kind()) {
            case COLUMN, INHERITANCE -> true;
            case PARTITION -> !fact.has("type") && !bringsIndexes(fact.id(), scene);
            case CONSTRAINT ->
                CreateTable.canHold(child)
                    && InheritedChecks.comesAfter(child, scene).isEmpty()
                    && !AttachedIndexes.follows(child.id(), scene);
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
  static boolean bringsIndexes(FactId table, Scene scene) {
    return scene.to().childrenOf(table).stream()
        .anyMatch(
            child ->
                !child.items("attached to").isEmpty()
                    || AttachedIndexes.parent(child)
                            .filter(parent -> !AttachedIndexes.follows(parent, scene))
                            .isPresent()
                        && AttachedIndexes.nameIsTaken(child, scene));
  }

  @Override
  public List<Statement> drop(Fact fact, Scene scene) {
    List<Statement> statements = new ArrayList<>();
    scene
        .from()
        .find(fact.id().as(Kind.PARTITION))
        .filter(link -> parentIsReferred(link, scene.from()))
        .ifPresent(
            link ->
                statements.add(
                    Statement.changing(
                        link.id(),
                        "ALTER TABLE "
                            + qualified(link.text("schema"), link.text("table"))
                            + " DETACH PARTITION "
                            + qualified(fact.id()))));
    Statement drop =
        Statement.dropping(
            fact.id(), "DROP " + Reference.keyword(fact.id()) + " " + qualified(fact.id()));
    // The rows are the partitions', which are dropped themselves or have left.
    statements.add(
        fact.has("partition key")
            ? drop
            : drop.with(new Hazard.LosesData("all rows of " + fact.id())));
    return statements;
  }

  /** PostgreSQL drops no partition of a table that foreign keys refer to; it has to leave first. */
  private static boolean parentIsReferred(Fact link, Schema schema) {
    FactId parent = FactId.of(Kind.TABLE, link.text("schema"), link.text("table"));
    return schema.childrenOf(parent).stream()
        .flatMap(child -> schema.dependentsOf(child.id()).stream())
        .anyMatch(
            one ->
                one.text("type").equals("foreign key")
                    && !one.parent().orElseThrow().equals(parent));
  }

  @Override
  public Alteration alter(Fact before, Fact after, Scene scene) {
    String alter = "ALTER " + Reference.keyword(after.id()) + " " + qualified(after.id());
    String table = qualified(after.id());
    Alterations alterations = new Alterations(before, after);
    boolean partitioned = after.has("partition key") && before.has("partition key");
    if (partitioned && alterations.differs("unlogged")) {
      // PostgreSQL accepts the statement, and changes nothing.
      return new Alteration.Recreate();
    }
    return alterations
        .on(
            "unlogged",
            () ->
                alterations.add(
                    Statement.altering(
                            after.id(),
                            new TableAction.SetStorage(
                                after.has("unlogged") ? "SET UNLOGGED" : "SET LOGGED"))
                        .with(new Hazard.RewritesTable(table))
                        .with(new Hazard.Blocks("ACCESS EXCLUSIVE", table))))
        .on(
            "row security",
            () ->
                alterations.add(
                    Statement.changing(
                            after.id(),
                            alter
                                + (after.has("row security") ? " ENABLE" : " DISABLE")
                                + " ROW LEVEL SECURITY")
                        .with(rowSecurity(after))))
        .on(
            "forced row security",
            () -> {
              Statement force =
                  Statement.changing(
                      after.id(),
                      alter
                          + (after.has("forced row security") ? " FORCE" : " NO FORCE")
                          + " ROW LEVEL SECURITY");
              alterations.add(
                  before.has("row security") || after.has("row security")
                      ? force.with(forced(after))
                      : force);
            })
        .on("options", () -> Options.change(alterations, alter, before, after))
        .on("foreign options", () -> Options.changeForeign(alterations, alter, before, after))
        .on(
            "tablespace",
            () ->
                alterations.add(
                    Statement.altering(
                            after.id(),
                            new TableAction.SetStorage("SET TABLESPACE " + tablespace(after)))
                        .with(new Hazard.RewritesTable(table))
                        .with(new Hazard.Blocks("ACCESS EXCLUSIVE", table))))
        .on("access method", () -> accessMethod(alterations, after, scene))
        .on(
            "type",
            () ->
                alterations.add(
                    after.has("type") ? alter + " OF " + after.text("type") : alter + " NOT OF"))
        .orRecreate();
  }

  private static Hazard rowSecurity(Fact table) {
    return table.has("row security")
        ? new Hazard.ChangesAccess(
            Hazard.ChangesAccess.Direction.NARROWS,
            table.id() + ": from now on only its policies permit rows, its owner aside")
        : new Hazard.ChangesAccess(
            Hazard.ChangesAccess.Direction.WIDENS,
            table.id() + ": policies count no more, whoever may read it sees all rows");
  }

  private static Hazard forced(Fact table) {
    return table.has("forced row security")
        ? new Hazard.ChangesAccess(
            Hazard.ChangesAccess.Direction.NARROWS,
            table.id() + ": its policies now count for its owner too")
        : new Hazard.ChangesAccess(
            Hazard.ChangesAccess.Direction.WIDENS,
            table.id() + ": its policies no longer count for its owner");
  }

  private static void accessMethod(Alterations alterations, Fact after, Scene scene) {
    int major = scene.to().origin().major();
    if (major > 0 && major < FIRST_WITH_ACCESS_METHOD) {
      throw new MigrateException(
          FailureCode.NOT_SUPPORTED,
          "PostgreSQL %d cannot give %s another access method: it can from %d on."
              .formatted(major, after.id(), FIRST_WITH_ACCESS_METHOD),
          "Leave the access method as it is, or make another table with it and copy the rows, in a"
              + " revision of your own (mvn migrate:revision).");
    }
    String method = after.has("access method") ? after.text("access method") : "heap";
    alterations.add(
        Statement.altering(
                after.id(), new TableAction.SetStorage("SET ACCESS METHOD " + quote(method)))
            .with(new Hazard.RewritesTable(qualified(after.id())))
            .with(new Hazard.Blocks("ACCESS EXCLUSIVE", qualified(after.id()))));
  }

  static String tablespace(Fact fact) {
    return fact.has("tablespace") ? quote(fact.text("tablespace")) : "pg_default";
  }

  /** A logged table cannot refer to an unlogged one, not even in between. */
  @Override
  public Set<FactId> altersAfter(Fact before, Fact after, Scene scene) {
    if (before.has("unlogged") == after.has("unlogged")) {
      return Set.of();
    }
    return after.has("unlogged") ? referring(after, scene.to()) : referred(after, scene.to());
  }

  private static Set<FactId> referred(Fact table, Schema schema) {
    return schema.childrenOf(table.id()).stream()
        .filter(child -> child.text("type").equals("foreign key"))
        .flatMap(key -> key.dependsOn().stream())
        .map(TableRule::tableOf)
        .collect(Collectors.toSet());
  }

  private static Set<FactId> referring(Fact table, Schema schema) {
    return schema.childrenOf(table.id()).stream()
        .flatMap(child -> schema.dependentsOf(child.id()).stream())
        .filter(one -> one.text("type").equals("foreign key"))
        .map(key -> tableOf(key.id()))
        .collect(Collectors.toSet());
  }

  private static FactId tableOf(FactId part) {
    return new FactId(Kind.TABLE, part.names().subList(0, 2));
  }

  @Override
  public Set<String> takes(Fact fact) {
    return Set.of(Reference.relationName(fact.id()), Reference.typeName(fact.id()));
  }

  @Override
  public List<Statement> rename(Fact fact, FactId to, Schema schema) {
    return RenameText.inSchema(fact.id(), to, schema);
  }
}
