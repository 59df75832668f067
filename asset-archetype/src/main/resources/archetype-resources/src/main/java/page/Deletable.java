package ${package}.page;

import java.util.List;

/** A kind of thing that can be deleted on a page. */
public interface Deletable {
  /** Where the list of them is, such as "/assets". */
  String path();

  /**
   * What would be deleted.
   *
   * @throws ${package}.failure.NotFoundException if there is no such thing
   */
  Deletion look(long id);

  /**
   * @param version the version that was shown
   * @throws ${package}.failure.StaleVersionException if somebody else has changed it since
   * @throws ${package}.failure.RuleException if something hangs on it
   */
  void delete(long id, int version);

  /**
   * What hangs on a thing.
   *
   * @param text such as "3 assets are of this category"
   * @param href where it is
   */
  record Hanging(String text, String href) {}

  /**
   * @param what such as "category"
   * @param holding what has to go first; while there is any, nothing is deleted
   * @param advice what to do then
   * @param lost what is deleted along with it; null for nothing
   */
  record Deletion(
      String what, String name, int version, List<Hanging> holding, String advice, String lost) {
    public Deletion {
      holding = List.copyOf(holding);
    }
  }
}
