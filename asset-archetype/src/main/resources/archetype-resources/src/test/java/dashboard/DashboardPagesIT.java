package ${package}.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.asset.Asset;
import ${package}.asset.AssetDraft;
import ${package}.asset.AssetService;
import ${package}.assignment.AssignmentService;
import ${package}.category.Category;
import ${package}.database.enums.AssetStatus;
import ${package}.database.enums.MaintenanceKind;
import ${package}.location.Location;
import ${package}.location.LocationDraft;
import ${package}.location.LocationService;
import ${package}.maintenance.MaintenanceDraft;
import ${package}.maintenance.MaintenanceService;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
@DisplayName("The dashboard")
class DashboardPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private AssignmentService assignments;
  @Autowired private AssetService assets;
  @Autowired private LocationService locations;
  @Autowired private MaintenanceService maintenance;

  @Test
  @DisplayName("counts what its links list, as the lists of categories and places do")
  void countsWhatItsLinksList() {
    Category category = sample.category("Lamps", 12);
    Location site = sample.location("Site");
    Location room = locations.create(new LocationDraft(site.id(), "Room", null));
    asset(category, room, AssetStatus.in_stock);
    asset(category, site, AssetStatus.retired);
    Asset late = asset(category, room, AssetStatus.in_repair);
    plan(late, LocalDate.now().minusDays(3));
    plan(late, LocalDate.now());
    plan(late, LocalDate.now().plusDays(30));
    plan(late, LocalDate.now().plusDays(31));

    Map<String, Long> figures = new LinkedHashMap<>();
    Document page = pages.get("/");
    page.select("a.tile").forEach(tile -> put(figures, tile, tile.selectFirst(".figure")));
    page.select("table.bars tbody tr")
        .forEach(row -> put(figures, row.selectFirst("a"), row.selectFirst("td.number")));
    for (String list : List.of("/categories", "/locations")) {
      pages
          .get(list)
          .select("tbody tr")
          .forEach(row -> put(figures, row.selectFirst("th a"), row.selectFirst("td.assets")));
    }

    assertThat(figures)
        .hasSizeGreaterThan(8)
        .containsEntry("/assets?location=" + site.id(), 3L)
        .containsEntry("/assets?location=" + room.id(), 2L)
        .containsEntry("/assets?category=" + category.id(), 3L);
    figures.forEach(
        (address, figure) ->
            assertThat(total(pages.get(address))).as(address).isEqualTo(figure));
  }

  private static void put(Map<String, Long> figures, Element link, Element figure) {
    if (link != null) {
      figures.put(link.attr("href"), number(figure.text()));
    }
  }

  /** How many a list says that it has, on all pages. */
  private static long total(Document page) {
    String line = page.selectFirst(".result-line").text();
    return line.startsWith("No ") ? 0 : number(line.replaceFirst(".* of ", ""));
  }

  private static long number(String text) {
    return Long.parseLong(text.replaceAll("[^0-9]", ""));
  }

  private Asset asset(Category category, Location place, AssetStatus status) {
    AssetDraft draft = Sample.draft("Lamp");
    return assets.create(
        new AssetDraft(
            draft.tag(), "Lamp", null, status, category.id(), place.id(), null, null, null, null));
  }

  private void plan(Asset asset, LocalDate due) {
    maintenance.plan(asset.id(), new MaintenanceDraft(MaintenanceKind.repair, "Bulb", due));
  }

  @Test
  @DisplayName("tells as one what somebody has done to many, and is never late")
  void tellsAsOneWhatSomebodyHasDone() {
    List<String> names = List.of("Kite a", "Kite b", "Kite c", "Kite d", "Kite e", "Kite f");
    names.forEach(name -> sample.asset(name));
    assertThat(pages.get("/").selectFirst("section[aria-labelledby=recent] li").text())
        .startsWith("Kite f, Kite e, Kite d and 3 more Added");
    sample.asset("Kite g");
    assertThat(pages.get("/").selectFirst("section[aria-labelledby=recent] li").text())
        .startsWith("Kite g, Kite f, Kite e and 4 more Added");
  }

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
    assertThat(page.select("section[aria-labelledby=recent] li")).hasSizeLessThanOrEqualTo(8);
    assertThat(page.select("svg"))
        .allSatisfy(chart -> assertThat(chart.closest("[aria-hidden=true]")).isNotNull());
  }
}
