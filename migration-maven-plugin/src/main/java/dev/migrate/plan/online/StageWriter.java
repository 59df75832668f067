package dev.migrate.plan.online;

import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.FactId;
import dev.migrate.sql.SqlNames;
import java.util.Arrays;
import java.util.List;

/**
 * Builder of the stages of an online form. Upward each is a revision, with a transaction that
 * leaves nothing behind when it fails. Downward all of them are one script, so each of its
 * statements looks first whether it was done already.
 *
 * @param back whether it is for a downgrade
 */
record StageWriter(boolean back) {
  Stage change(Statement... statements) {
    return stage(Stage.Kind.CHANGE, statements);
  }

  Stage check(Statement... statements) {
    return stage(Stage.Kind.CHECK, statements);
  }

  Stage fill(List<Statement> statements) {
    return back ? script(statements) : new Stage(Stage.Kind.FILL, statements);
  }

  static Stage script(List<Statement> statements) {
    return new Stage(Stage.Kind.SCRIPT, statements.stream().map(Statement::asRepeatable).toList());
  }

  private Stage stage(Stage.Kind kind, Statement... statements) {
    return back ? script(Arrays.asList(statements)) : new Stage(kind, Arrays.asList(statements));
  }

  /** A statement that adds a constraint. */
  Statement adding(FactId table, String name, Statement add) {
    if (!back) {
      return add;
    }
    return add.doing(
            new Operation.Guarded(
                GuardedSql.when("NOT " + GuardedSql.existsConstraint(table, name), add.sql()),
                add.operation()))
        .withoutCommit()
        .asRepeatable();
  }

  Statement dropping(FactId about, String table, String name) {
    return Statement.altering(
        about, table, false, new TableAction.DropConstraint(back, SqlNames.quote(name)));
  }
}
