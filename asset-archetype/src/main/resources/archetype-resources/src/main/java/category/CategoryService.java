package ${package}.category;

import static ${package}.database.Tables.ASSETS;
import static ${package}.database.Tables.CATEGORIES;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.lower;

import ${package}.database.tables.records.CategoriesRecord;
import ${package}.failure.Constraints;
import ${package}.failure.Constraints.Rule;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The kinds of assets. */
@Service
public class CategoryService {
  private static final Map<String, Rule> RULES =
      Map.of(
          "categories_name_key", new Rule("name", "Another category has this name."),
          "categories_tag_prefix_key",
              new Rule("tagPrefix", "The tags of another category begin with these letters."),
          "assets_category_id_fkey", new Rule(null, "There are assets of this category."));

  private final DSLContext db;

  CategoryService(DSLContext db) {
    this.db = db;
  }

  /** The name of each, by name: nothing is counted, so this is quick however many assets there are. */
  @Transactional(readOnly = true)
  public Map<Long, String> names() {
    return db.select(CATEGORIES.ID, CATEGORIES.NAME)
        .from(CATEGORIES)
        .orderBy(lower(CATEGORIES.NAME))
        .fetchMap(CATEGORIES.ID, CATEGORIES.NAME);
  }

  /** All of them, by name. */
  @Transactional(readOnly = true)
  public List<Category> list() {
    return select(DSL.noCondition());
  }

  /**
   * @throws NotFoundException if there is no such category
   */
  @Transactional(readOnly = true)
  public Category get(long id) {
    return select(CATEGORIES.ID.eq(id)).stream()
        .findFirst()
        .orElseThrow(() -> new NotFoundException("category", id));
  }

  @Transactional
  public Category create(CategoryDraft draft) {
    CategoriesRecord category = db.newRecord(CATEGORIES);
    fill(category, draft);
    Constraints.checked(RULES, category::insert);
    return get(category.getId());
  }

  /**
   * Saves what somebody has made of a version that was read before.
   *
   * @param version the version that was read
   * @throws NotFoundException if there is no such category any more
   * @throws StaleVersionException if somebody else has changed it since
   * @throws RuleException if the draft breaks a rule that only the database can check
   */
  @Transactional
  public Category update(long id, int version, CategoryDraft draft) {
    CategoriesRecord category = locked(id);
    StaleVersionException.check("category", version, category.getVersion());
    fill(category, draft);
    Constraints.checked(RULES, category::update);
    return get(id);
  }

  @Transactional
  public void delete(long id) {
    Constraints.checked(RULES, locked(id)::delete);
  }

  private CategoriesRecord locked(long id) {
    return db.selectFrom(CATEGORIES)
        .where(CATEGORIES.ID.eq(id))
        .forUpdate()
        .fetchOptional()
        .orElseThrow(() -> new NotFoundException("category", id));
  }

  private static void fill(CategoriesRecord category, CategoryDraft draft) {
    category.setName(draft.name());
    category.setTagPrefix(draft.tagPrefix());
    category.setInspectionMonths(draft.inspectionMonths());
  }

  private List<Category> select(Condition condition) {
    return db.select(
            CATEGORIES.ID,
            CATEGORIES.NAME,
            CATEGORIES.TAG_PREFIX,
            CATEGORIES.INSPECTION_MONTHS,
            DSL.field(
                DSL.select(count()).from(ASSETS).where(ASSETS.CATEGORY_ID.eq(CATEGORIES.ID))),
            CATEGORIES.VERSION)
        .from(CATEGORIES)
        .where(condition)
        .orderBy(lower(CATEGORIES.NAME))
        .fetch(
            row ->
                new Category(
                    row.value1(),
                    row.value2(),
                    row.value3(),
                    row.value4(),
                    row.value5(),
                    row.value6()));
  }
}
