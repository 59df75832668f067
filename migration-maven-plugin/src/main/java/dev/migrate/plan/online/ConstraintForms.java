package dev.migrate.plan.online;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Operation;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Online forms of constraints: checks and foreign keys NOT VALID first and validated after a
 * commit, unique and primary keys through an index that is built concurrently, those of partitions
 * one by one.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE, NOT VALID
 *     and USING INDEX</a>
 */
final class ConstraintForms {
  private static final int NOT_VALID_OF_PARTITIONED = 18;
  private static final Pattern KEY =
      Pattern.compile("(?s)(UNIQUE|PRIMARY KEY)( NULLS NOT DISTINCT)? (\\(.*\\))");

  private final Schema from;
  private final Schema to;
  private final TemporaryObjectName spare;
  private final StageWriter staging;

  ConstraintForms(Schema from, Schema to, TemporaryObjectName spare, StageWriter staging) {
    this.from = from;
    this.to = to;
    this.spare = spare;
    this.staging = staging;
  }

  /** Whether a constraint stands in a partition for the other one, at any depth. */
  boolean isPart(FactId part, FactId whole) {
    return to.find(part)
        .flatMap(ConstraintForms::whole)
        .filter(next -> next.equals(whole) || isPart(next, whole))
        .isPresent();
  }

  /** The constraint of the partitioned table that this one stands for in a partition. */
  private static Optional<FactId> whole(Fact part) {
    return part.id().kind() != Kind.CONSTRAINT || !part.has(Attribute.PARTITION_OF)
        ? Optional.empty()
        : part.dependsOn().stream()
            .filter(id -> id.kind() == Kind.CONSTRAINT)
            .filter(id -> id.lastName().equals(part.text(Attribute.PARTITION_OF)))
            .findFirst();
  }

  static boolean adds(Statement statement) {
    return statement.operation().isAlter(TableAction.AddConstraint.class::isInstance);
  }

  /**
   * @param later tables that are not there yet; their keys come with them
   */
  Optional<OnlineForm> of(Statement statement, Set<FactId> later) {
    FactId id = statement.about();
    Fact constraint = to.find(id).orElse(null);
    if (constraint == null || constraint.parent().orElseThrow().kind() != Kind.TABLE) {
      return Optional.empty();
    }
    if (statement.operation().isAlter(TableAction.ValidateConstraint.class::isInstance)) {
      return Optional.of(OnlineForm.of(id, staging.check(statement)));
    }
    if (!adds(statement) || !scans(statement)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (constraint.text(Attribute.TYPE)) {
          case "check", "foreign key" -> validatedLater(statement, constraint);
          case "unique", "primary key" ->
              (isPartitioned(constraint)
                      ? partitioned(statement, constraint, later)
                      : throughIndex(statement, constraint, false))
                  .orElseGet(() -> OnlineForms.without(statement, noIndex(constraint)));
          default ->
              OnlineForms.without(
                  statement, "PostgreSQL builds an exclusion constraint only under its lock");
        });
  }

  /** A key that is dropped and made anew: its new index is there before the old one goes. */
  Optional<OnlineForm> replaced(Statement add) {
    Fact constraint = to.find(add.about()).orElse(null);
    if (constraint == null
        || !adds(add)
        || !scans(add)
        || constraint.parent().orElseThrow().kind() != Kind.TABLE
        || !List.of("unique", "primary key").contains(constraint.text(Attribute.TYPE))) {
      return Optional.empty();
    }
    return throughIndex(add, constraint, true);
  }

  private static boolean scans(Statement statement) {
    return statement.hazards().stream().anyMatch(Hazard.ScansTable.class::isInstance);
  }

  private OnlineForm validatedLater(Statement add, Fact constraint) {
    FactId id = add.about();
    boolean partitioned = isPartitioned(constraint);
    if (constraint.has(Attribute.NOT_ENFORCED)) {
      return OnlineForm.plain(add);
    }
    if (partitioned
        && constraint.text(Attribute.TYPE).equals("foreign key")
        && to.origin().major() < NOT_VALID_OF_PARTITIONED) {
      return OnlineForms.without(
          add, "before PostgreSQL 18 a foreign key of a partitioned table cannot be NOT VALID");
    }
    Statement notValid = Statement.of(id, unvalidated(add.operation()));
    for (Hazard hazard : add.hazards()) {
      if (hazard instanceof Hazard.Blocks) {
        notValid = notValid.with(hazard);
      }
    }
    Statement validate =
        Statement.altering(id, new TableAction.ValidateConstraint(quote(id.lastName())));
    for (Hazard hazard : add.hazards()) {
      if (!(hazard instanceof Hazard.Blocks)) {
        validate = validate.with(hazard);
      }
    }
    FactId table = constraint.parent().orElseThrow();
    return OnlineForm.of(
            id,
            staging.change(staging.adding(table, id.lastName(), notValid)),
            staging.check(validate))
        .usableAfter(1);
  }

  /** The rows that are there are not looked at yet. */
  private static Operation unvalidated(Operation add) {
    Operation.AlterTable alter = (Operation.AlterTable) add;
    return new Operation.AlterTable(
        alter.table(),
        alter.only(),
        alter.actions().stream()
            .map(TableAction.AddConstraint.class::cast)
            .map(TableAction.AddConstraint::unvalidated)
            .map(TableAction.class::cast)
            .toList());
  }

  private boolean isPartitioned(Fact constraint) {
    return to.find(constraint.parent().orElseThrow())
        .filter(table -> table.has(Attribute.PARTITION_KEY))
        .isPresent();
  }

