package ${package}.category;

import ${package}.audit.Conflicts;
import ${package}.failure.StaleVersionException;
import ${package}.page.Form;
import ${package}.page.Forms;
import ${package}.page.PageController;
import ${package}.page.Typed;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The categories: the list with a form that adds one, and the form that changes one. */
@PageController
class CategoryPages {
  private final CategoryService categories;
  private final Conflicts conflicts;
  private final Forms forms;

  CategoryPages(CategoryService categories, Conflicts conflicts, Forms forms) {
    this.categories = categories;
    this.conflicts = conflicts;
    this.forms = forms;
  }

  /** What was typed; the names are those of the draft. */
  record CategoryForm(String name, String tagPrefix, String inspectionMonths) implements Form<CategoryDraft> {
    static final CategoryForm EMPTY = new CategoryForm("", "", "");

    static CategoryForm of(Category category) {
      Integer months = category.inspectionMonths();
      return new CategoryForm(
          category.name(), category.tagPrefix(), months == null ? "" : months.toString());
    }

    @Override
    public CategoryDraft read(Typed typed) {
      return new CategoryDraft(
          Typed.text(name),
          Typed.text(tagPrefix),
          typed.count("inspectionMonths", inspectionMonths));
    }
  }

  @GetMapping("/categories")
  ModelAndView list() {
    return page(null, HttpStatus.OK).addObject("form", CategoryForm.EMPTY);
  }

  @PostMapping("/categories")
  ModelAndView create(
      @ModelAttribute("form") CategoryForm form, BindingResult errors, RedirectAttributes next) {
    return forms
        .save(form, errors, categories::create)
        .map(created -> Forms.done(next, created.name() + " is added.", "/categories"))
        .orElseGet(() -> page(null, HttpStatus.UNPROCESSABLE_CONTENT));
  }

  @GetMapping("/categories/{id}/edit")
  ModelAndView edit(@PathVariable long id) {
    Category category = categories.get(id);
    return page(category, HttpStatus.OK)
        .addObject("version", category.version())
        .addObject("form", CategoryForm.of(category));
  }

  @PostMapping("/categories/{id}")
  ModelAndView update(
      @PathVariable long id,
      @RequestParam int version,
      @ModelAttribute("form") CategoryForm form,
      BindingResult errors,
      RedirectAttributes next) {
    try {
      return forms
          .save(form, errors, draft -> categories.update(id, version, draft))
          .map(saved -> Forms.done(next, saved.name() + " is saved.", "/categories"))
          .orElseGet(() -> page(categories.get(id), HttpStatus.UNPROCESSABLE_CONTENT)
                      .addObject("version", version));
    } catch (StaleVersionException stale) {
      return conflict(categories.get(id), form);
    }
  }

  /** The form again, with what was typed; who saves it now does so on the version shown here. */
  private ModelAndView conflict(Category category, CategoryForm typed) {
    CategoryForm saved = CategoryForm.of(category);
    return page(category, HttpStatus.CONFLICT)
        .addObject("version", category.version())
        .addObject(
            "conflict",
            conflicts
                .about("categories", category.id())
                .with("Name", saved.name(), typed.name())
                .with("Tags begin with", saved.tagPrefix(), typed.tagPrefix())
                .with("Months", saved.inspectionMonths(), typed.inspectionMonths()));
  }

  /** The list with the form of a new one, or the form of one that is there. */
  private ModelAndView page(Category edited, HttpStatusCode status) {
    ModelAndView page = new ModelAndView("categories");
    page.setStatus(status);
    page.addObject("edited", edited);
    return page.addObject("categories", categories.list());
  }
}
