package ${package}.location;

import ${package}.audit.Conflicts;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import ${package}.page.Choice;
import ${package}.page.Choices;
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

/** The locations: the list with a form that adds one, and the form that changes one. */
@PageController
class LocationPages {
  private final LocationService locations;
  private final Choices choices;
  private final Conflicts conflicts;
  private final Validator validator;

  LocationPages(
      LocationService locations,
      Choices choices,
      Conflicts conflicts,
      Validator validator) {
    this.locations = locations;
    this.choices = choices;
    this.conflicts = conflicts;
    this.validator = validator;
  }

  /** What was typed; the names are those of the draft. */
  record LocationForm(String parentId, String name, String address) {
    static final LocationForm EMPTY = new LocationForm("", "", "");

    static LocationForm of(Location location) {
      return new LocationForm(
          location.parentId() == null ? "" : location.parentId().toString(),
          location.name(),
          location.address() == null ? "" : location.address());
    }

    LocationDraft read(Typed typed) {
      return new LocationDraft(
          typed.number("parentId", parentId), Typed.text(name), Typed.text(address));
    }
  }

  @GetMapping("/locations")
  ModelAndView list() {
    return page(null, HttpStatus.OK).addObject("form", LocationForm.EMPTY);
  }

  @PostMapping("/locations")
  ModelAndView create(
      @ModelAttribute("form") LocationForm form, BindingResult errors, RedirectAttributes next) {
    LocationDraft draft = read(form, errors);
    if (!errors.hasErrors()) {
      try {
        Location created = locations.create(draft);
        next.addFlashAttribute("notice", created.name() + " is added.");
        return new ModelAndView("redirect:/locations");
      } catch (RuleException refusal) {
        new Typed(errors).refused(refusal, LocationForm.class);
      }
    }
    return page(null, HttpStatus.UNPROCESSABLE_CONTENT);
  }

  @GetMapping("/locations/{id}/edit")
  ModelAndView edit(@PathVariable long id) {
    Location location = locations.get(id);
    return page(location, HttpStatus.OK)
        .addObject("version", location.version())
        .addObject("form", LocationForm.of(location));
  }

  @PostMapping("/locations/{id}")
  ModelAndView update(
      @PathVariable long id,
      @RequestParam int version,
      @ModelAttribute("form") LocationForm form,
      BindingResult errors,
      RedirectAttributes next) {
    LocationDraft draft = read(form, errors);
    if (!errors.hasErrors()) {
      try {
        Location saved = locations.update(id, version, draft);
        next.addFlashAttribute("notice", saved.name() + " is saved.");
        return new ModelAndView("redirect:/locations");
      } catch (RuleException refusal) {
        new Typed(errors).refused(refusal, LocationForm.class);
      } catch (StaleVersionException stale) {
        return conflict(locations.get(id), form);
      }
    }
    return page(locations.get(id), HttpStatus.UNPROCESSABLE_CONTENT).addObject("version", version);
  }

  /** The form again, with what was typed; who saves it now does so on the version shown here. */
  private ModelAndView conflict(Location location, LocationForm typed) {
    LocationForm saved = LocationForm.of(location);
    return page(location, HttpStatus.CONFLICT)
        .addObject("version", location.version())
        .addObject(
            "conflict",
            conflicts
                .about("locations", location.id())
                .with("Name", saved.name(), typed.name())
                .with("Inside", around(saved.parentId()), around(typed.parentId()))
                .with("Address", saved.address(), typed.address()));
  }

  private String around(String id) {
    return choices.of(locations.paths()).stream()
        .filter(place -> place.value().equals(id))
        .findFirst()
        .map(Choice::label)
        .orElse("");
  }

  private LocationDraft read(LocationForm form, BindingResult errors) {
    Typed typed = new Typed(errors);
    LocationDraft draft = form.read(typed);
    typed.check(draft, validator);
    return draft;
  }

  /** The list with the form of a new one, or the form of one that is there. */
  private ModelAndView page(Location edited, HttpStatusCode status) {
    ModelAndView page = new ModelAndView("locations");
    page.setStatus(status);
    page.addObject("edited", edited);
    page.addObject("places", choices.of(locations.paths()));
    return page.addObject("locations", locations.list());
  }
}
