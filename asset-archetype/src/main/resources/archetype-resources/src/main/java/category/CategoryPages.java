package ${package}.category;

import ${package}.audit.Conflicts;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import ${package}.page.PageController;
import ${package}.page.Typed;
import jakarta.validation.Validator;
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
  private final Validator validator;

  CategoryPages(CategoryService categories, Conflicts conflicts, Validator validator) {
    this.categories = categories;
    this.conflicts = conflicts;
    this.validator = validator;
  }

  /** What was typed; the names are those of the draft. */
  record CategoryForm(String name, String tagPrefix, String inspectionMonths) {
    static final CategoryForm EMPTY = new CategoryForm("", "", "");

    static CategoryForm of(Category category) {
      Integer months = category.inspectionMonths();
      return new CategoryForm(
          category.name(), category.tagPrefix(), months == null ? "" : months.toString());
    }

    CategoryDraft read(Typed typed) {
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
    CategoryDraft draft = read(form, errors);
    if (!errors.hasErrors()) {
      try {
        Category created = categories.create(draft);
        next.addFlashAttribute("notice", created.name() + " is added.");
        return new ModelAndView("redirect:/categories");
      } catch (RuleException refusal) {
        new Typed(errors).refused(refusal, CategoryForm.class);
      }
    }
    return page(null, HttpStatus.UNPROCESSABLE_CONTENT);
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
    CategoryDraft draft = read(form, errors);
    if (!errors.hasErrors()) {
      try {
        Category saved = categories.update(id, version, draft);
        next.addFlashAttribute("notice", saved.name() + " is saved.");
        return new ModelAndView("redirect:/categories");
      } catch (RuleException refusal) {
        new Typed(errors).refused(refusal, CategoryForm.class);
      } catch (StaleVersionException stale) {
        return conflict(categories.get(id), form);
      }
    }
    return page(categories.get(id), HttpStatus.UNPROCESSABLE_CONTENT).addObject("version", version);
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

  private CategoryDraft read(CategoryForm form, BindingResult errors) {
    Typed typed = new Typed(errors);
    CategoryDraft draft = form.read(typed);
    typed.check(draft, validator);
    return draft;
  }

  /** The list with the form of a new one, or the form of one that is there. */
  private ModelAndView page(Category edited, HttpStatusCode status) {
    ModelAndView page = new ModelAndView("categories");
    page.setStatus(status);
    page.addObject("edited", edited);
    return page.addObject("categories", categories.list());
  }
}
