package ${package}.person;

import static ${package}.testing.Pages.document;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.asset.Asset;
import ${package}.assignment.AssignmentService;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import java.util.Locale;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

@ApplicationTest
@DisplayName("The pages of people")
class PersonPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private PersonService people;
  @Autowired private AssignmentService assignments;

  @Test
  @DisplayName("list who is searched for, and how much they have")
  void listWhoIsSearchedFor() {
    Person person = sample.person("Balthasar Zünd");
    assignments.checkOut(sample.asset("Hammer").id(), person.id(), null);

    Document page = pages.get("/people?q=balthasar");

    assertThat(page.select("tbody tr")).hasSize(1);
    assertThat(page.select("tbody tr").text()).contains("Balthasar Zünd", person.email());
    assertThat(page.select("td[data-label=Assets]").text()).isEqualTo("1");
    assertThat(pages.get("/people?q={q}", "%' or 1=1 --").select("tbody tr")).isEmpty();
  }

  @Test
  @DisplayName("show what somebody has, and had")
  void showWhatSomebodyHasAndHad() {
    Person person = sample.person("Ida Moser");
    Asset asset = sample.asset("Compass");
    assignments.checkOut(asset.id(), person.id(), "north");

    Document page = pages.get("/people/" + person.id());

    assertThat(page.selectFirst(".timeline").text())
        .contains("Compass", asset.tag(), "now", "north");
    assertThat(page.select(".timeline a").attr("href")).isEqualTo("/assets/" + asset.id());
  }

  @Test
  @DisplayName("add somebody, and say what is wrong")
  void addSomebody() {
    String email = Sample.tag().toLowerCase(Locale.ROOT) + "@example.com";
    assertThat(pages.post("/people", "fullName", "Jo Roth", "email", email).getRedirectedUrl())
        .startsWith("/people/");

    Document page = document(pages.post("/people", "fullName", "", "email", email), 422);
    assertThat(page.selectFirst("[id=fullName-error]").text()).isEqualTo("Enter the name.");
    page = document(pages.post("/people", "fullName", "Jo Two", "email", email), 422);
    assertThat(page.selectFirst("[id=email-error]").text())
        .isEqualTo("Another person has this e-mail address.");
    assertThat(page.selectFirst("[id=fullName]").val()).isEqualTo("Jo Two");
  }

  @Test
  @DisplayName("show what somebody else has saved meanwhile, and lose nothing that was typed")
  void showWhatSomebodyElseHasSaved() {
    Person opened = sample.person("Ann Meier");
    Document form = pages.get("/people/" + opened.id() + "/edit");
    assertThat(form.selectFirst("input[name=version]").val()).isEqualTo("0");
    assertThat(form.select("[id=leftOn]")).hasSize(1);
    assertThat(pages.get("/people/new").select("[id=leftOn]")).isEmpty();
    people.update(
        opened.id(),
        opened.version(),
        new PersonDraft("Ann Huber", opened.email(), opened.joinedOn(), null));

    Document page = document(save(opened, opened.version(), "Anna Meier"), 409);

    assertThat(page.selectFirst("[role=alert]").text())
        .contains("This person was changed while you were editing", "Ann Huber", "Anna Meier")
        .doesNotContain(opened.email());
    assertThat(page.selectFirst("[id=fullName]").val()).isEqualTo("Anna Meier");
    assertThat(people.get(opened.id()).fullName()).isEqualTo("Ann Huber");

    int shown = Integer.parseInt(page.selectFirst("input[name=version]").val());
    assertThat(save(opened, shown, "Anna Meier").getStatus()).isEqualTo(302);
    assertThat(people.get(opened.id()).fullName()).isEqualTo("Anna Meier");
  }

  private MockHttpServletResponse save(Person person, int version, String name) {
    return pages.post(
        "/people/" + person.id(),
        "version",
        version,
        "fullName",
        name,
        "email",
        person.email(),
        "joinedOn",
        person.joinedOn());
  }

  @Test
  @DisplayName("keep somebody from leaving with an asset")
  void keepSomebodyFromLeavingWithAnAsset() {
    Person person = sample.person("Kim Lang");
    assignments.checkOut(sample.asset("Bike").id(), person.id(), null);
    assertThat(pages.get("/people/" + person.id() + "/edit").selectFirst("[id=fullName]").val())
        .isEqualTo("Kim Lang");

    Document page =
        document(
            pages.post(
                "/people/" + person.id(),
                "version",
                person.version(),
                "fullName",
                "Kim Lang",
                "email",
                person.email(),
                "joinedOn",
                "2020-01-01",
                "leftOn",
                "2026-01-31"),
            422);

    assertThat(page.selectFirst("[id=leftOn-error]").text())
        .isEqualTo("This person still has assets. Check them in first.");
    assertThat(people.get(person.id()).leftOn()).isNull();
  }
}
