package dev.migrate.plan.online;

import static dev.migrate.plan.FactNames.qualified;
import static dev.migrate.sql.SqlNames.quote;

import dev.migrate.plan.DefaultVolatility;
import dev.migrate.plan.Hazard;
import dev.migrate.plan.NewColumn;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Online forms of column changes: a column that needs a value in every row is added empty, filled
 * in batches, and NOT NULL only when a check constraint that was validated says so already;
 * PostgreSQL then reads nothing again.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE, SET NOT
 *     NULL</a>
 */
final class ColumnForms {
  private final Schema to;
  private final TemporaryObjectName spare;
  private final StageWriter staging;
  private final Set<FactId> changed;

  /**
   * @param changed what the plan has statements about
   */
  ColumnForms(Schema to, TemporaryObjectName spare, StageWriter staging, Set<FactId> changed) {
    this.to = to;
    this.spare = spare;
    this.staging = staging;
    this.changed = changed;
  }

  Optional<OnlineForm> of(Statement statement) {
    Fact column = to.find(statement.about()).orElse(null);
    if (column == null) {
      return Optional.empty();
    }
    Optional<NewColumn> added = added(statement.operation());
    if (added.isPresent()) {
      return added(statement, added.get(), column);
    }
    boolean setsNotNull =
        column.has(Attribute.NOT_NULL)
            && statement.hazards().stream().anyMatch(Hazard.ScansTable.class::isInstance)
            && statement
                .operation()
                .isAlter(
                    action ->
                        action instanceof TableAction.SetNotNull
                            || action instanceof TableAction.AddConstraint);
    return setsNotNull && !parentDoes(column)
        ? Optional.of(required(statement, column))
        : Optional.empty();
  }

  /** Whether the parent's column changes as well, and takes this one along. */
  private boolean parentDoes(Fact column) {
    return column.dependsOn().stream()
        .anyMatch(
            id ->
                id.kind() == Kind.COLUMN
                    && id.lastName().equals(column.id().lastName())
                    && changed.contains(id));
  }

  private OnlineForm required(Statement set, Fact column) {
    List<Stage> stages = new ArrayList<>();
    Optional<List<String>> key = key(column);
    Optional<String> value = defaultOf(column).map(fact -> fact.text(Attribute.EXPRESSION));
    if (key.isPresent() && !staging.back()) {
      stages.add(staging.fill(fill(column, key.get(), value)));
    }
    stages.addAll(notNull(set, column));
    return new OnlineForm(Set.of(column.id()), stages, 0);
  }

  private List<Statement> fill(Fact column, List<String> key, Optional<String> value) {
    return value.isPresent()
        ? new Backfill(column.id(), key, value.get(), Backfill.missing(column.id())).walk()
        : Backfill.unsaid(column.id(), column.text(Attribute.TYPE), key);
  }

  /** From "may be null" to "not null", reading the table under a lock that lets others work. */
  private List<Stage> notNull(Statement set, Fact column) {
    FactId id = column.id();
    String table = qualified(id);
    String check = spare.of(id.names().subList(1, 3), "not_null_check");
    Statement add =
        Statement.altering(
            id,
            new TableAction.AddConstraint(
                quote(check),
                "CHECK (%s IS NOT NULL)".formatted(quote(id.lastName())),
                true,
                true));
    Statement validate =
        Statement.altering(id, new TableAction.ValidateConstraint(quote(check)))
            .with(new Hazard.ScansTable(table))
            .with(
                new Hazard.MayFailOnRows(
                    "SELECT * FROM %s WHERE %s IS NULL".formatted(table, quote(id.lastName())),
                    id + ": a row may have no value"));
    Statement now = Statement.of(id, set.operation());
    FactId owner = FactId.of(Kind.TABLE, id.name(0), id.name(1));
    return List.of(
        staging.change(staging.adding(owner, check, add)),
        staging.check(validate, now, staging.dropping(id, table, check)));
  }

  private static Optional<NewColumn> added(Operation operation) {
    return operation instanceof Operation.AlterTable alter
            && alter.actions().get(0) instanceof TableAction.AddColumn add
            && !alter.only()
        ? Optional.of(add.column())
        : Optional.empty();
  }

  private Optional<OnlineForm> added(Statement add, NewColumn written, Fact column) {
    Optional<Fact> preset = defaultOf(column);
    boolean rewrites =
        written.preset().isPresent()
            && preset.filter(fact -> DefaultVolatility.of(fact, to)).isPresent();
    boolean refused =
        add.hazards().stream().anyMatch(Hazard.MayFailOnRows.class::isInstance)
            && column.has(Attribute.NOT_NULL);
    if (!rewrites && (!refused || staging.back())) {
      return Optional.empty();
    }
    Optional<List<String>> key = key(column);
    if (key.isEmpty()) {
      return Optional.of(
          OnlineForms.without(
              add, qualified(column.id()) + " has no key along which its rows could be filled in"));
    }
    List<Statement> first = new ArrayList<>();
    if (rewrites) {
      first.add(adding(column, written.nullable().withDefault(Optional.empty())));
      first.add(
          Statement.altering(
              column.id(),
              new TableAction.Other(
                  "ALTER COLUMN %s SET DEFAULT %s"
                      .formatted(quote(column.id().lastName()), written.preset().get()))));
    } else {
      first.add(adding(column, written.nullable()));
    }
    List<Stage> stages = new ArrayList<>();
    stages.add(staging.change(first.toArray(Statement[]::new)));
    stages.add(
        staging.fill(
            fill(
                column,
                key.get(),
                preset.filter(fact -> rewrites).map(f -> f.text(Attribute.EXPRESSION)))));
    if (column.has(Attribute.NOT_NULL)) {
      stages.addAll(notNull(setNotNull(column), column));
    }
    return Optional.of(new OnlineForm(Set.of(column.id()), stages, 1));
  }

  private Statement adding(Fact column, NewColumn written) {
    return Statement.altering(column.id(), new TableAction.AddColumn(staging.back(), written));
  }

  private static Statement setNotNull(Fact column) {
    return Statement.altering(column.id(), TableAction.requiring(column, false));
  }

  private Optional<Fact> defaultOf(Fact column) {
    return to.find(column.id().as(Kind.DEFAULT));
  }

  /** A key that is there before the plan begins and stays. */
  private Optional<List<String>> key(Fact column) {
    FactId table = FactId.of(Kind.TABLE, column.id().name(0), column.id().name(1));
    return BatchKey.of(to, table, constraint -> !changed.contains(constraint))
        .filter(names -> !names.contains(column.id().lastName()));
  }
}
