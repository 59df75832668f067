package ${package}.transfer;

import static ${package}.testing.Pages.document;
import static ${package}.testing.Pages.text;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.asset.Asset;
import ${package}.asset.AssetDraft;
import ${package}.asset.AssetService;
import ${package}.location.Location;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.TreeMap;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;

@ApplicationTest
@DisplayName("CSV files")
class TransferPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private AssetService assets;

  @Test
  @DisplayName("hold what was searched for, with formulas disarmed")
  void holdWhatWasSearchedFor() throws Exception {
    Location place = sample.location("Attic");
    AssetDraft draft = Sample.draft("=HYPERLINK(\"http://example.com\")");
    assets.create(
        new AssetDraft(
            draft.tag(),
            draft.name(),
            null,
            null,
            null,
            place.id(),
            null,
            null,
            null,
            new TreeMap<>()));
    sample.asset("Elsewhere");

    MockHttpServletResponse response = pages.response("/assets.csv?location=" + place.id());

    assertThat(response.getContentType()).isEqualTo("text/csv;charset=UTF-8");
    assertThat(response.getHeader("Content-Disposition"))
        .isEqualTo("attachment; filename=\"assets.csv\"");
    assertThat(Csv.read(text(response)))
        .extracting(line -> line.fields().get(0))
        .containsExactly("tag", draft.tag());
    assertThat(text(response)).contains(",\"'=HYPERLINK").doesNotContain(",=", ",\"=");
  }

  @Test
  @DisplayName("are previewed, and stored only then")
  void arePreviewedAndStoredOnlyThen() {
    Asset known = sample.asset("Old name");
    Location place = sample.location("Cellar");
    String tag = Sample.tag();
    String csv =
        "Tag;Name;Location;Status\r\n%s;Neuer Kübel;%s;In repair\r\n%s;New name;;\r\n"
            .formatted(tag, place.name().toUpperCase(Locale.ROOT), known.tag());

    Document preview = document(upload(csv), 200);

    assertThat(preview.select("main form strong").text())
        .isEqualTo("1 asset would be added, 1 changed, 0 stay as they are.");
    assertThat(preview.select("tbody td:last-child").eachText())
        .containsExactly("Added", "Changed");
    assertThat(assets.findByTag(tag)).isEmpty();
    assertThat(assets.get(known.id())).isEqualTo(known);

    MockHttpServletResponse stored =
        pages.post(
            "/transfer/import", "csv", preview.selectFirst("textarea[name=csv]").wholeText());

    assertThat(stored.getRedirectedUrl()).isEqualTo("/assets");
    Asset added = assets.findByTag(tag).orElseThrow();
    assertThat(added.name()).isEqualTo("Neuer Kübel");
    assertThat(added.locationId()).isEqualTo(place.id());
    assertThat(added.status().name()).isEqualTo("in_repair");
    assertThat(assets.get(known.id()).name()).isEqualTo("New name");
    assertThat(assets.get(known.id()).purchasedOn()).isEqualTo(known.purchasedOn());
  }

  @Test
  @DisplayName("are stored all or not at all, and each wrong line is named")
  void areStoredAllOrNotAtAll() {
    Asset known = sample.asset("Scale");
    String good = Sample.tag();
    String csv =
        "tag,name,category,purchase_price,serial_number\n"
            + good
            + ",Good,,,SERIAL-"
            + good
            + "\n"
            + "nb1,Bad tag,,,\n"
            + Sample.tag()
            + ",\"Two\nlines\",No such category,1.234,\n"
            + good
            + ",Twice,,,\n"
            + Sample.tag()
            + ",Same serial,,,SERIAL-"
            + good
            + "\n"
            + known.tag()
            + ",Too,,,many,fields\n";

    MockHttpServletResponse response = upload(csv);
    Document preview = document(response, 422);

    assertThat(preview.select("section[aria-labelledby=problems] tbody tr").eachText())
        .containsExactlyInAnyOrder(
            "Line 3 tag Write two to four capital letters, a hyphen and at least four digits:"
                + " NB-0042.",
            "Line 4 category There is no category of this name.",
            "Line 4 purchase_price Use at most two digits after the point.",
            "Line 6 tag This tag is in the file twice.",
            "Line 7 serial_number Another asset has this serial number.",
            "Line 8 This line has more fields than the first one.");
    assertThat(preview.select("form[action*=/import]")).isEmpty();

    assertThat(pages.post("/transfer/import", "csv", csv).getStatus()).isEqualTo(422);
    assertThat(assets.findByTag(good)).isEmpty();
    assertThat(assets.get(known.id())).isEqualTo(known);
  }

  @Test
  @DisplayName("come back as they went")
  void comeBackAsTheyWent() {
    AssetDraft draft = Sample.draft("'=Tricky \"name\", with; all\u00e9");
    TreeMap<String, String> attributes = new TreeMap<>();
    attributes.put("Note", "+1, really");
    assets.create(
        new AssetDraft(
            draft.tag(),
            draft.name(),
            "-SN" + draft.tag(),
            null,
            null,
            null,
            draft.purchasedOn(),
            null,
            null,
            attributes));

    String csv = text(pages.response("/assets.csv?q=" + draft.tag()));
    Document preview = document(upload(csv), 200);

    assertThat(preview.select("main form strong").text())
        .isEqualTo("0 assets would be added, 0 changed, 1 stay as they are.");
    assertThat(preview.select("main form button")).isEmpty();
  }

  @Test
  @DisplayName("are refused where they are none, with what to do")
  void areRefusedWhereTheyAreNone() {
    assertThat(problem(new byte[0])).contains("Choose a file that is not empty.");
    assertThat(problem("tag,name\nNB-0001,K\u00fcbel".getBytes(StandardCharsets.ISO_8859_1)))
        .contains("not in UTF-8");
    assertThat(problem(new byte[1_000_001])).contains("larger than one megabyte");
    assertThat(problem("tag,name\n\"NB".getBytes(StandardCharsets.UTF_8)))
        .contains("A quote is opened here and never closed.");
    assertThat(problem("tag,colour\nNB-0001,red".getBytes(StandardCharsets.UTF_8)))
        .contains("There is no such column.");
    assertThat(problem("name\nLamp".getBytes(StandardCharsets.UTF_8)))
        .contains("This column has to be there.");
  }

  private MockHttpServletResponse upload(String csv) {
    return pages.upload("/transfer/preview", csv.getBytes(StandardCharsets.UTF_8));
  }

  private String problem(byte[] file) {
    return document(pages.upload("/transfer/preview", file), 422).select("main").text();
  }
}
