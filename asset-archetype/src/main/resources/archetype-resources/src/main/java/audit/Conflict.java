package ${package}.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * Somebody else was quicker.
 *
 * @param sentence who and when
 * @param differences where what is saved differs from what was typed
 */
public record Conflict(String sentence, List<Difference> differences) {
  public Conflict {
    differences = List.copyOf(differences);
  }

  public record Difference(String name, String saved, String typed) {}

  /** The same, with one more difference if these two are different. */
  public Conflict with(String name, String saved, String typed) {
    String mine = typed == null ? "" : typed.strip().replace("\r\n", "\n");
    if (saved.equals(mine)) {
      return this;
    }
    List<Difference> more = new ArrayList<>(differences);
    more.add(new Difference(name, saved, mine));
    return new Conflict(sentence, more);
  }
}
