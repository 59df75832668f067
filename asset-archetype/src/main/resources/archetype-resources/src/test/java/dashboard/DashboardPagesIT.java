package ${package}.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.asset.Asset;
import ${package}.assignment.AssignmentService;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
@DisplayName("The dashboard")
class DashboardPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private AssignmentService assignments;

  @Test
  @DisplayName("counts the assets, says it beside each chart, and shows the last changes")
  void countsTheAssets() {
    Asset asset = sample.asset("Metronome");
    assignments.checkOut(asset.id(), sample.person("Ana Blum").id(), null);

    Document page = pages.get("/");

    int counted =
        page
            .select("section[aria-labelledby=by-status] tbody td:nth-of-type(1)")
            .eachText()
            .stream()
            .mapToInt(text -> Integer.parseInt(text.replace(",", "")))
            .sum();
    assertThat(counted).isPositive();
    assertThat(page.select("section[aria-labelledby=by-status] svg rect[class^=fill-]")).hasSize(5);
    assertThat(page.select("section[aria-labelledby=purchases] tbody tr")).hasSize(12);
    assertThat(page.select("section[aria-labelledby=recent] li").text())
        .contains("Metronome Checked out to Ana Blum");
    assertThat(page.select("section[aria-labelledby=recent] a").eachAttr("href"))
        .contains("/assets/" + asset.id());
    assertThat(page.select("svg"))
        .allSatisfy(chart -> assertThat(chart.closest("[aria-hidden=true]")).isNotNull());
  }
}
