package ${package}.asset;

import static ${package}.testing.Pages.document;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.category.Category;
import ${package}.database.enums.AssetStatus;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

@ApplicationTest
@DisplayName("The form of an asset")
class AssetFormPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private AssetService assets;

  @Test
  @DisplayName("suggests the next tag of a category, and leaves alone what somebody has typed")
  void suggestsTheNextTag() {
    Category category = sample.category("Saws", null);
    String prefix = category.tagPrefix();
    assertThat(suggestion(category, "", "")).isEqualTo(prefix + "-0001");
    assertThat(
            pages
                .post("/assets", "name", "Saw", "tag", "", "status", "in_stock", "categoryId", category.id())
                .getRedirectedUrl())
        .startsWith("/assets/");
    assertThat(assets.findByTag(prefix + "-0001")).isPresent();
    AssetDraft draft = Sample.draft("Saw");
    assets.create(
        new AssetDraft(prefix + "-00123", "Saw", null, null, null, null, null, null, null, null));
    assertThat(suggestion(category, "", "")).isEqualTo(prefix + "-0124");
    assertThat(suggestion(category, "AB-0001", "AB-0001")).isEqualTo(prefix + "-0124");
    assertThat(suggestion(category, draft.tag(), "AB-0001")).isEqualTo(draft.tag());
    assertThat(
            document(pages.post("/assets", "name", "Saw", "tag", "", "status", "in_stock"), 422)
                .selectFirst("[id=tag-error]")
                .text())
        .isEqualTo("Enter the tag.");
  }

  private String suggestion(Category category, String tag, String suggested) {
    return document(
            pages.swap(
                "/assets/new/tag?categoryId={c}&tag={t}&suggested={s}",
                category.id(),
                tag,
                suggested),
            200)
        .selectFirst("[id=tag]")
        .val();
  }

  @Test
  @DisplayName("adds an asset, and shows it")
  void addsAnAsset() {
    Category category = sample.category("Cameras", null);
    String tag = Sample.tag();

    MockHttpServletResponse response =
        pages.post(
            "/assets",
            "tag",
            tag,
            "name",
            "Leica",
            "categoryId",
            category.id(),
            "status",
            "in_stock",
            "purchasePrice",
            "1499.50",
            "attributes",
            "Lens: 35 mm\r\nColour: black");

    Asset asset = assets.findByTag(tag).orElseThrow();
    assertThat(response.getStatus()).isEqualTo(302);
    assertThat(response.getRedirectedUrl()).isEqualTo("/assets/" + asset.id());
    assertThat(asset.purchasePrice()).isEqualTo("1499.50");
    assertThat(asset.attributes()).containsEntry("Lens", "35 mm").containsEntry("Colour", "black");
    assertThat(asset.category()).isEqualTo(category.name());
    assertThat(pages.get("/assets/" + asset.id()).text()).contains("EUR 1,499.50");
  }

  @Test
  @DisplayName("comes back with what was typed, and says beside each field what is wrong")
  void comesBackWithWhatWasTyped() {
    Document page =
        document(
            pages.post(
                "/assets",
                "tag",
                "nb42",
                "name",
                " ",
                "status",
                "in_stock",
                "purchasePrice",
                "12,x",
                "purchasedOn",
                "2026-02-30",
                "attributes",
                "Colour"),
            422);

    for (String field :
        new String[] {"tag", "name", "purchasePrice", "purchasedOn", "attributes"}) {
      assertThat(page.select("[id=" + field + "][aria-invalid=true]")).as(field).hasSize(1);
      assertThat(page.selectFirst("[id=" + field + "]").attr("aria-describedby"))
          .contains(field + "-error");
      assertThat(page.selectFirst("[id=" + field + "-error]").text()).as(field).isNotBlank();
      assertThat(page.select("[role=alert] a[href*='" + field + "']")).as(field).hasSize(1);
    }
    assertThat(page.selectFirst("[id=tag]").val()).isEqualTo("nb42");
    assertThat(page.selectFirst("[id=purchasePrice]").val()).isEqualTo("12,x");
    assertThat(page.selectFirst("[id=attributes]").wholeText().strip()).isEqualTo("Colour");
    assertThat(page.select("[id=serialNumber][aria-invalid]")).isEmpty();
  }

  @Test
  @DisplayName("says beside the tag that another asset has it")
  void saysThatAnotherAssetHasTheTag() {
    Asset other = sample.asset("First");
    Document page =
        document(
            pages.post("/assets", "tag", other.tag(), "name", "Second", "status", "in_stock"), 422);
    assertThat(page.selectFirst("[id=tag-error]").text()).isEqualTo("Another asset has this tag.");
  }

  @Test
  @DisplayName("starts with what is saved, and saves what is changed")
  void savesWhatIsChanged() {
    Asset asset = sample.asset("Old name");
    Document form = pages.get("/assets/" + asset.id() + "/edit");
    assertThat(form.selectFirst("[id=name]").val()).isEqualTo("Old name");
    assertThat(form.selectFirst("[id=purchasedOn]").val()).isEqualTo("2026-01-15");

    MockHttpServletResponse response = save(asset, asset.version(), "New name");

    assertThat(response.getRedirectedUrl()).isEqualTo("/assets/" + asset.id());
    assertThat(assets.get(asset.id()).name()).isEqualTo("New name");
  }

  @Test
  @DisplayName("shows what somebody else has saved meanwhile, and loses nothing that was typed")
  void showsWhatSomebodyElseHasSaved() {
    Asset opened = sample.asset("Beamer");
    assets.update(opened.id(), opened.version(), Sample.draft("Beamer, hall"));

    Document page = document(save(opened, opened.version(), "Beamer, cellar"), 409);

    assertThat(page.selectFirst("[role=alert]").text())
        .contains("was changed while you were editing", "Beamer, hall", "Beamer, cellar");
    assertThat(page.selectFirst("[id=name]").val()).isEqualTo("Beamer, cellar");
    assertThat(assets.get(opened.id()).name()).isEqualTo("Beamer, hall");

    int shown = Integer.parseInt(page.selectFirst("input[name=version]").val());
    assertThat(save(opened, shown, "Beamer, cellar").getStatus()).isEqualTo(302);
    assertThat(assets.get(opened.id()).name()).isEqualTo("Beamer, cellar");
  }

  @Test
  @DisplayName("says what a status would need")
  void saysWhatAStatusWouldNeed() {
    Asset asset = sample.asset("Printer");
    Document page =
        document(
            pages.post(
                "/assets/" + asset.id(),
                "version",
                asset.version(),
                "tag",
                asset.tag(),
                "name",
                "Printer",
                "status",
                "in_use"),
            422);
    assertThat(page.selectFirst("[id=status-error]").text())
        .isEqualTo("Check the asset out to somebody to have it in use.");
    assertThat(assets.get(asset.id()).status()).isEqualTo(AssetStatus.in_stock);
  }

  private MockHttpServletResponse save(Asset asset, int version, String name) {
    return pages.post(
        "/assets/" + asset.id(),
        "version",
        version,
        "tag",
        asset.tag(),
        "name",
        name,
        "status",
        "in_stock");
  }
}
