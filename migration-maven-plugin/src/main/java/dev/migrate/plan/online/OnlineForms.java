package dev.migrate.plan.online;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.schema.Fact;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Chooses for each statement of a plan the online form in which it runs under load. */
final class OnlineForms {
  private final Schema from;
  private final Schema to;
  private final List<Statement> statements;
  private final IndexForms indexes;
  private final ConstraintForms constraints;
  private final ColumnForms columns;

  /**
   * @param back whether all of it is one downgrade script, so that what is committed on the way
   *     must be fit to run again
   */
  OnlineForms(Schema from, Schema to, List<Statement> statements, boolean back) {
    this.from = from;
    this.to = to;
    this.statements = List.copyOf(statements);
    TemporaryObjectName spare = new TemporaryObjectName(from, to);
    StageWriter staging = new StageWriter(back);
    this.indexes = new IndexForms(from, to, spare);
    this.constraints = new ConstraintForms(from, to, spare, staging);
    this.columns = new ColumnForms(to, spare, staging, made(statements));
  }

  private static Set<FactId> made(List<Statement> statements) {
    Set<FactId> made = new HashSet<>();
    statements.forEach(statement -> made.addAll(statement.subjects()));
    return made;
  }

  List<OnlineChange> all() {
    List<OnlineChange> changes = new ArrayList<>();
    Set<Integer> done = new HashSet<>();
    Map<Integer, OnlineChange> instead = new HashMap<>();
    Map<Integer, List<OnlineChange>> behind = new HashMap<>();
    for (int i = 0; i < statements.size(); i++) {
      Statement statement = statements.get(i);
      if (done.contains(i)) {
        continue;
      }
      if (instead.containsKey(i)) {
        changes.add(instead.get(i));
        changes.addAll(behind.getOrDefault(i, List.of()));
        continue;
      }
      Optional<Integer> later = madeAgain(i);
      Optional<OnlineForm> other = later.flatMap(at -> replaced(statements.get(at)));
      if (other.isPresent()) {
        // The old one serves until then.
        List<Statement> both = List.of(statement, statements.get(later.get()));
        instead.put(later.get(), new OnlineChange(other.get(), both));
        for (int between = i + 1; between < later.get(); between++) {
          Statement next = statements.get(between);
          if (waits(next) && touches(next.about(), statement.about())) {
            done.add(between);
            behind
                .computeIfAbsent(later.get(), key -> new ArrayList<>())
                .add(new OnlineChange(OnlineForm.plain(next), List.of(next)));
          }
        }
        continue;
      }
      Set<Integer> parts = parts(i);
      boolean asItIs = commits(statement) || !statement.parts().isEmpty();
      Optional<OnlineForm> form = asItIs ? Optional.empty() : form(i, parts);
      OnlineForm chosen = form.orElseGet(() -> OnlineForm.plain(statement));
      List<Statement> plain = new ArrayList<>(List.of(statement));
      parts.stream()
          .sorted()
          .filter(part -> chosen.about().contains(statements.get(part).about()))
          .filter(part -> !statements.get(part).about().equals(statement.about()))
          .forEach(
              part -> {
                done.add(part);
                plain.add(statements.get(part));
              });
      changes.add(new OnlineChange(chosen, plain));
    }
    return changes;
  }

  private static boolean commits(Statement statement) {
    return statement.commitBefore() || !statement.transactional();
  }

  private Optional<OnlineForm> form(int at, Set<Integer> parts) {
    Statement statement = statements.get(at);
    return switch (statement.about().kind()) {
      case INDEX ->
          indexes.of(
              statement,
              parts.stream().map(i -> statements.get(i).about()).toList(),
              tablesFrom(at));
      case CONSTRAINT -> constraints.of(statement, tablesFrom(at));
      case COLUMN -> columns.of(statement);
      default -> Optional.empty();
    };
  }

  /** The tables that come behind a statement. */
  private Set<FactId> tablesFrom(int at) {
    Set<FactId> tables = new HashSet<>();
    for (Statement statement : statements.subList(at, statements.size())) {
      if (statement.about().kind() == Kind.TABLE && !from.has(statement.about())) {
        tables.add(statement.about());
      }
    }
    return tables;
  }

  private Optional<OnlineForm> replaced(Statement create) {
    return create.about().kind() == Kind.INDEX
        ? indexes.replaced(create)
        : constraints.replaced(create);
  }

  /**
   * Where an index or a constraint that this statement drops is made again, if nothing in between
   * needs it to be gone.
   */
  private Optional<Integer> madeAgain(int drop) {
    Statement statement = statements.get(drop);
    FactId id = statement.about();
    if (id.kind() != Kind.INDEX && id.kind() != Kind.CONSTRAINT || !drops(statement)) {
      return Optional.empty();
    }
    for (int i = drop + 1; i < statements.size(); i++) {
      Statement next = statements.get(i);
      if (next.subjects().contains(id) && !next.parts().isEmpty()) {
        return Optional.empty();
      }
      if (next.about().equals(id)) {
        return commits(next) ? Optional.empty() : Optional.of(i);
      }
      if (commits(next)
          || next.subjects().stream().anyMatch(one -> touches(one, id))
              && !lets(next)
              && !waits(next)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean drops(Statement statement) {
    return statement.operation() instanceof Operation.DropIndex
        || statement.operation().isAlter(TableAction.DropConstraint.class::isInstance);
  }

  /** What can happen to a column while the old index or key is still there. */
  private static boolean lets(Statement statement) {
    return statement.about().kind() == Kind.COLUMN
        && statement.parts().isEmpty()
        && statement
            .operation()
            .isAlter(
                action ->
                    action instanceof TableAction.AddColumn
                        || action instanceof TableAction.SetNotNull);
  }

  /** What can wait until the old key is gone: a column of it need not have a value any more. */
  private static boolean waits(Statement statement) {
    return statement.about().kind() == Kind.COLUMN
        && statement.parts().isEmpty()
        && statement.operation().isAlter(TableAction.DropNotNull.class::isInstance);
  }

  private boolean touches(FactId other, FactId id) {
    return depends(from, id, other)
        || depends(to, id, other)
        || depends(from, other, id)
        || depends(to, other, id);
  }

  private static boolean depends(Schema schema, FactId id, FactId on) {
    return schema.find(id).map(Fact::dependsOn).filter(all -> all.contains(on)).isPresent();
  }

  /** The statements about the indexes or keys of partitions, when this one makes the parent's. */
  private Set<Integer> parts(int create) {
    Set<Integer> parts = new HashSet<>();
    Statement statement = statements.get(create);
    FactId whole = statement.about();
    boolean makes =
        whole.kind() == Kind.INDEX && IndexForms.creates(statement)
            || whole.kind() == Kind.CONSTRAINT && ConstraintForms.adds(statement);
    if (makes) {
      for (int i = create + 1; i < statements.size(); i++) {
        FactId about = statements.get(i).about();
        if (indexes.isPart(about, whole) || constraints.isPart(about, whole)) {
          parts.add(i);
        }
      }
    }
    return parts;
  }

  /** A statement that keeps its form although that is not what was asked for. */
  static OnlineForm without(Statement statement, String reason) {
    return OnlineForm.plain(statement.with(new Hazard.NoOnlineForm(reason)));
  }
}
