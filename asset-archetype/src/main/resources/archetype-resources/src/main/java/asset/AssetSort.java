package ${package}.asset;

import static ${package}.database.Tables.ASSETS;

import java.util.List;
import org.jooq.SortField;
import org.jooq.SortOrder;
import org.jooq.TableField;

/** What the list of assets can be sorted by; each has an index. */
public enum AssetSort {
  TAG(ASSETS.TAG),
  NAME(ASSETS.NAME),
  PURCHASED(ASSETS.PURCHASED_ON);

  private final TableField<?, ?> field;

  AssetSort(TableField<?, ?> field) {
    this.field = field;
  }

  /** The number comes last, so that equal rows do not change places from page to page. */
  List<SortField<?>> fields(boolean descending) {
    SortOrder order = descending ? SortOrder.DESC : SortOrder.ASC;
    return this == TAG
        ? List.of(field.sort(order))
        : List.of(field.sort(order), ASSETS.ID.sort(order));
  }
}
