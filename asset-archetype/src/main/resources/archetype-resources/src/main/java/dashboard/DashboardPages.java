package ${package}.dashboard;

import ${package}.page.PageController;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;

/** The first page. */
@PageController
class DashboardPages {
  private final DashboardService service;

  DashboardPages(DashboardService service) {
    this.service = service;
  }

  @GetMapping("/")
  String show(Model model) {
    Dashboard dashboard = service.load();
    model.addAttribute("dashboard", dashboard);
    model.addAttribute("shares", Charts.shares(dashboard.byStatus()));
    model.addAttribute("categories", Charts.bars(dashboard.byCategory()));
    model.addAttribute("purchases", Charts.columns(dashboard.purchases()));
    return "dashboard";
  }
}
