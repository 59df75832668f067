package ${package}.asset;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/** What people type into the search field: words of which each may be the beginning of one. */
final class SearchWords {
  private static final Field<?> SEARCH = DSL.field(DSL.name("assets", "search"));

  private SearchWords() {}

  /** All words must be there, in any order; the index of the column answers. */
  static Condition find(String text) {
    String query = query(text);
    return query.isEmpty()
        ? DSL.falseCondition()
        : DSL.condition("{0} @@ to_tsquery('simple', {1})", SEARCH, DSL.val(query));
  }

  /** Letters and digits only, so that nothing of it can be an operator of the query language. */
  static String query(String text) {
    return Arrays.stream(text.split("[^\\p{L}\\p{N}]+"))
        .filter(word -> !word.isEmpty())
        .map(word -> word + ":*")
        .collect(Collectors.joining(" & "));
  }
}
