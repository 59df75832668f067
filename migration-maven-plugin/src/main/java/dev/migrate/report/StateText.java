package dev.migrate.report;

import dev.migrate.history.HistoryRow;
import dev.migrate.history.RevisionState;
import dev.migrate.history.RevisionState.Status;
import dev.migrate.history.TargetState;
import dev.migrate.revision.Revision;
import dev.migrate.revision.RevisionGraph;
import dev.migrate.revision.RevisionId;
import dev.migrate.script.RevisionFile;
import dev.migrate.script.Script;
import dev.migrate.text.PlainText;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Formats the state of a target (current, pending, failed, edited revisions) for people. */
public final class StateText {
  private final TargetState state;
  private final TerminalStyle style;

  /**
   * @param state where the target stands
   * @param style colour or not
   */
  public StateText(TargetState state, TerminalStyle style) {
    this.state = state;
    this.style = style;
  }

  /**
   * @return where the target stands, and what is waiting for it
   */
  public List<String> current() {
    List<String> lines = new ArrayList<>();
    if (state.current().isEmpty()) {
      lines.add("Current: base (no revision is applied)");
    }
    for (Revision revision : state.current()) {
      lines.add("Current: " + title(revision) + headMark(revision));
      state
          .state(revision.id())
          .flatMap(RevisionState::row)
          .ifPresent(row -> lines.add("         applied " + applied(row)));
    }
    lines.addAll(attention());
    return lines;
  }

  /**
   * @return where the target stands, in short
   */
  public String place() {
    return state.current().isEmpty() ? "base (no revision is applied)" : titles(state.current());
  }

  /**
   * @param heads where a database stands
   * @return their titles; {@code base} where nothing is applied
   */
  public static String position(List<Revision> heads) {
    return heads.isEmpty()
        ? "base"
        : heads.stream().map(Revision::title).collect(Collectors.joining(", "));
  }

  /**
   * @return what somebody should know about, most urgent first; empty when all is well
   */
  public List<String> attention() {
    List<String> lines = new ArrayList<>();
    for (HistoryRow row : state.history().notUnderstood()) {
      lines.add(
          style.bad(
              "Not understood: row %d of the history, of type \"%s\", script \"%s\""
                  .formatted(row.rank(), row.type(), row.script())));
    }
    tell(lines, Status.FAILED, "Failed half-way: ");
    tell(lines, Status.DOWNGRADE_FAILED, "Downgrade failed half-way: ");
    List<Script> repeatables = state.repeatables().failed();
    if (!repeatables.isEmpty()) {
      lines.add(
          style.bad(
              "Failed half-way, repeatable: "
                  + repeatables.stream().map(Script::name).collect(Collectors.joining(", "))));
    }
    List<RevisionState> unknown = state.in(Status.UNKNOWN);
    if (!unknown.isEmpty()) {
      lines.add(
          style.bad(
              "Applied but not in the files: %s; git log --all -- '*%s*' finds what became of them"
                  .formatted(names(unknown), unknown.get(0).id())));
    }
    tell(lines, Status.EDITED, "Edited since it was applied: ");
    int squashed = state.in(Status.SQUASHED).size();
    if (squashed > 0) {
      lines.add(
          style.bad(
              "In the middle of the baseline %s, which has replaced %s of those applied here"
                  .formatted(
                      state.graph().baseline().map(Revision::title).orElseThrow(),
                      count(squashed, "revision"))));
    }
    List<Revision> heads = state.graph().heads();
    if (heads.size() > 1) {
      lines.add(style.bad("%d heads: %s".formatted(heads.size(), titles(heads))));
    }
    List<RevisionState> pending = state.in(Status.PENDING);
    if (!pending.isEmpty()) {
      lines.add(
          style.waiting(
              "Pending: %s".formatted(count(pending.size(), "revision"))
                  + (pending.size() <= 3 ? ": " + names(pending) : "")));
    }
    List<Script> toRun = pendingRepeatables();
    if (!toRun.isEmpty()) {
      lines.add(
          style.waiting(
              "Pending, repeatable: "
                  + toRun.stream()
                      .map(script -> "%s (%s)".formatted(script.name(), newOrChanged(script)))
                      .collect(Collectors.joining(", "))));
    }
    List<RevisionState> late = state.outOfOrder();
    if (!late.isEmpty()) {
      lines.add(style.bad("Out of order, below what is applied: " + names(late)));
    }
    List<Script> always = state.repeatables().ofEachUpgrade();
    if (!always.isEmpty()) {
      lines.add("Repeatable, runs with every upgrade (flyway:timestamp): " + scripts(always));
    }
    List<HistoryRow> gone = state.repeatables().withoutFile();
    if (!gone.isEmpty()) {
      lines.add(
          style.bad(
              "Repeatable, ran here and is gone from the files: %s. What it made stays until a revision drops it; mvn migrate:stamp -Dmigrate.to=current -Dmigrate.purge=true takes note, and Flyway's validate wants that"
                  .formatted(
                      gone.stream().map(HistoryRow::script).collect(Collectors.joining(", ")))));
    }
    return lines;
  }

