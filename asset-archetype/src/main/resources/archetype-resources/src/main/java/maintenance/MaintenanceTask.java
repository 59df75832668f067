package ${package}.maintenance;

import ${package}.database.enums.MaintenanceKind;
import java.math.BigDecimal;
import java.time.LocalDate;

/**
 * Work on an asset that is due, or was done.
 *
 * @param completedOn null while it is to be done
 * @param overdue whether it should have been done by now
 * @param holder who has the asset; null when nobody does
 */
public record MaintenanceTask(
    long id,
    long assetId,
    String tag,
    String assetName,
    MaintenanceKind kind,
    String description,
    LocalDate dueOn,
    LocalDate completedOn,
    BigDecimal cost,
    boolean overdue,
    String holder) {}
