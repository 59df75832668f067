package ${package}.transfer;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The columns of the files, and which field of the form each of them is. */
final class AssetColumns {
  static final List<String> NAMES =
      List.of(
          "tag",
          "name",
          "serial_number",
          "status",
          "category",
          "location",
          "purchased_on",
          "purchase_price",
          "warranty_until",
          "attributes");

  private static final Map<String, String> BY_FIELD =
      Map.of(
          "serialNumber", "serial_number",
          "categoryId", "category",
          "locationId", "location",
          "purchasedOn", "purchased_on",
          "purchasePrice", "purchase_price",
          "warrantyUntil", "warranty_until");

  private AssetColumns() {}

  /** The column that a heading means: "Serial number" and "serial_number" are the same. */
  static Optional<String> named(String heading) {
    String name = heading.strip().toLowerCase(Locale.ROOT).replace(' ', '_');
    return NAMES.contains(name) ? Optional.of(name) : Optional.empty();
  }

  /** The column that a field of the form comes from. */
  static String of(String field) {
    return BY_FIELD.getOrDefault(field, field);
  }
}
