package ${package}.asset;

import ${package}.database.enums.AssetStatus;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An asset with everything that is known of it. Its holder and its maintenance are asked for
 * elsewhere.
 *
 * @param attributes what only some assets have
 * @param version counts the changes
 */
public record Asset(
    long id,
    String tag,
    String name,
    String serialNumber,
    AssetStatus status,
    Long categoryId,
    String category,
    Long locationId,
    String location,
    LocalDate purchasedOn,
    BigDecimal purchasePrice,
    LocalDate retiredOn,
    LocalDate warrantyUntil,
    SortedMap<String, String> attributes,
    int version,
    OffsetDateTime createdAt,
    OffsetDateTime updatedAt) {
  public Asset {
    attributes = new TreeMap<>(attributes == null ? Map.of() : attributes);
  }

  /** What of it can be changed. */
  public AssetDraft draft() {
    return new AssetDraft(
        tag,
        name,
        serialNumber,
        status,
        categoryId,
        locationId,
        purchasedOn,
        purchasePrice,
        warrantyUntil,
        attributes);
  }
}
