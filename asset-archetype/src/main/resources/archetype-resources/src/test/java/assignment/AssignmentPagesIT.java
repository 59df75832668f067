package ${package}.assignment;

import static ${package}.testing.Pages.document;
import static ${package}.testing.Pages.text;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.asset.Asset;
import ${package}.asset.AssetService;
import ${package}.database.enums.AssetStatus;
import ${package}.person.Person;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

@ApplicationTest
@DisplayName("Check-out and check-in")
class AssignmentPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private AssetService assets;
  @Autowired private AssignmentService assignments;

  @Test
  @DisplayName("give an asset to a person who was looked for, and take it back")
  void giveAndTakeBack() {
    Asset asset = sample.asset("Drill");
    Person person = sample.person("Wilhelmina Tell");
    String checkOut = "/assets/" + asset.id() + "/check-out";

    Document form = pages.get(checkOut + "?q=wilhelmina");
    assertThat(form.select("input[name=personId]").eachAttr("value"))
        .contains(String.valueOf(person.id()));

    MockHttpServletResponse out =
        pages.post(checkOut, "personId", person.id(), "note", "for the roof");
    assertThat(out.getRedirectedUrl()).isEqualTo("/assets/" + asset.id());
    assertThat(assignments.current(asset.id()).orElseThrow().note()).isEqualTo("for the roof");
    assertThat(pages.get("/assets/" + asset.id()).select("form[action*=/check-in]")).hasSize(1);

    MockHttpServletResponse in = checkIn(asset, assignments.current(asset.id()).orElseThrow());
    assertThat(in.getRedirectedUrl()).isEqualTo("/assets/" + asset.id());
    assertThat(assignments.current(asset.id())).isEmpty();
    assertThat(assets.get(asset.id()).status()).isEqualTo(AssetStatus.in_stock);
    Document after = pages.get("/assets/" + asset.id());
    assertThat(after.select("a[href*=/check-out]")).hasSize(1);
    assertThat(after.selectFirst("section[aria-labelledby=holders]").text())
        .matches("Who had it Nobody has it now. Wilhelmina Tell had it until [0-9]+ [A-Z][a-z]+ 20.*");
  }

  @Test
  @DisplayName("take an asset back from who had it when the page was opened, and from nobody else")
  void takeAnAssetBackFromWhoHadIt() {
    Asset asset = sample.asset("Winch");
    Assignment seen = assignments.checkOut(asset.id(), sample.person("Ada Wyss").id(), null);
    Document page = pages.get("/assets/" + asset.id());
    assertThat(page.selectFirst("form[action*=/check-in] input[name=assignment]").val())
        .isEqualTo(String.valueOf(seen.id()));
    assignments.checkIn(asset.id(), seen.id());
    Person next = sample.person("Ben Wyss");
    assignments.checkOut(asset.id(), next.id(), null);

    MockHttpServletResponse late = checkIn(asset, seen);

    assertThat(late.getRedirectedUrl()).isEqualTo("/assets/" + asset.id());
    assertThat(assignments.current(asset.id()).orElseThrow().personId()).isEqualTo(next.id());
  }

  private MockHttpServletResponse checkIn(Asset asset, Assignment assignment) {
    return pages.post("/assets/" + asset.id() + "/check-in", "assignment", assignment.id());
  }

  @Test
  @DisplayName("ask again when nobody is chosen, and keep the note")
  void askAgainWhenNobodyIsChosen() {
    Asset asset = sample.asset("Saw");
    Document page =
        document(
            pages.post("/assets/" + asset.id() + "/check-out", "note", "sharp", "q", "mia"), 422);
    assertThat(page.selectFirst("[id=personId-error]").text())
        .isEqualTo("Choose who gets the asset.");
    assertThat(page.selectFirst("[id=note]").wholeText().strip()).isEqualTo("sharp");
    assertThat(page.selectFirst("[id=q]").val()).isEqualTo("mia");
    assertThat(assignments.ofAsset(asset.id())).isEmpty();
  }

  @Test
  @DisplayName("say so when somebody else was quicker")
  void saySoWhenSomebodyElseWasQuicker() {
    Asset asset = sample.asset("Ladder");
    Person first = sample.person("Noah Frei");
    assignments.checkOut(asset.id(), first.id(), null);

    Document page =
        document(
            pages.post(
                "/assets/" + asset.id() + "/check-out",
                "personId",
                sample.person("Lea Weber").id()),
            422);

    assertThat(page.selectFirst("[role=alert]").text())
        .contains("Somebody has this asset already. Check it in first.");
    assertThat(assignments.current(asset.id()).orElseThrow().personId()).isEqualTo(first.id());
  }

  @Test
  @DisplayName("do not know people who are not there")
  void doNotKnowPeopleWhoAreNotThere() {
    Asset asset = sample.asset("Rope");
    Document page =
        document(pages.post("/assets/" + asset.id() + "/check-out", "personId", 999999999), 422);
    assertThat(page.selectFirst("[id=personId-error]").text())
        .isEqualTo("This person is not there any more.");
  }

  @Test
  @DisplayName("give htmx only the people who match")
  void giveHtmxOnlyThePeople() {
    Asset asset = sample.asset("Wedge");
    Person person = sample.person("Ottilie Quast");

    MockHttpServletResponse response = pages.swap("/assets/" + asset.id() + "/check-out?q=ottilie");

    assertThat(text(response)).doesNotContain("<html", "<form");
    assertThat(document(response, 200).select("label.pick").text())
        .contains(person.fullName(), person.email());
  }
}
