package dev.migrate.plan.online;

import dev.migrate.plan.Hazard;
import dev.migrate.plan.Statement;
import dev.migrate.schema.FactId;
import dev.migrate.schema.Kind;
import dev.migrate.schema.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Groups changes that must share one transaction, because nobody should see them half done. A view
 * that is dropped so that a column can be altered, and is made again behind it, would be missing
 * for everybody if a commit came in between; so would a type that is made anew. Such changes, and
 * all that must run between them, share a transaction, in their plain form where that is the only
 * one that can. What takes long under a strong lock gets a transaction in which nothing else is
 * locked.
 */
final class OnlineGrouping {
  private final Schema from;
  private final Schema to;
  private final FormDependency dependence;
  private final List<OnlineChange> changes;
  private final boolean back;
  private final int[] unit;
  private final Set<FactId> remade = new HashSet<>();

  OnlineGrouping(
      Schema from, Schema to, FormDependency dependence, List<OnlineChange> changes, boolean back) {
    this.from = from;
    this.to = to;
    this.dependence = dependence;
    this.changes = List.copyOf(changes);
    this.back = back;
    this.unit = new int[changes.size()];
    for (int i = 0; i < unit.length; i++) {
      unit[i] = i; // its first member
    }
  }

  /** The forms, in an order that what they depend on allows. */
  List<OnlineForm> forms() {
    for (int i = 0; i < unit.length; i++) {
      joinWhatIsMadeAgain(i);
      joinWhatIsAlteredAtLength(i);
    }
    int start = unit.length;
    int end = 0;
    for (int i = 0; i < unit.length; i++) {
      if (unit[i] != i) {
        start = Math.min(start, unit[i]);
        end = i + 1;
      }
    }
    List<OnlineForm> forms = new ArrayList<>();
    for (int i = 0; i < Math.min(start, unit.length); i++) {
      forms.add(alone(changes.get(i)));
    }
    if (start < end) {
      Window window = new Window(start, end);
      window.joinWhatRunsBetween();
      window.sorted().forEach(members -> forms.addAll(of(members)));
      for (int i = end; i < unit.length; i++) {
        forms.add(alone(changes.get(i)));
      }
    }
    return forms;
  }

  private void joinWhatIsMadeAgain(int drop) {
    FactId id = changes.get(drop).first();
    if (!changes.get(drop).drops(id)) {
      return;
    }
    for (int i = drop + 1; i < unit.length; i++) {
      OnlineChange next = changes.get(i);
      if (next.makes(id)) {
        remade.add(id);
        join(drop, i);
      } else if (remade.contains(id) && OnlineChange.isPartOf(next.first(), id, to)) {
        join(drop, i); // a grant, a comment
      }
    }
  }

  private void joinWhatIsAlteredAtLength(int at) {
    if (changes.get(at).takesLong()) {
      for (int i = 0; i < unit.length; i++) {
        if (i != at
            && !changes.get(i).staged()
            && changes.get(at).form().about().contains(changes.get(i).first())) {
          join(at, i);
        }
      }
    }
  }

  private boolean join(int one, int other) {
    int first = Math.min(unit[one], unit[other]);
    int second = Math.max(unit[one], unit[other]);
    if (first == second) {
      return false;
    }
    for (int i = 0; i < unit.length; i++) {
      if (unit[i] == second) {
        unit[i] = first;
      }
    }
    return true;
  }

  private OnlineForm alone(OnlineChange change) {
    return change.takesLong() && !back
        ? new OnlineForm(
            change.form().about(),
            List.of(new Stage(Stage.Kind.LONG, change.form().stages().get(0).statements())),
            1)
        : change.form();
  }

  private List<OnlineForm> of(List<OnlineChange> members) {
    if (members.size() == 1) {
      return List.of(alone(members.get(0)));
    }
    String what =
        members.stream()
            .map(OnlineChange::first)
            .filter(remade::contains)
            .distinct()
            .map(FactId::toString)
            .collect(Collectors.joining(", "));
    if (members.stream().anyMatch(OnlineChange::commits)) {
      return members.stream().map(member -> withGap(member, what)).toList();
    }
    OnlineForm last = members.get(members.size() - 1).form();
    if (members.size() == 2
        && !members.get(0).staged()
        && last.stages().size() > 1
        && (back || last.stages().get(0).kind() == Stage.Kind.CHANGE)) {
      return back
          ? members.stream().map(OnlineChange::form).toList()
          : List.of(behind(members.get(0).form(), last));
    }
    return List.of(inOne(members, what));
  }

  /** A constraint that is made again holds for new rows at once. */
  private static OnlineForm behind(OnlineForm drop, OnlineForm made) {
    List<Statement> first = new ArrayList<>(drop.stages().get(0).statements());
    first.addAll(made.stages().get(0).statements());
    List<Stage> stages = new ArrayList<>(made.stages());
    stages.set(0, new Stage(Stage.Kind.CHANGE, first));
    Set<FactId> about = new HashSet<>(drop.about());
    about.addAll(made.about());
    return new OnlineForm(about, stages, made.usable());
  }

