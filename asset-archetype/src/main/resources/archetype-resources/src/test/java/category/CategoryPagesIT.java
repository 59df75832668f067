package ${package}.category;

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
@DisplayName("The pages of categories")
class CategoryPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private CategoryService categories;

  @Test
  @DisplayName("add one, and say what is wrong")
  void addOne() {
    String prefix = sample.category("Other", null).tagPrefix() + "P";
    assertThat(
            pages
                .post("/categories", "name", prefix + " boats", "tagPrefix", prefix, "inspectionMonths", "12")
                .getRedirectedUrl())
        .isEqualTo("/categories");
    assertThat(pages.get("/categories").select("tbody tr:contains(" + prefix + " boats)").text())
        .contains("every 12 months");

    Document page =
        document(
            pages.post("/categories", "name", "Kites", "tagPrefix", prefix, "inspectionMonths", ""),
            422);
    assertThat(page.selectFirst("[id=tagPrefix-error]").text())
        .isEqualTo("The tags of another category begin with these letters.");
    page =
        document(
            pages.post("/categories", "name", "", "tagPrefix", "kt", "inspectionMonths", "1.5"),
            422);
    assertThat(page.select(".error").eachText())
        .containsExactly(
            "Enter a name.", "Write two to four capital letters: NB.", "Enter a whole number.");
    assertThat(page.selectFirst("[id=tagPrefix]").val()).isEqualTo("kt");
  }

  @Test
  @DisplayName("change one, unless somebody else was quicker")
  void changeOne() {
    Category opened = sample.category("Chairs", 6);
    Document form = pages.get("/categories/" + opened.id() + "/edit");
    assertThat(form.selectFirst("[id=inspectionMonths]").val()).isEqualTo("6");
    assertThat(save(opened, 0, opened.name() + "!").getRedirectedUrl()).isEqualTo("/categories");
    assertThat(categories.get(opened.id()).name()).isEqualTo(opened.name() + "!");

    Document page = document(save(opened, 0, opened.name() + "?"), 409);
    assertThat(page.selectFirst("[role=alert]").text())
        .contains("This category was changed", "maria saved it", opened.name() + "!");
    assertThat(page.selectFirst("input[name=version]").val()).isEqualTo("1");
    assertThat(categories.get(opened.id()).name()).isEqualTo(opened.name() + "!");
  }

  private MockHttpServletResponse save(Category category, int version, String name) {
    return pages.post(
        "/categories/" + category.id(),
        "version",
        version,
        "name",
        name,
        "tagPrefix",
        category.tagPrefix(),
        "inspectionMonths",
        "6");
  }
}
