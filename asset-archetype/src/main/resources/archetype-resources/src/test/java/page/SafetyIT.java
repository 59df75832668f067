package ${package}.page;

import static ${package}.testing.Pages.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;

import ${package}.asset.Asset;
import ${package}.asset.AssetDraft;
import ${package}.asset.AssetService;
import ${package}.assignment.AssignmentService;
import ${package}.category.Category;
import ${package}.category.CategoryDraft;
import ${package}.category.CategoryService;
import ${package}.database.enums.MaintenanceKind;
import ${package}.location.Location;
import ${package}.location.LocationDraft;
import ${package}.location.LocationService;
import ${package}.maintenance.MaintenanceDraft;
import ${package}.maintenance.MaintenanceService;
import ${package}.person.Person;
import ${package}.person.PersonDraft;
import ${package}.person.PersonService;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import jakarta.servlet.RequestDispatcher;
import java.net.URI;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@ApplicationTest
@DisplayName("Pages")
class SafetyIT {
  private static final String SCRIPT = "<script>alert('x')</script><img src=x onerror=alert(1)>";

  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private MockMvcTester http;
  @Autowired private AssetService assets;
  @Autowired private AssignmentService assignments;
  @Autowired private CategoryService categories;
  @Autowired private LocationService locations;
  @Autowired private MaintenanceService maintenance;
  @Autowired private PersonService people;

  @Autowired
  @Qualifier("requestMappingHandlerMapping")
  private RequestMappingHandlerMapping mappings;