  private String noIndex(Fact constraint) {
    return isPartitioned(constraint)
        ? "a partition has no key of its own that could be made first"
        : "a key with these options cannot be made from an index";
  }

  /**
   * The index of a key, and the key from it.
   *
   * @param columns with their brackets, and whether nulls are distinct
   * @param kind {@code UNIQUE} or {@code PRIMARY KEY}
   * @param deferred what is said of when it is checked
   */
  private record Key(String kind, String columns, String deferred) {
    String definition() {
      return "USING btree " + columns;
    }

    String from(String name, String index) {
      return "ADD CONSTRAINT %s %s USING INDEX %s%s"
          .formatted(quote(name), kind, quote(index), deferred);
    }
  }

  /** What of a key can be made from an index. */
  private static Optional<Key> key(Fact constraint) {
    Matcher key = KEY.matcher(constraint.text(Attribute.DEFINITION));
    if (!constraint.items(Attribute.OPTIONS_LIST).isEmpty()
        || constraint.has(Attribute.TABLESPACE)
        || constraint.text(Attribute.DEFINITION).contains(" WITHOUT OVERLAPS")
        || !key.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        new Key(
            key.group(1),
            key.group(3) + (key.group(2) == null ? "" : key.group(2)),
            (constraint.has(Attribute.DEFERRABLE) ? " DEFERRABLE" : "")
                + (constraint.has(Attribute.DEFERRED) ? " INITIALLY DEFERRED" : "")));
  }

  private Optional<OnlineForm> throughIndex(Statement add, Fact constraint, boolean replaces) {
    return isPartitioned(constraint)
        ? Optional.empty()
        : key(constraint)
            .map(
                key ->
                    OnlineForm.of(
                        add.about(), StageWriter.script(made(add, constraint, key, replaces))));
  }

  private List<Statement> made(Statement add, Fact constraint, Key key, boolean replaces) {
    FactId id = constraint.id();
    FactId table = constraint.parent().orElseThrow();
    String name = id.lastName();
    String index = replaces ? spare.of(List.of(name), "new") : name;
    ConcurrentIndex concurrent = new ConcurrentIndex(id, spare);
    List<Statement> statements =
        new ArrayList<>(
            concurrent.build(
                id.name(0),
                index,
                true,
                new ConcurrentIndex.On(
                    table,
                    "ON " + qualified(table) + " " + key.columns(),
                    key.definition(),
                    ConcurrentIndex.On.refusedBy(add))));
    String alter = "ALTER TABLE " + qualified(table) + " ";
    String clause = key.from(name, index);
    statements.add(
        concurrent.repeatable(
            replaces
                ? GuardedSql.when(
                    GuardedSql.relation(id.name(0), index) + " IS NOT NULL",
                    alter + "DROP CONSTRAINT IF EXISTS " + quote(name) + ", " + clause)
                : GuardedSql.when(
                    "NOT " + GuardedSql.existsConstraint(table, name), alter + clause)));
    return statements;
  }

  private Optional<OnlineForm> partitioned(Statement add, Fact constraint, Set<FactId> later) {
    Optional<Key> key = key(constraint);
    List<Statement> statements = new ArrayList<>();
    Set<FactId> about = new HashSet<>();
    if (key.isEmpty() || !build(add, constraint, key.get(), later, about, statements)) {
      return Optional.empty();
    }
    FactId id = constraint.id();
    statements.add(
        new PartitionedIndex(id, id.lastName())
            .completed(
                "ALTER TABLE ",
                " ADD " + constraint.text(Attribute.DEFINITION) + key.get().deferred(),
                true,
                key.get().definition()));
    return Optional.of(new OnlineForm(about, List.of(StageWriter.script(statements)), 1));
  }

  /**
   * The key of a partitioned table and of all its partitions, depth first.
   *
   * @return whether each partition gets one
   */
  private boolean build(
      Statement add,
      Fact constraint,
      Key key,
      Set<FactId> later,
      Set<FactId> about,
      List<Statement> statements) {
    FactId id = constraint.id();
    FactId table = constraint.parent().orElseThrow();
    ConcurrentIndex concurrent = new ConcurrentIndex(id, spare);
    about.add(id);
    statements.add(
        concurrent.repeatable(
            GuardedSql.when(
                "NOT " + GuardedSql.existsConstraint(table, id.lastName()),
                "ALTER TABLE ONLY %s ADD CONSTRAINT %s %s%s"
                    .formatted(
                        qualified(table),
                        quote(id.lastName()),
                        constraint.text(Attribute.DEFINITION),
                        key.deferred()))));
    for (FactId partition : PartitionedIndex.partitions(table, to)) {
      if (later.contains(partition)) {
        continue;
      }
      Fact part = part(partition, id).filter(one -> !from.has(one.id())).orElse(null);
      Optional<Key> own = part == null ? Optional.empty() : key(part);
      if (own.isEmpty()) {
        return false;
      }
      if (isPartitioned(part)) {
        if (!build(add, part, own.get(), later, about, statements)) {
          return false;
        }
      } else {
        about.add(part.id());
        statements.addAll(made(add, part, own.get(), false));
      }
      statements.add(
          concurrent.repeatable(
              "ALTER INDEX %s ATTACH PARTITION %s"
                  .formatted(
                      qualified(id.name(0), id.lastName()),
                      qualified(part.id().name(0), part.id().lastName()))));
    }
    return true;
  }

  private Optional<Fact> part(FactId partition, FactId key) {
    return to.childrenOf(partition).stream()
        .filter(child -> whole(child).filter(key::equals).isPresent())
        .findFirst();
  }
}
