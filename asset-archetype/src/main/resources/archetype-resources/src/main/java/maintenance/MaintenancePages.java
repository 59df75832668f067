package ${package}.maintenance;

import ${package}.asset.AssetService;
import ${package}.database.enums.MaintenanceKind;
import ${package}.page.Choice;
import ${package}.page.Choices;
import ${package}.page.Form;
import ${package}.page.Forms;
import ${package}.page.PageController;
import ${package}.page.PageLinks;
import ${package}.page.Typed;
import ${package}.paging.Page;
import ${package}.paging.Paging;
import java.time.LocalDate;
import java.util.List;
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

/** What is due; planning it, and saying that it is done. */
@PageController
class MaintenancePages {
  private static final int SOON_DAYS = 30;
  private static final LocalDate ANY_DAY = LocalDate.of(9999, 12, 31);
  private static final List<Choice> SPANS =
      List.of(
          new Choice("all", "All that is planned"),
          new Choice("overdue", "Overdue"),
          new Choice("soon", "Within 30 days"));

  private final MaintenanceService maintenance;
  private final AssetService assets;
  private final Choices choices;
  private final Forms forms;

  MaintenancePages(
      MaintenanceService maintenance, AssetService assets, Choices choices, Forms forms) {
    this.maintenance = maintenance;
    this.assets = assets;
    this.choices = choices;
    this.forms = forms;
  }

  /** What was typed; the names are those of the draft. */
  record PlanForm(String kind, String description, String dueOn) implements Form<MaintenanceDraft> {
    @Override
    public MaintenanceDraft read(Typed typed) {
      return new MaintenanceDraft(
          typed.choice("kind", kind, MaintenanceKind.class),
          Typed.text(description),
          typed.day("dueOn", dueOn));
    }
  }

  /** What was typed; the names are those of the completion. */
  record CompleteForm(String completedOn, String cost) implements Form<Completion> {
    @Override
    public Completion read(Typed typed) {
      return new Completion(typed.day("completedOn", completedOn), typed.amount("cost", cost));
    }
  }

  @GetMapping("/maintenance")
  String list(
      @RequestParam(defaultValue = "all") String due,
      @RequestParam(defaultValue = "1") String page,
      Model model) {
    String span = SPANS.stream().anyMatch(one -> one.value().equals(due)) ? due : "all";
    LocalDate today = LocalDate.now();
    Paging wanted = PageLinks.wanted(page);
    Page<MaintenanceTask> found =
        switch (span) {
          case "overdue" -> maintenance.due(null, today.minusDays(1), wanted);
          case "soon" -> maintenance.due(today, today.plusDays(SOON_DAYS), wanted);
          default -> maintenance.due(null, ANY_DAY, wanted);
        };
    model.addAttribute("spans", SPANS);
    model.addAttribute("span", span);
    model.addAttribute("page", found);
    model.addAttribute("today", today);
    model.addAttribute("links", PageLinks.of(found, "/maintenance", "due", span));
    return "maintenance/list";
  }

  @GetMapping("/assets/{id}/maintenance/new")
  ModelAndView plan(@PathVariable long id) {
    return planPage(id, HttpStatus.OK)
        .addObject("form", new PlanForm(MaintenanceKind.inspection.name(), "", ""));
  }

  @PostMapping("/assets/{id}/maintenance")
  ModelAndView plan(
      @PathVariable long id,
      @ModelAttribute("form") PlanForm form,
      BindingResult errors,
      RedirectAttributes next) {
    return forms
        .save(form, errors, draft -> maintenance.plan(id, draft))
        .map(planned -> Forms.done(next, "Maintenance is planned.", "/assets/" + id))
        .orElseGet(() -> planPage(id, HttpStatus.UNPROCESSABLE_CONTENT));
  }

  @GetMapping("/maintenance/{id}/complete")
  ModelAndView complete(@PathVariable long id) {
    return completePage(id, HttpStatus.OK)
        .addObject("form", new CompleteForm(LocalDate.now().toString(), ""));
  }

  @PostMapping("/maintenance/{id}/complete")
  ModelAndView complete(
      @PathVariable long id,
      @ModelAttribute("form") CompleteForm form,
      BindingResult errors,
      RedirectAttributes next) {
    return forms
        .save(form, errors, completion -> maintenance.complete(id, completion))
        .map(
            done ->
                Forms.done(next, done.description() + ": done.", "/assets/" + done.assetId()))
        .orElseGet(() -> completePage(id, HttpStatus.UNPROCESSABLE_CONTENT));
  }

  private ModelAndView planPage(long asset, HttpStatusCode status) {
    ModelAndView page = new ModelAndView("maintenance/plan");
    page.setStatus(status);
    return page.addObject("asset", assets.get(asset))
        .addObject("kinds", choices.of("maintenance", MaintenanceKind.values()));
  }

  private ModelAndView completePage(long id, HttpStatusCode status) {
    ModelAndView page = new ModelAndView("maintenance/complete");
    page.setStatus(status);
    return page.addObject("task", maintenance.get(id));
  }
}