  @Test
  @DisplayName("run no script that somebody has stored, in any field")
  void runNoStoredScript() {
    String tag = Sample.tag();
    Category category =
        categories.create(new CategoryDraft(SCRIPT, sample.category("x", 1).tagPrefix() + "X", 1));
    Location location = locations.create(new LocationDraft(null, SCRIPT, SCRIPT));
    Person person =
        people.create(new PersonDraft(SCRIPT, tag + "@example.com", LocalDate.now(), null));
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("<b onclick=alert(1)>", SCRIPT);
    AssetDraft draft =
        new AssetDraft(
            tag,
            SCRIPT,
            "\"'><script>" + tag,
            null,
            category.id(),
            location.id(),
            LocalDate.now(),
            null,
            null,
            attributes);
    Asset asset = assets.create(draft);
    assignments.checkOut(asset.id(), person.id(), SCRIPT);
    long task =
        maintenance
            .plan(
                asset.id(),
                new MaintenanceDraft(
                    MaintenanceKind.repair, SCRIPT, LocalDate.now().minusYears(50)))
            .id();

    List<String> addresses =
        List.of(
            "/",
            "/assets?q=" + tag,
            "/assets/new",
            "/assets/" + asset.id(),
            "/assets/" + asset.id() + "/edit",
            "/assets/" + asset.id() + "/check-out",
            "/assets/" + asset.id() + "/maintenance/new",
            "/people?q=script",
            "/people/" + person.id(),
            "/people/" + person.id() + "/edit",
            "/people/" + person.id() + "/delete",
            "/assets/" + asset.id() + "/delete",
            "/categories/" + category.id() + "/delete",
            "/locations/" + location.id() + "/delete",
            "/categories",
            "/categories/" + category.id() + "/edit",
            "/locations",
            "/locations/" + location.id() + "/edit",
            "/maintenance?due=overdue",
            "/maintenance/" + task + "/complete",
            "/transfer");
    List<String> showing = new ArrayList<>();
    for (String address : addresses) {
      Document page = pages.get(address);
      assertOnlyOwnScripts(address, page);
      if (page.text().contains("<script>alert") || page.html().contains("&lt;script&gt;")) {
        showing.add(address);
      }
    }
    assertThat(showing).hasSizeGreaterThanOrEqualTo(15).doesNotContain("/transfer");

    for (String path : List.of("/assets", "/assets/" + asset.id())) {
      MockHttpServletResponse refused =
          pages.post(path, "version", 0, "tag", SCRIPT, "name", "", "attributes", SCRIPT);
      assertThat(refused.getStatus()).isEqualTo(422);
      assertOnlyOwnScripts(path, Jsoup.parse(text(refused)));
    }
    MockHttpServletResponse stale =
        pages.post(
            "/assets/" + asset.id(),
            "version",
            99,
            "tag",
            tag,
            "name",
            SCRIPT + "2",
            "status",
            "in_use");
    assertThat(stale.getStatus()).isEqualTo(409);
    assertOnlyOwnScripts("conflict", Jsoup.parse(text(stale)));
    MockHttpServletResponse preview =
        pages.upload(
            "/transfer/preview",
            ("tag,name\n" + Sample.tag() + ",</textarea>" + SCRIPT + "\n").getBytes());
    assertThat(preview.getStatus()).isEqualTo(200);
    assertOnlyOwnScripts("preview", Jsoup.parse(text(preview)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/assets",
        "/assets/1",
        "/assets/1/check-out",
        "/assets/1/check-in",
        "/categories",
        "/categories/1",
        "/locations",
        "/locations/1",
        "/people",
        "/people/1",
        "/assets/1/maintenance",
        "/maintenance/1/complete",
        "/assets/1/delete",
        "/people/1/delete",
        "/transfer/preview",
        "/transfer/preview-with-missing",
        "/transfer/import",
        "/logout",
        "/login"
      })
  @DisplayName("take no form without its token")
  void takeNoFormWithoutItsToken(String address) {
    MockHttpServletResponse response =
        http.post()
            .uri(address)
            .accept(MediaType.TEXT_HTML)
            .with(user("maria").roles("EDITOR"))
            .param("name", "forged")
            .exchange()
            .getResponse();
    assertThat(response.getStatus()).isEqualTo(403);
  }

  @Test
  @DisplayName("have the token in each form that changes something")
  void haveTheTokenInEachForm() {
    Asset asset = sample.asset("Token");
    assignments.checkOut(asset.id(), sample.person("Tina Roth").id(), null);
    for (String address :
        List.of(
            "/assets/new",
            "/assets/" + asset.id(),
            "/categories",
            "/locations",
            "/people/new",
            "/transfer")) {
      assertThat(pages.get(address).select("form[method=post]"))
          .as(address)
          .isNotEmpty()
          .allSatisfy(form -> assertThat(form.select("input[name=_csrf]")).hasSize(1));
    }
  }

  @Test
  @DisplayName("show viewers what there is, and no form or link that leads to a change")
  void letViewersLook() {
    Asset asset = sample.asset("Vase");
    assignments.checkOut(asset.id(), sample.person("Vito Lang").id(), null);
    Map<String, Long> ids =
        Map.of(
            "/assets",
            asset.id(),
            "/people",
            sample.person("Vera Lang").id(),
            "/categories",
            sample.category("Vases", 12).id(),
            "/locations",
            sample.location("Vault").id(),
            "/maintenance",
            maintenance
                .plan(
                    asset.id(),
                    new MaintenanceDraft(MaintenanceKind.repair, "Glue", LocalDate.now()))
                .id());
    List<String> shown = new ArrayList<>();
    List<String> forbidden = new ArrayList<>();
    for (String pattern : addressesOfPages()) {
      Long id = ids.get(pattern.replaceFirst("(?<=.)/.*", ""));
      String address = pattern.replace("{kind}", "people").replace("{id}", String.valueOf(id));
      MockHttpServletResponse response =
          http.get()
              .uri(address)
              .accept(MediaType.TEXT_HTML)
              .with(user("vera").roles("VIEWER"))
              .exchange()
              .getResponse();
      Document page = Jsoup.parse(text(response));
      if (response.getStatus() == 403) {
        forbidden.add(pattern);
        continue;
      }
      assertThat(response.getStatus()).as(address).isEqualTo(200);
      shown.add(pattern);
      assertThat(page.select("main form[method=post]").not("[action=/login]")).as(address).isEmpty();
      for (String link : page.select("main a[href^=/]").eachAttr("href")) {
        assertThat(
                http.get()
                    .uri(URI.create(link))
                    .accept(MediaType.TEXT_HTML)
                    .with(user("vera").roles("VIEWER"))
                    .exchange()
                    .getResponse()
                    .getStatus())
            .as("%s on %s", link, address)
            .isNotEqualTo(403);
      }
    }
    assertThat(shown).contains("/", "/assets", "/assets/{id}", "/people", "/people/{id}", "/transfer");
    assertThat(forbidden).contains("/assets/new", "/assets/{id}/edit", "/assets/{id}/check-out");
  }

  /** All that there are, also those that are added later. */
  private List<String> addressesOfPages() {
    return mappings.getHandlerMethods().entrySet().stream()
        .filter(one -> one.getValue().getBeanType().isAnnotationPresent(PageController.class))
        .filter(one -> one.getKey().getMethodsCondition().getMethods().contains(RequestMethod.GET))
        .flatMap(one -> one.getKey().getPatternValues().stream())
        .sorted()
        .toList();
  }

  @Test
  @DisplayName("say to whom rights lack that they do, and of an old form that it is old")
  void sayThatRightsLack() {
    for (boolean old : new boolean[] {false, true}) {
      Document page =
          Jsoup.parse(
              text(
                  http.get()
                      .uri("/error")
                      .accept(MediaType.TEXT_HTML)
                      .requestAttr(RequestDispatcher.ERROR_STATUS_CODE, 403)
                      .requestAttr("formIsOld", old)
                      .with(user("vera").roles("VIEWER"))
                      .exchange()
                      .getResponse()));
      assertThat(page.text().contains("You lack the rights")).isEqualTo(!old);
      assertThat(page.text().contains("Your session has ended")).isEqualTo(old);
    }
  }

  @Test
  @DisplayName("forbid scripts and styles that are not files of the application")
  void forbidInlineScripts() {
    String policy = pages.response("/assets").getHeader("Content-Security-Policy");
    assertThat(policy)
        .contains("default-src 'self'", "frame-ancestors 'none'", "form-action 'self'")
        .doesNotContain("unsafe");
  }

  /** What the policy of the page would forbid anyhow must not be there in the first place. */
  private static void assertOnlyOwnScripts(String where, Document page) {
    assertThat(page.select("script"))
        .as(where)
        .hasSize(1)
        .allSatisfy(script -> assertThat(script.attr("src")).startsWith("/webjars/htmx.org/"));
    assertThat(page.select("style, [style], img[src=x], iframe, object")).as(where).isEmpty();
    for (Element element : page.getAllElements()) {
      assertThat(element.attributes().asList())
          .as(where)
          .noneMatch(attribute -> attribute.getKey().startsWith("on"));
    }
  }
}
