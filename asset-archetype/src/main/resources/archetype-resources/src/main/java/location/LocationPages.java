package ${package}.location;

import ${package}.audit.Conflicts;
import ${package}.failure.StaleVersionException;
import ${package}.page.Choice;
import ${package}.page.Choices;
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

/** The locations: the list with a form that adds one, and the form that changes one. */
@PageController
class LocationPages {
  private final LocationService locations;
  private final Choices choices;
  private final Conflicts conflicts;
  private final Forms forms;

  LocationPages(
      LocationService locations,
      Choices choices,
      Conflicts conflicts,
      Forms forms) {
    this.locations = locations;
    this.choices = choices;
    this.conflicts = conflicts;
    this.forms = forms;
  }

  /** What was typed; the names are those of the draft. */
  record LocationForm(String parentId, String name, String address) implements Form<LocationDraft> {
    static final LocationForm EMPTY = new LocationForm("", "", "");

    static LocationForm of(Location location) {
      return new LocationForm(
          location.parentId() == null ? "" : location.parentId().toString(),
          location.name(),
          location.address() == null ? "" : location.address());
    }

    @Override
    public LocationDraft read(Typed typed) {
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
    return forms
        .save(form, errors, locations::create)
        .map(created -> Forms.done(next, created.name() + " is added.", "/locations"))
        .orElseGet(() -> page(null, HttpStatus.UNPROCESSABLE_CONTENT));
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
    try {
      return forms
          .save(form, errors, draft -> locations.update(id, version, draft))
          .map(saved -> Forms.done(next, saved.name() + " is saved.", "/locations"))
          .orElseGet(() -> page(locations.get(id), HttpStatus.UNPROCESSABLE_CONTENT)
                      .addObject("version", version));
    } catch (StaleVersionException stale) {
      return conflict(locations.get(id), form);
    }
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

  /** The list with the form of a new one, or the form of one that is there. */
  private ModelAndView page(Location edited, HttpStatusCode status) {
    ModelAndView page = new ModelAndView("locations");
    page.setStatus(status);
    page.addObject("edited", edited);
    page.addObject("places", choices.of(locations.paths()));
    return page.addObject("locations", locations.list());
  }
}
