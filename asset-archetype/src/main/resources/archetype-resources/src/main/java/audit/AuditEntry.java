package ${package}.audit;

import java.time.OffsetDateTime;
import java.util.List;

/**
 * One change of one row.
 *
 * @param action insert, update or delete
 */
public record AuditEntry(
    long id,
    OffsetDateTime changedAt,
    String changedBy,
    String table,
    long rowId,
    String action,
    List<FieldChange> changes) {
  public AuditEntry {
    changes = List.copyOf(changes);
  }

  /**
   * @param before null when there was nothing
   * @param after null when there is nothing now
   */
  public record FieldChange(String field, String before, String after) {}
}