  private static String scripts(List<Script> some) {
    return some.stream().map(Script::name).collect(Collectors.joining(", "));
  }

  /** Those that failed are told of as such. */
  private List<Script> pendingRepeatables() {
    List<Script> pending = new ArrayList<>(state.repeatables().pending());
    pending.removeAll(state.repeatables().failed());
    return pending;
  }

  private String newOrChanged(Script script) {
    return state.history().repeatable(script.description()).isPresent()
        ? "changed since it ran"
        : "new";
  }

  private void tell(List<String> lines, Status status, String what) {
    List<RevisionState> found = state.in(status);
    if (!found.isEmpty()) {
      lines.add(style.bad(what + names(found)));
    }
  }

  /**
   * Draws the graph, newest first, with the state of each revision.
   *
   * @param shown the revisions to draw
   * @param verbose whether parents, labels and files are shown, too
   * @return the lines
   */
  public List<String> history(List<Revision> shown, boolean verbose) {
    Map<RevisionId, RevisionState> states = new HashMap<>();
    state.states().forEach(one -> states.put(one.id(), one));
    List<GraphDrawing.Node> nodes = new ArrayList<>();
    List<RevisionState> notInFiles =
        state.states().stream().filter(one -> one.revision().isEmpty()).toList();
    for (RevisionState unknown : notInFiles) {
      String text = "%s  %s  %s".formatted(unknown.id(), unknown.message(), marks(unknown));
      nodes.add(new GraphDrawing.Node(unknown.id(), List.of(), '?', List.of(text)));
    }
    for (Revision revision : shown) {
      nodes.add(
          new GraphDrawing.Node(
              revision.id(),
              revision.parents(),
              block(states.get(revision.id()), revision, verbose)));
    }
    nodes.sort(Comparator.comparing(GraphDrawing.Node::id).reversed());
    List<String> lines = new ArrayList<>(GraphDrawing.draw(nodes));
    for (Script script : state.repeatables().failed()) {
      lines.add("%s  [%s]".formatted(script.name(), style.bad("failed half-way, repeatable")));
    }
    for (Script script : pendingRepeatables()) {
      lines.add(
          "%s  [%s, repeatable, %s]"
              .formatted(script.name(), style.waiting("pending"), newOrChanged(script)));
    }
    return lines;
  }

