package ${package}.asset;

import java.time.OffsetDateTime;

/**
 * Who has an asset.
 *
 * @param note what is to be remembered of it; may be null
 */
public record Holder(String name, String email, OffsetDateTime since, String note) {}
