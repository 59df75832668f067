package ${package}.asset;

import ${package}.audit.Conflict;
import ${package}.audit.Conflicts;
import ${package}.category.CategoryService;
import ${package}.database.enums.AssetStatus;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import ${package}.location.LocationService;
import ${package}.page.Choice;
import ${package}.page.Choices;
import ${package}.page.PageController;
import ${package}.page.Typed;
import jakarta.validation.Validator;
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
  private final Validator validator;

  AssetFormPages(
      AssetService assets,
      CategoryService categories,
      LocationService locations,
      Conflicts conflicts,
      Choices choices,
      Validator validator) {
    this.assets = assets;
    this.categories = categories;
    this.locations = locations;
    this.conflicts = conflicts;
    this.choices = choices;
    this.validator = validator;
  }

  @GetMapping("/assets/new")
  ModelAndView blank() {
    return form(null, "New asset", HttpStatus.OK).addObject("form", AssetForm.empty());
  }

  @PostMapping("/assets")
  ModelAndView create(
      @ModelAttribute("form") AssetForm form, BindingResult errors, RedirectAttributes next) {
    AssetDraft draft = read(form, errors);
    if (!errors.hasErrors()) {
      try {
        Asset created = assets.create(draft);
        next.addFlashAttribute("notice", created.name() + " is added.");
        return new ModelAndView("redirect:/assets/" + created.id());
      } catch (RuleException refusal) {
        new Typed(errors).refused(refusal, AssetForm.class);
      }
    }
    return form(null, "New asset", HttpStatus.UNPROCESSABLE_CONTENT);
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
    AssetDraft draft = read(form, errors);
    if (!errors.hasErrors()) {
      try {
        Asset saved = assets.update(id, version, draft);
        next.addFlashAttribute("notice", saved.name() + " is saved.");
        return new ModelAndView("redirect:/assets/" + id);
      } catch (RuleException refusal) {
        new Typed(errors).refused(refusal, AssetForm.class);
      } catch (StaleVersionException stale) {
        return conflict(id, form);
      }
    }
    return form(id, "Edit " + assets.get(id).name(), HttpStatus.UNPROCESSABLE_CONTENT)
        .addObject("version", version);
  }

  private AssetDraft read(AssetForm form, BindingResult errors) {
    Typed typed = new Typed(errors);
    AssetDraft draft = form.read(typed);
    typed.check(draft, validator);
    return draft;
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