  private List<String> block(RevisionState one, Revision revision, boolean verbose) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s  %s".formatted(revision.id(), revision.message(), marks(one)).stripTrailing());
    if (verbose) {
      RevisionFile file = state.files().get(revision.id());
      lines.add("    upgrade:   " + file.upgrade().name());
      lines.add(
          "    downgrade: " + file.downgrade().map(Script::name).orElse("none (irreversible)"));
      if (!revision.dependencies().isEmpty()) {
        lines.add("    depends:   " + String.join(", ", revision.dependencies()));
      }
    }
    return lines;
  }

  private String marks(RevisionState one) {
    List<String> marks = new ArrayList<>();
    String status = one.status().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    marks.add(
        switch (one.status()) {
          case APPLIED ->
              style.good(status) + one.row().map(row -> " " + on(row)).orElse(" (baseline)");
          case PENDING ->
              state.outOfOrder().contains(one)
                  ? style.waiting(status) + ", " + style.bad("out of order")
                  : style.waiting(status);
          case EDITED, UNKNOWN, SQUASHED ->
              style.bad(status) + one.row().map(row -> ", applied " + on(row)).orElse("");
          case FAILED, DOWNGRADE_FAILED ->
              style.bad(status) + one.row().map(row -> " " + on(row)).orElse("");
          case NOT_UNDERSTOOD ->
              style.bad(status)
                  + one.row().map(row -> ": %s %s".formatted(row.type(), on(row))).orElse("");
        });
    if (one.current()) {
      marks.add(style.good("current"));
    }
    one.revision()
        .ifPresent(
            revision -> {
              if (isHead(revision)) {
                marks.add("head");
              }
              if (revision.baseline()) {
                marks.add("baseline");
              }
              if (!revision.labels().isEmpty()) {
                marks.add("label " + String.join(" ", revision.labels()));
              }
              if (!revision.baseline() && state.files().get(revision.id()).downgrade().isEmpty()) {
                marks.add("irreversible");
              }
            });
    return "[" + String.join(", ", marks) + "]";
  }

  /**
   * Everything about one revision.
   *
   * @param id the revision
   * @return header, state, and both scripts
   */
  public List<String> show(RevisionId id) {
    RevisionState one = state.state(id).orElseThrow();
    RevisionGraph graph = state.graph();
    List<String> lines = new ArrayList<>();
    lines.add("Revision:  " + id);
    lines.add("Message:   " + one.message());
    lines.add("State:     " + marks(one));
    one.row().ifPresent(row -> lines.add("Applied:   " + applied(row)));
    Optional<RevisionFile> file = state.files().find(id);
    if (file.isEmpty()) {
      lines.add(
          one.status() == Status.SQUASHED
              ? "Files:     archived: a baseline has replaced this revision"
              : "Files:     none: this revision is not in the project");
      return lines;
    }
    Revision revision = file.get().revision();
    lines.add("Revises:   " + (revision.isBase() ? "nothing (base)" : titles(graph.parents(id))));
    if (!graph.children(id).isEmpty()) {
      lines.add("Followed:  by " + titles(graph.children(id)));
    }
    if (!revision.dependencies().isEmpty()) {
      lines.add("Depends:   on " + titles(graph.dependencies(id)));
    }
    if (!graph.labelsOf(id).isEmpty()) {
      lines.add("Labels:    " + String.join(", ", graph.labelsOf(id)));
    }
    revision.created().ifPresent(at -> lines.add("Created:   " + at));
    lines.add("");
    script(lines, "Upgrade", file.get().upgrade());
    lines.add("");
    file.get()
        .downgrade()
        .ifPresentOrElse(
            script -> script(lines, "Downgrade", script),
            () -> lines.add("Downgrade: none, so it cannot be taken back"));
    for (Script script : state.repeatables().failed()) {
      lines.add("");
      lines.add("Failed half-way, repeatable: " + script.name());
    }
    return lines;
  }

  private static void script(List<String> lines, String what, Script script) {
    lines.add(
        "%s:%s%s%s"
            .formatted(
                what,
                " ".repeat(Math.max(1, 10 - what.length())),
                script.name(),
                script.transactional() ? "" : " (transaction: none)"));
    script.text().lines().forEach(line -> lines.add("  | " + line));
  }

  private String headMark(Revision revision) {
    if (!isHead(revision) || state.files().find(revision.id()).isEmpty()) {
      return "";
    }
    return state.in(Status.UNKNOWN).isEmpty()
        ? " (head)"
        : " (head of the files; the database is ahead of them)";
  }

  private boolean isHead(Revision revision) {
    return state.graph().children(revision.id()).isEmpty();
  }

  private static String applied(HistoryRow row) {
    return "%s by %s in %s"
        .formatted(on(row), PlainText.line(row.installedBy()), Durations.text(row.took()));
  }

  private static String on(HistoryRow row) {
    return row.installedOn().format(Times.SECONDS);
  }

  /** Loaded when a time is to be written: who asks for the state in a hurry wants none. */
  private static final class Times {
    static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");
  }

  private static String title(Revision revision) {
    return revision.id() + "  " + revision.message();
  }

  private static String titles(List<Revision> revisions) {
    return revisions.stream().map(Revision::title).collect(Collectors.joining(", "));
  }

  private static String names(List<RevisionState> states) {
    return states.stream()
        .map(one -> one.id() + " (" + one.message() + ")")
        .collect(Collectors.joining(", "));
  }

  /**
   * @param number how many
   * @param noun of what, in the singular
   * @return such as {@code 1 revision}, {@code 3 revisions}
   */
  public static String count(int number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }
}
