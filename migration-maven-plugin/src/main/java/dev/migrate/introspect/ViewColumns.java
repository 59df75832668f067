package dev.migrate.introspect;

import dev.migrate.schema.Attribute;
import dev.migrate.schema.Fact;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Record;

/**
 * Column signature of a view (name, type and collation, in order), by which PostgreSQL decides
 * whether CREATE OR REPLACE VIEW may replace it.
 */
final class ViewColumns {
  /** The attribute of a view that lists them. */
  static final Attribute<List<String>> ATTRIBUTE = Attribute.COLUMNS;

  private ViewColumns() {}

  static void note(Fact.Builder view, Record row) {
    List<String> columns = new ArrayList<>(view.build().items(ATTRIBUTE));
    String collation = Catalog.text(row, "collation");
    columns.add(
        Catalog.text(row, "name")
            + " "
            + Catalog.text(row, "type")
            + (collation == null ? "" : " COLLATE " + collation));
    view.items(ATTRIBUTE, columns);
  }

  static List<String> settings(
      String storage, String compression, String statistics, List<String> options) {
    List<String> settings = new ArrayList<>();
    if (storage != null) {
      settings.add("STORAGE " + storage);
    }
    if (compression != null) {
      settings.add("COMPRESSION " + compression);
    }
    if (statistics != null) {
      settings.add("STATISTICS " + statistics);
    }
    options.stream().sorted().forEach(option -> settings.add("(" + option + ")"));
    return settings;
  }
}
