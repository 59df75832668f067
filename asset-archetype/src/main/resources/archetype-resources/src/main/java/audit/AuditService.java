package ${package}.audit;

import static ${package}.database.Tables.ASSIGNMENTS;
import static ${package}.database.Tables.AUDIT_LOG;
import static ${package}.database.Tables.MAINTENANCE;
import static org.jooq.impl.DSL.any;
import static org.jooq.impl.DSL.array;
import static org.jooq.impl.DSL.select;
import static org.jooq.impl.DSL.val;

import ${package}.audit.AuditEntry.FieldChange;
import ${package}.database.tables.records.AuditLogRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.JSONB;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The trail that triggers leave of every change. The application only reads it. */
@Service
public class AuditService {
  private final DSLContext db;
  private final JsonMapper json;

  AuditService(DSLContext db, JsonMapper json) {
    this.db = db;
    this.json = json;
  }

  /** The last changes of an asset, its assignments and its maintenance, the newest first. */
  @Transactional(readOnly = true)
  public List<AuditEntry> ofAsset(long assetId, int limit) {
    return find(
        rows("assets", array(val(assetId)))
            .or(
                rows(
                    "assignments",
                    array(
                        select(ASSIGNMENTS.ID)
                            .from(ASSIGNMENTS)
                            .where(ASSIGNMENTS.ASSET_ID.eq(assetId)))))
            .or(
                rows(
                    "maintenance",
                    array(
                        select(MAINTENANCE.ID)
                            .from(MAINTENANCE)
                            .where(MAINTENANCE.ASSET_ID.eq(assetId))))),
        limit);
  }

  /** The last changes of one row of any table, the newest first. */
  @Transactional(readOnly = true)
  public List<AuditEntry> of(String table, long rowId, int limit) {
    return find(AUDIT_LOG.TABLE_NAME.eq(table).and(AUDIT_LOG.ROW_ID.eq(rowId)), limit);
  }

  /** The last changes of all. */
  @Transactional(readOnly = true)
  public List<AuditEntry> recent(int limit) {
    return find(DSL.noCondition(), limit);
  }

  /** As an array, so that the index serves however long the trail is. */
  private static Condition rows(String table, Field<Long[]> ids) {
    return AUDIT_LOG.TABLE_NAME.eq(table).and(AUDIT_LOG.ROW_ID.eq(any(ids)));
  }

  private List<AuditEntry> find(Condition condition, int limit) {
    return db.selectFrom(AUDIT_LOG)
        .where(condition)
        .orderBy(AUDIT_LOG.ID.desc())
        .limit(limit)
        .fetch(this::entry);
  }

  private AuditEntry entry(AuditLogRecord row) {
    return new AuditEntry(
        row.getId(),
        row.getChangedAt(),
        row.getChangedBy(),
        row.getTableName(),
        row.getRowId(),
        row.getAction(),
        changes(row.getOldValues(), row.getNewValues()));
  }

  private List<FieldChange> changes(JSONB before, JSONB after) {
    JsonNode old = node(before);
    JsonNode now = node(after);
    Set<String> fields = new TreeSet<>();
    fields.addAll(old.propertyNames());
    fields.addAll(now.propertyNames());
    List<FieldChange> changes = new ArrayList<>();
    for (String field : fields) {
      String from = text(old.path(field));
      String to = text(now.path(field));
      if (from != null || to != null) {
        changes.add(new FieldChange(field, from, to));
      }
    }
    return changes;
  }

  private JsonNode node(JSONB value) {
    return value == null ? json.createObjectNode() : json.readTree(value.data());
  }

  private static String text(JsonNode value) {
    if (value.isMissingNode() || value.isNull()) {
      return null;
    }
    return value.isString() ? value.stringValue() : value.toString();
  }
}
