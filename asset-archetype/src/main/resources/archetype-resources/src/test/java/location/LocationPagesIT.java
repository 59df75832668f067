package ${package}.location;

import static ${package}.testing.Pages.document;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

@ApplicationTest
@DisplayName("The pages of places")
class LocationPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private LocationService locations;

  @Test
  @DisplayName("add one inside another")
  void addOneInsideAnother() {
    Location site = sample.location("Harbour");
    assertThat(
            pages
                .post("/locations", "name", "Pier", "parentId", site.id(), "address", "At the lake")
                .getRedirectedUrl())
        .isEqualTo("/locations");
    Document page = pages.get("/locations");
    assertThat(page.select("tbody tr:contains(" + site.name() + " / Pier)").text())
        .contains("At the lake");

    page = document(pages.post("/locations", "name", "pier", "parentId", site.id()), 422);
    assertThat(page.selectFirst("[id=name-error]").text())
        .isEqualTo("Another place in there has this name.");
  }

  @Test
  @DisplayName("rename one, unless somebody else was quicker, and never put it inside itself")
  void renameOne() {
    Location opened = sample.location("Tower");
    assertThat(save(opened, 0, opened.name() + "!", "").getStatus()).isEqualTo(302);
    assertThat(locations.get(opened.id()).name()).isEqualTo(opened.name() + "!");

    Document page = document(save(opened, 0, "Mine", ""), 409);
    assertThat(page.selectFirst("[role=alert]").text())
        .contains("This place was changed", "maria saved it", opened.name() + "!", "Mine");

    page = document(save(opened, 1, "Mine", String.valueOf(opened.id())), 422);
    assertThat(page.selectFirst("[id=parentId-error]").text())
        .isEqualTo("A place cannot be inside itself.");
    assertThat(locations.get(opened.id()).name()).isEqualTo(opened.name() + "!");
  }

  private MockHttpServletResponse save(Location place, int version, String name, String parent) {
    return pages.post(
        "/locations/" + place.id(), "version", version, "name", name, "parentId", parent);
  }
}
