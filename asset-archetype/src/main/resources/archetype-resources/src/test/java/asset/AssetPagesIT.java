package ${package}.asset;

import static ${package}.testing.Pages.document;
import static ${package}.testing.Pages.text;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.assignment.AssignmentService;
import ${package}.database.enums.AssetStatus;
import ${package}.database.enums.MaintenanceKind;
import ${package}.location.Location;
import ${package}.maintenance.MaintenanceDraft;
import ${package}.maintenance.MaintenanceService;
import ${package}.person.Person;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

@ApplicationTest
@DisplayName("The pages of assets")
class AssetPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private AssetService assets;
  @Autowired private AssignmentService assignments;
  @Autowired private MaintenanceService maintenance;

  @Test
  @DisplayName("list what is searched for, with what people look for first")
  void listWhatIsSearchedFor() {
    Asset asset = sample.asset("Quetzal camera");
    assignments.checkOut(asset.id(), sample.person("Mia Keller").id(), null);
    maintenance.plan(
        asset.id(),
        new MaintenanceDraft(MaintenanceKind.inspection, "Clean it", LocalDate.now().minusDays(3)));

    Document page = pages.get("/assets?q=quetz&status=in_use&overdue=true");

    assertThat(page.select("[id=results] tbody tr")).hasSize(1);
    assertThat(page.select("[id=results] tbody tr").text())
        .contains("Quetzal camera", asset.tag(), "In use", "Mia Keller", "Overdue");
    assertThat(page.selectFirst("[id=results] .result-line").text())
        .startsWith("1–1 of 1 asset")
        .contains("Clear search and filters");
    assertThat(page.selectFirst("[id=q]").val()).isEqualTo("quetz");
    assertThat(page.selectFirst("[id=status] option[selected]").val()).isEqualTo("in_use");
    assertThat(page.selectFirst("input[name=overdue]").hasAttr("checked")).isTrue();
    assertThat(page.selectFirst("[id=export]").attr("href"))
        .isEqualTo("/assets.csv?q=quetz&status=in_use&overdue=true");
  }

  @Test
  @DisplayName("say so when nothing is found")
  void saySoWhenNothingIsFound() {
    Document page = pages.get("/assets?q=nosuchthinganywhere");
    assertThat(page.select("[id=results] table")).isEmpty();
    assertThat(page.selectFirst("[id=results]").text()).contains("No asset matches");
  }

  @Test
  @DisplayName("are sorted by a click, and turned round by the next one")
  void areSortedByAClick() {
    Location place = sample.location("Yard");
    for (String name : List.of("bucket", "anvil")) {
      AssetDraft draft = Sample.draft(name);
      assets.create(
          new AssetDraft(
              draft.tag(), name, null, null, null, place.id(), null, null, null, new TreeMap<>()));
    }
    String list = "/assets?location=" + place.id();

    Document byTag = pages.get(list);
    assertThat(byTag.select("tbody th a").eachText()).containsExactly("bucket", "anvil");
    String byName = byTag.selectFirst("thead th:contains(Asset) a").attr("href");
    assertThat(byName).isEqualTo(list + "&sort=name");

    Document sorted = pages.get(byName);
    assertThat(sorted.select("tbody th a").eachText()).containsExactly("anvil", "bucket");
    assertThat(sorted.selectFirst("th[aria-sort]").attr("aria-sort")).isEqualTo("ascending");
    Document turned = pages.get(sorted.selectFirst("thead th:contains(Asset) a").attr("href"));
    assertThat(turned.select("tbody th a").eachText()).containsExactly("bucket", "anvil");
    assertThat(turned.selectFirst("th[aria-sort]").attr("aria-sort")).isEqualTo("descending");
  }

  @Test
  @DisplayName("come in pages of fifty that keep the search")
  void comeInPages() {
    for (int i = 0; i < 51; i++) {
      sample.asset("Xylophone " + i);
    }

    Document first = pages.get("/assets?q=xylophone");
    assertThat(first.select("tbody tr")).hasSize(50);
    assertThat(first.select("a[rel=prev]")).isEmpty();
    Document second = pages.get(first.selectFirst("a[rel=next]").attr("href"));
    assertThat(second.select("tbody tr")).hasSize(1);
    assertThat(second.select("a[rel=next]")).isEmpty();
    assertThat(second.selectFirst("a[rel=prev]").attr("href")).isEqualTo("/assets?q=xylophone");
  }

  @Test
  @DisplayName("give htmx only the results, and tell the count to the live region")
  void giveHtmxOnlyTheResults() throws Exception {
    Asset asset = sample.asset("Okapi lamp");

    MockHttpServletResponse response = pages.swap("/assets?q=okapi");

    assertThat(text(response)).doesNotContain("<html", "<nav class=\"main-nav\"");
    Document part = document(response, 200);
    assertThat(part.selectFirst("[id=results]").text()).contains(asset.tag());
    assertThat(part.selectFirst("[id=count][hx-swap-oob]").text()).isEqualTo("1–1 of 1 asset");
    assertThat(part.selectFirst("[id=export][hx-swap-oob]").attr("href"))
        .isEqualTo("/assets.csv?q=okapi");
    assertThat(response.getHeaders("Vary")).contains("HX-Request");
    assertThat(pages.get("/assets?q=okapi").select("[id=count][role=status]")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "' or '1'='1",
        "'; drop table assets; --",
        "\\",
        "%_%",
        "a & | ! ( ) :* <->",
        "\0",
        "{x} T(java.lang.Runtime)"
      })
  @DisplayName("take whatever is searched for as words, never as a command")
  void takeWhateverIsSearchedForAsWords(String text) {
    sample.asset("Plain thing");

    Document page =
        pages.get(
            "/assets?q={q}&sort={q}&status={q}&category={q}&page={q}",
            text,
            text,
            text,
            text,
            text);

    assertThat(page.select("h1").text()).isEqualTo("Assets");
    assertThat(page.selectFirst("[id=q]").val()).isEqualTo(text.replace("\0", "").strip());
    assertThat(pages.get("/assets?q=plain").select("tbody tr")).isNotEmpty();
  }

  @Test
  @DisplayName("show an asset with everything that has happened to it")
  void showAnAssetWithItsHistory() {
    Person mia = sample.person("Mia Keller");
    Location depot = sample.location("Depot");
    Asset asset = sample.asset("Theodolite");
    assignments.checkOut(asset.id(), mia.id(), "for the bridge");
    assignments.checkIn(asset.id(), null);
    Asset back = assets.get(asset.id());
    AssetDraft draft = back.draft();
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("Colour", "yellow");
    assets.update(
        asset.id(),
        back.version(),
        new AssetDraft(
            draft.tag(),
            draft.name(),
            null,
            AssetStatus.in_repair,
            null,
            depot.id(),
            draft.purchasedOn(),
            null,
            null,
            attributes));

    Document page = pages.get("/assets/" + asset.id());

    assertThat(page.selectFirst("h1").text()).isEqualTo("Theodolite");
    assertThat(page.selectFirst("dl.facts").text())
        .contains("Colour yellow", depot.name(), "15 Jan 2026");
    assertThat(page.selectFirst("section[aria-labelledby=holders]").text())
        .contains("Mia Keller", "for the bridge");
    assertThat(page.select("section[aria-labelledby=changes] li > span strong").eachText())
        .contains("Added", "Checked out to Mia Keller", "Checked in from Mia Keller", "Changed");
    assertThat(page.select("section[aria-labelledby=changes] li").first().text())
        .contains(
            "Status: In stock → In repair",
            "Location: " + depot.name(),
            "More about it: Colour: yellow");
    assertThat(page.select("a[href*=/check-out], form[action*=/check-in]")).isEmpty();
  }
}
