package ${package}.asset;

import ${package}.database.enums.AssetStatus;

/**
 * Which assets are wanted; what is null does not matter.
 *
 * @param text words that tag, name, serial number or attributes begin with
 * @param kept only those that are not retired
 * @param locationId the place, or one around it
 * @param overdue only those with overdue maintenance
 */
public record AssetFilter(
    String text, AssetStatus status, boolean kept, Long categoryId, Long locationId, boolean overdue) {
  public static final AssetFilter ALL = new AssetFilter(null, null, false, null, null, false);

  public AssetFilter {
    text = text == null || text.isBlank() ? null : text.strip();
  }
}
