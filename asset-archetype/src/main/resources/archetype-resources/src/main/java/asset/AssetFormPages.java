package ${package}.asset;

import ${package}.audit.Conflict;
import ${package}.audit.Conflicts;
import ${package}.category.CategoryService;
import ${package}.database.enums.AssetStatus;
import ${package}.failure.StaleVersionException;
import ${package}.location.LocationService;
import ${package}.page.Choice;
import ${package}.page.Choices;
import ${package}.page.Forms;
import ${package}.page.PageController;
import java.util.List;
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

/** The form that makes an asset, or changes one. */
@PageController
class AssetFormPages {
  private final AssetService assets;
  private final CategoryService categories;
  private final LocationService locations;
  private final Conflicts conflicts;
  private final Choices choices;
  private final Forms forms;

  AssetFormPages(
      AssetService assets,
      CategoryService categories,
      LocationService locations,
      Conflicts conflicts,
      Choices choices,
      Forms forms) {
    this.assets = assets;
    this.categories = categories;
    this.locations = locations;
    this.conflicts = conflicts;
    this.choices = choices;
    this.forms = forms;
  }

  @GetMapping("/assets/new")
  ModelAndView blank() {
    return form(null, "New asset", HttpStatus.OK).addObject("form", AssetForm.empty());
  }

  /**
   * The field of the tag, for htmx: with the next tag of a category, unless somebody has typed another
   * than the one that was suggested before.
   */
  @GetMapping("/assets/new/tag")
  ModelAndView tag(
      @RequestParam(defaultValue = "") String categoryId,
      @RequestParam(defaultValue = "") String tag,
      @RequestParam(defaultValue = "") String suggested) {
    boolean free = tag.isBlank() || tag.equals(suggested);
    String next = free ? nextTag(categoryId) : suggested;
    return new ModelAndView("assets/form :: tag")
        .addObject("suggested", next)
        .addObject("form", AssetForm.empty().withTag(free ? next : tag));
  }

  /** Who leaves the tag empty gets the next of the category. */
  private AssetForm tagged(AssetForm form) {
    boolean empty = form.tag() == null || form.tag().isBlank();
    return empty && form.categoryId() != null ? form.withTag(nextTag(form.categoryId())) : form;
  }

  private String nextTag(String categoryId) {
    return categoryId.matches("[0-9]{1,9}")
        ? assets.nextTag(Long.parseLong(categoryId)).orElse("")
        : "";
  }

  @PostMapping("/assets")
  ModelAndView create(
      @ModelAttribute("form") AssetForm form, BindingResult errors, RedirectAttributes next) {
    return forms
        .save(tagged(form), errors, assets::create)
        .map(created -> Forms.done(next, created.name() + " is added.", "/assets/" + created.id()))
        .orElseGet(() -> form(null, "New asset", HttpStatus.UNPROCESSABLE_CONTENT));
  }

  @GetMapping("/assets/{id}/edit")
  ModelAndView edit(@PathVariable long id) {
    Asset asset = assets.get(id);
    return form(id, "Edit " + asset.name(), HttpStatus.OK)
        .addObject("version", asset.version())
        .addObject("form", AssetForm.of(asset.draft()));
  }

  @PostMapping("/assets/{id}")
  ModelAndView update(
      @PathVariable long id,
      @RequestParam int version,
      @ModelAttribute("form") AssetForm form,
      BindingResult errors,
      RedirectAttributes next) {
    try {
      return forms
          .save(form, errors, draft -> assets.update(id, version, draft))
          .map(saved -> Forms.done(next, saved.name() + " is saved.", "/assets/" + id))
          .orElseGet(() -> form(id, "Edit " + assets.get(id).name(), HttpStatus.UNPROCESSABLE_CONTENT)
                      .addObject("version", version));
    } catch (StaleVersionException stale) {
      return conflict(id, form);
    }
  }

  /** The form again, with what was typed; who saves it now does so on the version shown here. */
  private ModelAndView conflict(long id, AssetForm typed) {
    Asset asset = assets.get(id);
    AssetForm saved = AssetForm.of(asset.draft());
    List<Choice> kinds = choices.of(categories.names());
    List<Choice> places = choices.of(locations.paths());
    List<Choice> statuses = choices.of("status", AssetStatus.values());
    Conflict conflict =
        conflicts
            .about("assets", id)
            .with("Name", saved.name(), typed.name())
            .with("Tag", saved.tag(), typed.tag())
            .with("Serial number", saved.serialNumber(), typed.serialNumber())
            .with(
                "Category",
                chosen(kinds, saved.categoryId()),
                chosen(kinds, typed.categoryId()))
            .with(
                "Location",
                chosen(places, saved.locationId()),
                chosen(places, typed.locationId()))
            .with("Status", chosen(statuses, saved.status()), chosen(statuses, typed.status()))
            .with("Purchase price", saved.purchasePrice(), typed.purchasePrice())
            .with("Purchased on", saved.purchasedOn(), typed.purchasedOn())
            .with("Warranty until", saved.warrantyUntil(), typed.warrantyUntil())
            .with("More about it", saved.attributes(), typed.attributes());
    return form(id, "Edit " + asset.name(), HttpStatus.CONFLICT)
        .addObject("version", asset.version())
        .addObject("conflict", conflict);
  }

  private static String chosen(List<Choice> choices, String value) {
    return choices.stream()
        .filter(choice -> choice.value().equals(value))
        .findFirst()
        .map(Choice::label)
        .orElse("");
  }

  private ModelAndView form(Long id, String title, HttpStatusCode status) {
    ModelAndView page = new ModelAndView("assets/form");
    page.setStatus(status);
    return page.addObject("id", id)
        .addObject("title", title)
        .addObject("statuses", choices.of("status", AssetStatus.values()))
        .addObject("categories", choices.of(categories.names()))
        .addObject("locations", choices.of(locations.paths()));
  }
}
