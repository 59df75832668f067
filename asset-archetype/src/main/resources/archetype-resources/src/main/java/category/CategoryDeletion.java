package ${package}.category;

import ${package}.failure.StaleVersionException;
import ${package}.page.Deletable;
import ${package}.page.Texts;
import java.util.List;
import org.springframework.stereotype.Component;

/** A category goes when no asset is of it. */
@Component
class CategoryDeletion implements Deletable {
  private final CategoryService categories;
  private final Texts texts;

  CategoryDeletion(CategoryService categories, Texts texts) {
    this.categories = categories;
    this.texts = texts;
  }

  @Override
  public String path() {
    return "/categories";
  }

  @Override
  public Deletion look(long id) {
    Category category = categories.get(id);
    List<Hanging> holding =
        category.assets() == 0
            ? List.of()
            : List.of(
                new Hanging(
                    texts.count(category.assets(), "asset") + " of this category",
                    "/assets?category=" + id));
    return new Deletion(
        "category",
        category.name(),
        category.version(),
        holding,
        "Give these assets another category first.",
        null);
  }

  @Override
  public void delete(long id, int version) {
    StaleVersionException.check("category", version, categories.get(id).version());
    categories.delete(id);
  }
}
