package dev.migrate.plan;

import static dev.migrate.plan.FactNames.qualified;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;

/**
 * Predicts table rewrites: which statements write a whole table again although their rules do not
 * say so. What a new column holds in existing rows is known only from its default and its type. A
 * table's rewrite has a transaction of its own, so it must be known before one runs.
 *
 * @see <a href="https://www.postgresql.org/docs/current/sql-altertable.html">ALTER TABLE, Notes</a>
 */
public final class TableRewrites {
  private final Schema to;

  /**
   * @param to the wanted schema
   */
  public TableRewrites(Schema to) {
    this.to = to;
  }

  /**
   * @param statement a statement of a plan
   * @return it, with the hazard that it rewrites its table if it does
   */
  public Statement said(Statement statement) {
    boolean known = statement.hazards().stream().anyMatch(Hazard.RewritesTable.class::isInstance);
    return !known && rewrites(statement)
        ? statement.with(new Hazard.RewritesTable(table(statement.about())))
        : statement;
  }

  private boolean rewrites(Statement statement) {
    return statement.operation() instanceof Operation.SetTablespace
        || statement
            .operation()
            .isAlter(
                action ->
                    action instanceof TableAction.AddColumn add
                        && (add.column().serial()
                            || to.find(statement.about())
                                .filter(column -> filled(column, add.column()))
                                .isPresent()));
  }

  private boolean filled(Fact column, NewColumn written) {
    boolean computed =
        written.preset().isPresent()
            && to.find(column.id().as(Kind.DEFAULT))
                .filter(preset -> DefaultVolatility.of(preset, to))
                .isPresent();
    return computed
        || column.dependsOn().stream()
            .anyMatch(
                on -> on.kind() == Kind.DOMAIN && to.find(on).filter(this::checks).isPresent());
  }

  /** PostgreSQL looks at each row when the type has a check of its own. */
  private boolean checks(Fact domain) {
    return domain.has(Attribute.NOT_NULL)
        || to.childrenOf(domain.id()).stream()
            .anyMatch(child -> child.id().kind() == Kind.DOMAIN_CONSTRAINT);
  }

  private String table(FactId about) {
    return about.kind() == Kind.INDEX || about.kind() == Kind.MATERIALIZED_VIEW
        ? to.find(about).flatMap(Fact::parent).map(id -> qualified(id)).orElse(qualified(about))
        : qualified(about);
  }
}
