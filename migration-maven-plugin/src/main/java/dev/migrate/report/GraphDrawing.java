package dev.migrate.report;

import dev.migrate.revision.RevisionId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Renders a revision graph as text, newest first, in the manner of {@code git log --graph}: a
 * column for each line of revisions, {@code *} for a revision, <code>|\</code> below a merge, and
 * {@code |/} where branches come from one revision. Cost is linear in the number of lines times the
 * number of columns.
 */
public final class GraphDrawing {
  /** For each column the revision that it leads down to. */
  private final List<RevisionId> columns = new ArrayList<>();

  private final List<String> lines = new ArrayList<>();

  /** The column in which a first revision has just ended, or -1. */
  private int ended = -1;

  private GraphDrawing() {}

  /**
   * A revision in the drawing.
   *
   * @param id its id
   * @param parents what it revises; those that are not drawn are left out
   * @param mark the character that stands for it
   * @param text what stands beside it: one line or more
   */
  public record Node(RevisionId id, List<RevisionId> parents, char mark, List<String> text) {
    /** Copies what it is given. */
    public Node {
      parents = parents.stream().distinct().toList();
      text = List.copyOf(text);
    }

    /**
     * @param parents what it revises
     * @param text what stands beside it
     */
    public Node(RevisionId id, List<RevisionId> parents, List<String> text) {
      this(id, parents, '*', text);
    }
  }

  /**
   * @param nodes the revisions to draw, every child before its parents
   * @return the lines of the drawing, without spaces at their ends
   * @throws IllegalArgumentException if a parent comes before its child
   */
  public static List<String> draw(List<Node> nodes) {
    Set<RevisionId> ahead = new HashSet<>();
    nodes.forEach(node -> ahead.add(node.id()));
    Set<RevisionId> drawable = Set.copyOf(ahead);
    GraphDrawing drawing = new GraphDrawing();
    for (Node node : nodes) {
      ahead.remove(node.id());
      List<RevisionId> parents = node.parents().stream().filter(drawable::contains).toList();
      if (!ahead.containsAll(parents)) {
        throw new IllegalArgumentException(node.id() + " comes after one of its parents");
      }
      drawing.add(node, parents);
    }
    return drawing.lines;
  }

  private void add(Node node, List<RevisionId> parents) {
    int column = columns.indexOf(node.id());
    if (column < 0) {
      column = columns.size();
      if (ended == column) {
        // Without a gap the new line of revisions would look like the end of the last one.
        lines.add(straight(columns.size()).toString().stripTrailing());
      }
      columns.add(node.id());
    }
    ended = -1;
    List<String> block = new ArrayList<>();
    int widened = makeRoom(column, parents.size(), block);
    int head = block.size();
    block.add(markRow(node.mark(), column, parents.size(), widened));
    if (parents.isEmpty()) {
      end(column, block);
    } else {
      split(column, parents, block);
      join(block);
    }
    write(block, head, node.text());
  }

  /** Moves the columns right of a merge of three or more away, so that its arms have room. */
  private int makeRoom(int column, int parents, List<String> block) {
    int right = columns.size() - column - 1;
    int steps = Math.max(0, parents - 2);
    for (int step = 0; step < steps && right > 0; step++) {
      Row row = straight(column + 1);
      for (int i = column + 1; i < columns.size(); i++) {
        row.put(2 * (i + step) + 1, '\\');
      }
      block.add(row.toString());
    }
    return steps;
  }

  private String markRow(char mark, int column, int parents, int widened) {
    Row row = new Row();
    for (int i = 0; i < columns.size(); i++) {
      int at = i > column ? i + widened : i;
      row.put(2 * at, i == column ? mark : '|');
    }
    for (int at = 2 * column + 1; parents > 2 && at <= 2 * (column + widened); at++) {
      row.put(at, at == 2 * (column + widened) ? '.' : '-');
    }
    return row.toString();
  }

  private void end(int column, List<String> block) {
    columns.remove(column);
    ended = column;
    if (column < columns.size()) {
      Row row = straight(column);
      for (int i = column; i < columns.size(); i++) {
        row.put(2 * i + 1, '/');
      }
      block.add(row.toString());
    }
  }

  /** The first parent goes on in the column of its child, the others in new ones beside it. */
  private void split(int column, List<RevisionId> parents, List<String> block) {
    columns.set(column, parents.get(0));
    if (parents.size() == 1) {
      return;
    }
    columns.addAll(column + 1, parents.subList(1, parents.size()));
    Row row = straight(column + 1);
    for (int i = column + 1; i < columns.size(); i++) {
      row.put(2 * i - 1, '\\');
    }
    block.add(row.toString());
  }

  /** Leads columns that go to one revision together, the right one into the left one. */
  private void join(List<String> block) {
    for (int right = 1; right < columns.size(); ) {
      int left = columns.indexOf(columns.get(right));
      if (left == right) {
        right++;
        continue;
      }
      Row row = straight(right);
      for (int i = left + 1; i < right - 1; i++) {
        row.put(2 * i + 1, '_');
      }
      for (int i = right; i < columns.size(); i++) {
        row.put(2 * i - 1, '/');
      }
      block.add(row.toString());
      columns.remove(right);
      if (left < right - 1) {
        Row last = straight(columns.size());
        last.put(2 * left + 1, '/');
        block.add(last.toString());
      }
    }
  }

  /**
   * Puts the text beside the rows, from the one with the mark on, and adds rows if it is longer.
   */
  private void write(List<String> block, int head, List<String> text) {
    while (block.size() - head < text.size()) {
      block.add(straight(columns.size()).toString());
    }
    int width = 0;
    for (int i = 0; i < text.size(); i++) {
      width = Math.max(width, block.get(head + i).length());
    }
    for (int i = 0; i < block.size(); i++) {
      String row = block.get(i);
      boolean beside = i >= head && i - head < text.size();
      String line = beside ? row + " ".repeat(width - row.length() + 1) + text.get(i - head) : row;
      lines.add(line.stripTrailing());
    }
  }

  private static Row straight(int count) {
    Row row = new Row();
    for (int i = 0; i < count; i++) {
      row.put(2 * i, '|');
    }
    return row;
  }

  /** A line that grows to the right. */
  private static final class Row {
    private final StringBuilder cells = new StringBuilder();

    void put(int at, char cell) {
      while (cells.length() <= at) {
        cells.append(' ');
      }
      cells.setCharAt(at, cell);
    }

    @Override
    public String toString() {
      return cells.toString();
    }
  }
}
