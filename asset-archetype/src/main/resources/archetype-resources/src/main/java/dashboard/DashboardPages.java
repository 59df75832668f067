package ${package}.dashboard;

import ${package}.audit.ChangeLines;
import ${package}.page.PageController;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page. */
@PageController
class DashboardPages {
  private final DashboardService service;
  private final ChangeLines changes;

  DashboardPages(DashboardService service, ChangeLines changes) {
    this.service = service;
    this.changes = changes;
  }

  @GetMapping("/")
  String show(Model model) {
    Dashboard dashboard = service.load();
    model.addAttribute("dashboard", dashboard);
    model.addAttribute("shares", Charts.shares(dashboard.byStatus()));
    model.addAttribute("categories", Charts.bars(dashboard.byCategory()));
    model.addAttribute("purchases", Charts.columns(dashboard.purchases()));
    model.addAttribute("recent", changes.of(dashboard.recent()));
    return "dashboard";
  }
}
