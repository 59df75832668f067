package ${package}.transfer;

import ${package}.category.Category;
import ${package}.category.CategoryDraft;
import ${package}.category.CategoryService;
import ${package}.transfer.ImportReport.Effect;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Categories, by name. */
@Component
@Order(1)
class CategorySheet implements Sheet<Runnable> {
  private final CategoryService categories;
  private final Validator validator;

  CategorySheet(CategoryService categories, Validator validator) {
    this.categories = categories;
    this.validator = validator;
  }

  @Override
  public String name() {
    return "categories";
  }

  @Override
  public List<String> columns() {
    return List.of("category", "tag_prefix", "inspection_months");
  }

  @Override
  public Set<String> key() {
    return Set.of("category", "tag_prefix");
  }

  @Override
  public void write(Consumer<List<String>> out) {
    categories.list().stream()
        .sorted(Comparator.comparing(Category::tagPrefix))
        .forEach(
            one ->
                out.accept(
                    List.of(one.name(), one.tagPrefix(), Row.written(one.inspectionMonths()))));
  }

  @Override
  public int batch() {
    return 1;
  }

  @Override
  public List<Change<Runnable>> read(List<Row> rows, References names, Set<Object> seen) {
    List<Change<Runnable>> changes = new ArrayList<>();
    for (Row row : rows) {
      String name = row.text("category").strip();
      Long id = names.category(name);
      Category known = id == null ? null : categories.get(id);
      CategoryDraft draft =
          new CategoryDraft(
              name,
              row.text("tag_prefix"),
              row.count("inspection_months", known == null ? null : known.inspectionMonths()));
      row.check(draft, validator);
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        row.wrong("category", "This category is in the file twice.");
      }
      if (known == null) {
        changes.add(
            new Change<>(
                row,
                name,
                Effect.ADDED,
                () -> names.knowCategory(name, draft.tagPrefix(), categories.create(draft).id())));
      } else {
        boolean same =
            draft.equals(
                new CategoryDraft(known.name(), known.tagPrefix(), known.inspectionMonths()));
        changes.add(
            new Change<>(
                row,
                name,
                same ? Effect.UNCHANGED : Effect.CHANGED,
                () -> categories.update(id, known.version(), draft)));
      }
    }
    return changes;
  }

  @Override
  public void store(List<Runnable> changes) {
    changes.forEach(Runnable::run);
  }
}
