package ${package}.asset;

import ${package}.database.enums.AssetStatus;
import java.time.LocalDate;
import java.time.OffsetDateTime;

/**
 * An asset in a list.
 *
 * @param holder who has it; null when nobody does
 * @param nextMaintenanceOn when the next maintenance is, or was, due; null when none is planned
 * @param overdue whether that day is over
 */
public record AssetRow(
    long id,
    String tag,
    String name,
    AssetStatus status,
    String category,
    String location,
    String holder,
    OffsetDateTime heldSince,
    LocalDate nextMaintenanceOn,
    boolean overdue) {}
