package dev.migrate.plan.online;

import static dev.migrate.plan.Names.qualified;
import static dev.migrate.plan.Names.quote;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.plan.Volatility;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Columns: one that needs a value in every row is added empty, filled in batches, and NOT NULL only
 * when a check constraint that was validated says so already; PostgreSQL then reads nothing again.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE, SET NOT
 *     NULL</a>
 */
final class ColumnForms {
  private static final Pattern NOT_NULL =
      Pattern.compile(
          "(?s)(.*?)( CONSTRAINT (?:\"(?:[^\"]|\"\")+\"|[^\\s\"]+))? NOT NULL( NO INHERIT)?");

  private final Schema to;
  private final SpareName spare;
  private final Staging staging;
  private final Set<FactId> changed;

  /**
   * @param changed what the plan has statements about
   */
  ColumnForms(Schema to, SpareName spare, Staging staging, Set<FactId> changed) {
    this.to = to;
    this.spare = spare;
    this.staging = staging;
    this.changed = changed;
  }

  Optional<Form> of(Statement statement) {
    Fact column = to.find(statement.about()).orElse(null);
    if (column == null) {
      return Optional.empty();
    }
    if (statement.sql().startsWith("ALTER TABLE " + qualified(column.id()) + " ADD COLUMN ")) {
      return added(statement, column);
    }
    boolean setsNotNull =
        column.has("not null")
            && statement.hazards().stream().anyMatch(Hazard.ScansTable.class::isInstance)
            && (statement.sql().endsWith(" SET NOT NULL")
                || statement.sql().contains(" ADD CONSTRAINT "));
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

  private Form required(Statement set, Fact column) {
    List<Stage> stages = new ArrayList<>();
    Optional<List<String>> key = key(column);
    Optional<String> value = defaultOf(column).map(fact -> fact.text("expression"));
    if (key.isPresent() && !staging.back()) {
      stages.add(staging.fill(fill(column, key.get(), value)));
    }
    stages.addAll(notNull(set, column));
    return new Form(Set.of(column.id()), stages, 0);
  }

  private List<Statement> fill(Fact column, List<String> key, Optional<String> value) {
    return value.isPresent()
        ? new Backfill(column.id(), key, value.get(), Backfill.missing(column.id())).walk()
        : Backfill.unsaid(column.id(), column.text("type"), key);
  }

  /** From "may be null" to "not null", reading the table under a lock that lets others work. */
  private List<Stage> notNull(Statement set, Fact column) {
    FactId id = column.id();
    String table = qualified(id);
    String check = spare.of(id.names().subList(1, 3), "not_null_check");
    Statement add =
        Statement.of(
            id,
            "ALTER TABLE %s ADD CONSTRAINT %s CHECK (%s IS NOT NULL) NOT VALID"
                .formatted(table, quote(check), quote(id.lastName())));
    Statement validate =
        Statement.of(id, "ALTER TABLE %s VALIDATE CONSTRAINT %s".formatted(table, quote(check)))
            .with(new Hazard.ScansTable(table))
            .with(
                new Hazard.MayFailOnRows(
                    "SELECT * FROM %s WHERE %s IS NULL".formatted(table, quote(id.lastName())),
                    id + ": a row may have no value"));
    Statement now = Statement.of(id, set.sql());
    FactId owner = FactId.of(Kind.TABLE, id.name(0), id.name(1));
    return List.of(
        staging.change(staging.adding(owner, check, add)),
        staging.check(validate, now, staging.dropping(id, table, check)));
  }

  private Optional<Form> added(Statement add, Fact column) {
    Optional<Fact> preset = defaultOf(column);
    boolean included =
        preset.map(fact -> add.sql().contains(" DEFAULT " + fact.text("expression"))).orElse(false);
    boolean rewrites = included && Volatility.of(preset.get(), to);
    boolean refused =
        add.hazards().stream().anyMatch(Hazard.MayFailOnRows.class::isInstance)
            && column.has("not null");
    if (!rewrites && (!refused || staging.back())) {
      return Optional.empty();
    }
    Optional<List<String>> key = key(column);
    if (key.isEmpty()) {
      return Optional.of(
          Forms.without(
              add, qualified(column.id()) + " has no key along which its rows could be filled in"));
    }
    Matcher notNull = NOT_NULL.matcher(add.sql());
    String bare = notNull.matches() ? notNull.group(1) : add.sql();
    List<Statement> first = new ArrayList<>();
    if (rewrites) {
      String clause = " DEFAULT " + preset.get().text("expression");
      if (!bare.endsWith(clause)) {
        return Optional.empty();
      }
      first.add(adding(column, bare.substring(0, bare.length() - clause.length())));
      first.add(
          Statement.of(
              column.id(),
              "ALTER TABLE %s ALTER COLUMN %s SET%s"
                  .formatted(qualified(column.id()), quote(column.id().lastName()), clause)));
    } else {
      first.add(adding(column, bare));
    }
    List<Stage> stages = new ArrayList<>();
    stages.add(staging.change(first.toArray(Statement[]::new)));
    stages.add(
        staging.fill(
            fill(
                column,
                key.get(),
                preset.filter(fact -> rewrites).map(f -> f.text("expression")))));
    if (column.has("not null")) {
      stages.addAll(notNull(setNotNull(column), column));
    }
    return Optional.of(new Form(Set.of(column.id()), stages, 1));
  }

  private Statement adding(Fact column, String sql) {
    return Statement.of(
        column.id(),
        staging.back() ? sql.replaceFirst(" ADD COLUMN ", " ADD COLUMN IF NOT EXISTS ") : sql);
  }

  private static Statement setNotNull(Fact column) {
    String alter = "ALTER TABLE " + qualified(column.id());
    String name = quote(column.id().lastName());
    return Statement.of(
        column.id(),
        column.has("not null name") || column.has("not null no inherit")
            ? "%s ADD CONSTRAINT %s NOT NULL %s%s"
                .formatted(
                    alter,
                    quote(
                        column.has("not null name")
                            ? column.text("not null name")
                            : column.id().name(1) + "_" + column.id().name(2) + "_not_null"),
                    name,
                    column.has("not null no inherit") ? " NO INHERIT" : "")
            : "%s ALTER COLUMN %s SET NOT NULL".formatted(alter, name));
  }

  private Optional<Fact> defaultOf(Fact column) {
    return to.find(column.id().as(Kind.DEFAULT));
  }

  /** A key that is there before the plan begins and stays. */
  private Optional<List<String>> key(Fact column) {
    FactId table = FactId.of(Kind.TABLE, column.id().name(0), column.id().name(1));
    return WalkedKey.of(to, table, constraint -> !changed.contains(constraint))
        .filter(names -> !names.contains(column.id().lastName()));
  }
}
