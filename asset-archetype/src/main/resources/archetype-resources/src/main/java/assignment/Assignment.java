package ${package}.assignment;

import java.time.OffsetDateTime;

/**
 * Who has, or had, an asset.
 *
 * @param returnedAt null while the person has it
 */
public record Assignment(
    long id,
    long assetId,
    String tag,
    String assetName,
    long personId,
    String person,
    OffsetDateTime assignedAt,
    OffsetDateTime returnedAt,
    String note) {}
