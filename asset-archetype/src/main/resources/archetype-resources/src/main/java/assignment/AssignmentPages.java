package ${package}.assignment;

import ${package}.asset.AssetService;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.page.PageController;
import ${package}.page.Typed;
import ${package}.person.Person;
import ${package}.person.PersonService;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Check-out: who gets the asset? And check-in: it is back. */
@PageController
class AssignmentPages {
  private static final int LONGEST_NOTE = 500;
  private static final int PEOPLE_SHOWN = 8;

  private final AssignmentService assignments;
  private final AssetService assets;
  private final PersonService people;

  AssignmentPages(AssignmentService assignments, AssetService assets, PersonService people) {
    this.assignments = assignments;
    this.assets = assets;
    this.people = people;
  }

  /**
   * What was chosen and typed.
   *
   * @param q the words by which the person was looked for
   */
  record CheckOutForm(String q, String personId, String note) {}

  @GetMapping("/assets/{id}/check-out")
  ModelAndView ask(
      @PathVariable long id,
      @RequestParam(defaultValue = "") String q,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean swap) {
    CheckOutForm form = new CheckOutForm(q, "", "");
    ModelAndView page = page(id, form, HttpStatus.OK).addObject("form", form);
    if (swap) {
      page.setViewName("assets/check-out :: people");
    }
    return page;
  }

  @PostMapping("/assets/{id}/check-out")
  ModelAndView checkOut(
      @PathVariable long id,
      @ModelAttribute("form") CheckOutForm form,
      BindingResult errors,
      RedirectAttributes next) {
    Typed typed = new Typed(errors);
    Long person = typed.number("personId", form.personId());
    String note = Typed.text(form.note());
    if (person == null && !errors.hasErrors()) {
      errors.rejectValue("personId", "missing", "Choose who gets the asset.");
    }
    if (note != null && note.length() > LONGEST_NOTE) {
      errors.rejectValue("note", "long", "Use at most " + LONGEST_NOTE + " characters.");
    }
    if (!errors.hasErrors()) {
      try {
        Assignment made = assignments.checkOut(id, person, note);
        next.addFlashAttribute(
            "notice", made.assetName() + " is checked out to " + made.person() + ".");
        return new ModelAndView("redirect:/assets/" + id);
      } catch (RuleException refusal) {
        typed.refused(refusal, CheckOutForm.class);
      } catch (NotFoundException gone) {
        assets.get(id);
        errors.rejectValue("personId", "gone", "This person is not there any more.");
      }
    }
    return page(id, form, HttpStatus.UNPROCESSABLE_CONTENT);
  }

  @PostMapping("/assets/{id}/check-in")
  String checkIn(@PathVariable long id, @RequestParam long assignment, RedirectAttributes next) {
    try {
      Assignment ended = assignments.checkIn(id, assignment);
      next.addFlashAttribute("notice", ended.assetName() + " is back from " + ended.person() + ".");
    } catch (RuleException refusal) {
      next.addFlashAttribute("problem", refusal.getMessage());
    }
    return "redirect:/assets/" + id;
  }

  private ModelAndView page(long id, CheckOutForm form, HttpStatusCode status) {
    String words = Objects.requireNonNullElse(Typed.text(form.q()), "").strip();
    List<Person> found = people.search(words, PEOPLE_SHOWN + 1);
    ModelAndView page = new ModelAndView("assets/check-out");
    page.setStatus(status);
    return page.addObject("asset", assets.get(id))
        .addObject("q", words)
        .addObject("people", found.stream().limit(PEOPLE_SHOWN).toList())
        .addObject("more", found.size() > PEOPLE_SHOWN);
  }
}
