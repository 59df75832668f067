package dev.migrate.plan.online;

import dev.migrate.plan.Operation;
import dev.migrate.plan.Statement;
import dev.migrate.plan.TableAction;
import dev.migrate.sql.SqlComment;
import java.util.ArrayList;
import java.util.List;

/**
 * Schedules the stages of all changes into as few revisions as their dependencies allow. A group
 * becomes a revision.
 */
final class StageScheduler {
  /** How long a statement with a strong lock may keep others waiting behind it. */
  private static final String SHORT = "5s";

  /** CONCURRENTLY waits for transactions that are open; nobody waits for it meanwhile. */
  private static final String PATIENT = "10min";

  private final FormDependency dependence;
  private final List<Group> groups = new ArrayList<>();
  private final List<Placed> placed = new ArrayList<>();
  private int floor;

  private record Group(Stage.Kind kind, List<Statement> statements) {}

  /**
   * A change that has its place.
   *
   * @param usable the first group that most of what depends on it may be in
   * @param done the first group that everything may be in
   */
  private record Placed(OnlineForm form, int usable, int done) {}

  StageScheduler(FormDependency dependence) {
    this.dependence = dependence;
    groups.add(new Group(Stage.Kind.CHANGE, new ArrayList<>()));
  }

  /** Adds a change; it comes after those that were added before and that it depends on. */
  void add(OnlineForm form) {
    if (form.afterCommit()) {
      floor = groups.size();
    }
    int at = floor;
    boolean all = dependence.waitsForAll(form);
    for (Placed before : placed) {
      int earliest = all ? before.done() : before.usable();
      if (earliest > at && dependence.between(before.form(), form)) {
        at = earliest;
      }
    }
    int usable = at;
    for (int i = 0; i < form.stages().size(); i++) {
      at = behind(put(form.stages().get(i), at));
      if (i < form.usable()) {
        usable = at;
      }
    }
    if (at > 0) {
      placed.add(new Placed(form, usable, at));
    }
  }

  /** The first group that something may be in that comes after a group. */
  private int behind(int group) {
    return switch (groups.get(group).kind()) {
      case CHECK, LONG -> group + 1;
      case CHANGE, FILL, SCRIPT -> group;
    };
  }

  private int put(Stage stage, int earliest) {
    for (int i = earliest; i < groups.size(); i++) {
      if (groups.get(i).kind() == stage.kind() && stage.kind() != Stage.Kind.LONG) {
        groups.get(i).statements().addAll(stage.statements());
        return i;
      }
    }
    groups.add(new Group(stage.kind(), new ArrayList<>(stage.statements())));
    return groups.size() - 1;
  }

  /**
   * @return the statements, group by group
   */
  List<Statement> statements() {
    List<Statement> all = new ArrayList<>();
    for (Group group : groups) {
      List<Statement> statements = new ArrayList<>();
      if (group.statements().isEmpty()) {
        continue;
      }
      switch (group.kind()) {
        case CHANGE, LONG -> statements.addAll(group.statements());
        case CHECK -> statements.addAll(validationsFirst(group.statements()));
        case FILL, SCRIPT -> statements.addAll(withTimeouts(group.statements()));
      }
      if (statements.get(0).transactional()) {
        Statement first = statements.get(0);
        statements.add(
            0,
            Statement.setting(
                first.about(),
                SqlComment.line(
                        "Others queue behind whoever waits for a lock: give up soon and try again"
                            + " later.")
                    + "SET LOCAL lock_timeout = '%s'".formatted(SHORT)));
      }
      statements.replaceAll(Statement::withoutCommit);
      if (!all.isEmpty()) {
        statements.set(0, statements.get(0).afterCommit());
      }
      all.addAll(statements);
    }
    return all;
  }

  private static List<Statement> validationsFirst(List<Statement> statements) {
    List<Statement> sorted = new ArrayList<>();
    statements.stream().filter(StageScheduler::validates).forEach(sorted::add);
    statements.stream().filter(one -> !validates(one)).forEach(sorted::add);
    return sorted;
  }

  private static boolean validates(Statement statement) {
    return statement.operation().isAlter(TableAction.ValidateConstraint.class::isInstance);
  }

  private static List<Statement> withTimeouts(List<Statement> statements) {
    List<Statement> timed = new ArrayList<>();
    String current = "";
    for (Statement statement : statements) {
      String wanted = statement.operation() instanceof Operation.Concurrently ? PATIENT : SHORT;
      if (!wanted.equals(current)) {
        timed.add(setting(statement, "SET lock_timeout = '%s'".formatted(wanted)));
        current = wanted;
      }
      timed.add(statement);
    }
    timed.add(setting(statements.get(statements.size() - 1), "RESET lock_timeout"));
    return timed;
  }

  private static Statement setting(Statement like, String sql) {
    return Statement.setting(like.about(), sql).asRepeatable();
  }
}