  private OnlineForm inOne(List<OnlineChange> members, String what) {
    List<Statement> statements = new ArrayList<>();
    Set<FactId> about = new HashSet<>();
    String reason =
        what.isEmpty()
            ? "it runs between statements that share a transaction"
            : what + " would be missing between two transactions";
    for (OnlineChange member : members) {
      about.addAll(member.form().about());
      List<Statement> plain =
          member.staged() ? member.plain() : member.form().stages().get(0).statements();
      for (Statement statement : plain) {
        statements.add(
            member.staged() ? statement.with(new Hazard.NoOnlineForm(reason)) : statement);
      }
    }
    boolean afterCommit = statements.stream().anyMatch(Statement::commitBefore);
    statements.replaceAll(Statement::withoutCommit);
    if (afterCommit) {
      statements.set(0, statements.get(0).afterCommit());
    }
    boolean takesLong = statements.stream().anyMatch(OnlineChange::takesLong);
    Stage.Kind kind = takesLong && !back ? Stage.Kind.LONG : Stage.Kind.CHANGE;
    return new OnlineForm(about, List.of(new Stage(kind, statements)), 1);
  }

  private OnlineForm withGap(OnlineChange member, String what) {
    OnlineForm form = alone(member);
    if (!remade.contains(member.first()) || !member.drops(member.first())) {
      return form;
    }
    return new OnlineForm(
        form.about(),
        form.stages().stream()
            .map(
                stage ->
                    new Stage(
                        stage.kind(),
                        stage.statements().stream()
                            .map(
                                one ->
                                    one.with(
                                        new Hazard.NoOnlineForm(
                                            what
                                                + " is missing until it is made again, since PostgreSQL"
                                                + " wants a commit before that")))
                            .toList()))
            .toList(),
        form.usable());
  }

  /** The changes among which there are some that belong together. */
  private final class Window {
    private final int start;
    private final int end;
    private final boolean[][] before;

    Window(int start, int end) {
      this.start = start;
      this.end = end;
      this.before = new boolean[end - start][end - start];
      for (int i = start; i < end; i++) {
        for (int j = i + 1; j < end; j++) {
          before[i - start][j - start] = mustRunBefore(changes.get(i), changes.get(j));
        }
      }
    }

    private boolean mustRunBefore(OnlineChange one, OnlineChange other) {
      FactId id = one.first();
      boolean goneForOthers =
          remade.contains(id)
              && one.drops(id)
              && id.kind().has(Kind.Trait.HOLDS_NOTHING)
              && other.letsDependentsBe(from);
      return !goneForOthers && dependence.between(one.form(), other.form());
    }

    /** What comes after a member of a group and before another one belongs to the group. */
    void joinWhatRunsBetween() {
      boolean joined = true;
      while (joined) {
        joined = false;
        for (int first : groups()) {
          Set<Integer> between = reached(first, true);
          between.retainAll(reached(first, false));
          for (int other : between) {
            joined |= join(first, other);
          }
        }
      }
    }

    private Set<Integer> groups() {
      Set<Integer> groups = new TreeSet<>();
      for (int i = start; i < end; i++) {
        if (unit[i] != i) {
          groups.add(unit[i]);
        }
      }
      return groups;
    }

    private Set<Integer> reached(int group, boolean forward) {
      Set<Integer> reached = new HashSet<>();
      List<Integer> open = new ArrayList<>(members(group));
      while (!open.isEmpty()) {
        int at = open.remove(open.size() - 1);
        for (int i = start; i < end; i++) {
          boolean edge = forward ? before[at - start][i - start] : before[i - start][at - start];
          if (edge && !reached.contains(i)) {
            for (int member : members(unit[i])) {
              if (reached.add(member)) {
                open.add(member);
              }
            }
          }
        }
      }
      return reached;
    }

    private List<Integer> members(int first) {
      List<Integer> members = new ArrayList<>();
      for (int i = start; i < end; i++) {
        if (unit[i] == first) {
          members.add(i);
        }
      }
      return members;
    }

    /** Each group where the first of its members was, or behind what it comes after. */
    List<List<OnlineChange>> sorted() {
      Set<Integer> waiting = new LinkedHashSet<>();
      for (int i = start; i < end; i++) {
        waiting.add(unit[i]);
      }
      List<List<OnlineChange>> sorted = new ArrayList<>();
      while (!waiting.isEmpty()) {
        int next =
            waiting.stream()
                .filter(candidate -> waiting.stream().noneMatch(other -> after(candidate, other)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Changes wait for each other"));
        waiting.remove(next);
        sorted.add(members(next).stream().map(changes::get).toList());
      }
      return sorted;
    }

    private boolean after(int group, int other) {
      return group != other
          && members(other).stream()
              .anyMatch(
                  i ->
                      members(group).stream()
                          .anyMatch(member -> before[i - start][member - start]));
    }
  }
}
