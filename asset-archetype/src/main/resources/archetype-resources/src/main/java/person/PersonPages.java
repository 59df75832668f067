package ${package}.person;

import ${package}.assignment.AssignmentService;
import ${package}.audit.Conflicts;
import ${package}.failure.StaleVersionException;
import ${package}.page.Form;
import ${package}.page.Forms;
import ${package}.page.PageController;
import ${package}.page.PageLinks;
import ${package}.page.Typed;
import ${package}.paging.Page;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** People: the list, the page of one with what they have, and the form. */
@PageController
class PersonPages {
  private final PersonService people;
  private final AssignmentService assignments;
  private final Conflicts conflicts;
  private final Forms forms;

  PersonPages(
      PersonService people,
      AssignmentService assignments,
      Conflicts conflicts,
      Forms forms) {
    this.people = people;
    this.assignments = assignments;
    this.conflicts = conflicts;
    this.forms = forms;
  }

  /** What was typed; the names are those of the draft. */
  record PersonForm(String fullName, String email, String joinedOn, String leftOn) implements Form<PersonDraft> {
    static PersonForm of(Person person) {
      return new PersonForm(
          person.fullName(),
          person.email(),
          String.valueOf(person.joinedOn()),
          person.leftOn() == null ? "" : person.leftOn().toString());
    }

    @Override
    public PersonDraft read(Typed typed) {
      return new PersonDraft(
          Typed.text(fullName),
          Typed.text(email),
          typed.day("joinedOn", joinedOn),
          typed.day("leftOn", leftOn));
    }
  }

  @GetMapping("/people")
  String list(
      @RequestParam(defaultValue = "") String q,
      @RequestParam(defaultValue = "false") String left,
      @RequestParam(defaultValue = "1") String page,
      Model model) {
    boolean alsoLeft = "true".equals(left);
    String words = Typed.text(q).strip();
    Page<Person> found = people.list(words, alsoLeft, PageLinks.wanted(page));
    model.addAttribute("q", words);
    model.addAttribute("left", alsoLeft);
    model.addAttribute("page", found);
    model.addAttribute(
        "links", PageLinks.of(found, "/people", "q", words, "left", alsoLeft ? "true" : ""));
    return "people/list";
  }

  @GetMapping("/people/{id}")
  String show(@PathVariable long id, Model model) {
    model.addAttribute("person", people.get(id));
    model.addAttribute("assignments", assignments.ofPerson(id));
    return "people/show";
  }

  @GetMapping("/people/new")
  ModelAndView blank() {
    return form(null, "New person", HttpStatus.OK)
        .addObject("form", new PersonForm("", "", "", ""));
  }

  @PostMapping("/people")
  ModelAndView create(
      @ModelAttribute("form") PersonForm form, BindingResult errors, RedirectAttributes next) {
    return forms
        .save(form, errors, people::create)
        .map(created -> Forms.done(next, created.fullName() + " is added.", "/people/" + created.id()))
        .orElseGet(() -> form(null, "New person", HttpStatus.UNPROCESSABLE_CONTENT));
  }

  @GetMapping("/people/{id}/edit")
  ModelAndView edit(@PathVariable long id) {
    Person person = people.get(id);
    return form(id, "Edit " + person.fullName(), HttpStatus.OK)
        .addObject("version", person.version())
        .addObject("form", PersonForm.of(person));
  }

  @PostMapping("/people/{id}")
  ModelAndView update(
      @PathVariable long id,
      @RequestParam int version,
      @ModelAttribute("form") PersonForm form,
      BindingResult errors,
      RedirectAttributes next) {
    try {
      return forms
          .save(form, errors, draft -> people.update(id, version, draft))
          .map(saved -> Forms.done(next, saved.fullName() + " is saved.", "/people/" + id))
          .orElseGet(() -> form(id, "Edit " + people.get(id).fullName(), HttpStatus.UNPROCESSABLE_CONTENT)
                      .addObject("version", version));
    } catch (StaleVersionException stale) {
      return conflict(id, form);
    }
  }

  /** The form again, with what was typed; who saves it now does so on the version shown here. */
  private ModelAndView conflict(long id, PersonForm typed) {
    Person person = people.get(id);
    PersonForm saved = PersonForm.of(person);
    return form(id, "Edit " + person.fullName(), HttpStatus.CONFLICT)
        .addObject("version", person.version())
        .addObject(
            "conflict",
            conflicts
                .about("people", id)
                .with("Full name", saved.fullName(), typed.fullName())
                .with("Email", saved.email(), typed.email())
                .with("Joined on", saved.joinedOn(), typed.joinedOn())
                .with("Left on", saved.leftOn(), typed.leftOn()));
  }

  private static ModelAndView form(Long id, String title, HttpStatusCode status) {
    ModelAndView page = new ModelAndView("people/form");
    page.setStatus(status);
    return page.addObject("id", id).addObject("title", title);
  }
}
