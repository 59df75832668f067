package ${package}.asset;

import ${package}.audit.AuditEntry;
import ${package}.audit.AuditService;
import ${package}.category.CategoryService;
import ${package}.database.enums.AssetStatus;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import ${package}.location.LocationService;
import ${package}.page.Choice;
import ${package}.page.Choices;
import ${package}.page.PageController;
import ${package}.page.Texts;
import ${package}.page.Typed;
import jakarta.validation.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
  private final AuditService audit;
  private final Choices choices;
  private final Texts texts;
  private final Validator validator;

  AssetFormPages(
      AssetService assets,
      CategoryService categories,
      LocationService locations,
      AuditService audit,
      Choices choices,
      Texts texts,
      Validator validator) {
    this.assets = assets;
    this.categories = categories;
    this.locations = locations;
    this.audit = audit;
    this.choices = choices;
    this.texts = texts;
    this.validator = validator;
  }

  /**
   * Somebody else was quicker: who and when, and where what is saved differs from what was typed.
   */
  record Conflict(String sentence, List<Difference> differences) {}

  record Difference(String name, String saved, String typed) {}

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
    Asset saved = assets.get(id);
    String sentence =
        audit.of("assets", id, 1).stream()
            .findFirst()
            .map(this::who)
            .orElse("It is not as you opened it.");
    return form(id, "Edit " + saved.name(), HttpStatus.CONFLICT)
        .addObject("version", saved.version())
        .addObject(
            "conflict", new Conflict(sentence, differences(AssetForm.of(saved.draft()), typed)));
  }

  private String who(AuditEntry last) {
    return last.changedBy() + " saved it at " + texts.moment(last.changedAt()) + ".";
  }

  private List<Difference> differences(AssetForm saved, AssetForm typed) {
    List<Difference> differences = new ArrayList<>();
    add(differences, "Name", saved.name(), typed.name());
    add(differences, "Tag", saved.tag(), typed.tag());
    add(differences, "Serial number", saved.serialNumber(), typed.serialNumber());
    List<Choice> kinds = choices.of(categories.names());
    add(
        differences,
        "Category",
        chosen(kinds, saved.categoryId()),
        chosen(kinds, typed.categoryId()));
    List<Choice> places = choices.of(locations.paths());
    add(
        differences,
        "Location",
        chosen(places, saved.locationId()),
        chosen(places, typed.locationId()));
    List<Choice> statuses = choices.of("status", AssetStatus.values());
    add(differences, "Status", chosen(statuses, saved.status()), chosen(statuses, typed.status()));
    add(differences, "Purchase price", saved.purchasePrice(), typed.purchasePrice());
    add(differences, "Purchased on", saved.purchasedOn(), typed.purchasedOn());
    add(differences, "Warranty until", saved.warrantyUntil(), typed.warrantyUntil());
    add(differences, "More about it", saved.attributes(), typed.attributes());
    return List.copyOf(differences);
  }

  private static void add(List<Difference> differences, String name, String saved, String typed) {
    String mine = Objects.requireNonNullElse(typed, "").strip().replace("\r\n", "\n");
    if (!saved.equals(mine)) {
      differences.add(new Difference(name, saved, mine));
    }
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
