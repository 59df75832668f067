package ${package}.transfer;

import static ${package}.testing.Pages.document;
import static ${package}.testing.Pages.text;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.asset.Asset;
import ${package}.asset.AssetDraft;
import ${package}.asset.AssetService;
import ${package}.assignment.Assignment;
import ${package}.assignment.AssignmentService;
import ${package}.category.CategoryService;
import ${package}.database.enums.AssetStatus;
import ${package}.location.Location;
import ${package}.location.LocationService;
import ${package}.paging.Paging;
import ${package}.person.Person;
import ${package}.person.PersonService;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Locale;
import java.util.TreeMap;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
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
  @Autowired private AssignmentService assignments;
  @Autowired private CategoryService categories;
  @Autowired private LocationService locations;
  @Autowired private PersonService people;

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
    assertThat(text(response).lines().map(line -> line.replaceFirst(",.*", "")))
        .containsExactly("\uFEFFtag", draft.tag());
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
        .isEqualTo("1 would be added, 1 changed, 0 stay as they are.");
    assertThat(preview.select("tbody td:last-child").eachText())
        .containsExactly("Added", "Changed");
    assertThat(assets.findByTag(tag)).isEmpty();
    assertThat(assets.get(known.id())).isEqualTo(known);

    MockHttpServletResponse stored = run(preview);

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
    Document preview = document(response, 200);

    assertThat(preview.select("section[aria-labelledby=problems] tbody tr").eachText())
        .containsExactlyInAnyOrder(
            "Line 3 assets tag Write two to four capital letters, a hyphen and at least four digits:"
                + " NB-0042.",
            "Line 4 assets purchase_price Use at most two digits after the point.",
            "Line 6 assets tag This tag is in the file twice.",
            "Line 7 assets serial_number Another asset has this serial number.",
            "Line 8 assets This line has more fields than the first one.");
    assertThat(preview.select("form[action$=/import]")).isEmpty();
    Element missing = preview.selectFirst("form[action$=/preview-with-missing]");
    assertThat(missing.text()).contains("Categories No such category (line 4)");

    String upload = missing.selectFirst("input[name=upload]").val();
    assertThat(pages.post("/transfer/import", "upload", upload).getStatus()).isEqualTo(422);
    assertThat(pages.post("/transfer/import", "upload", upload, "make", true).getStatus())
        .isEqualTo(422);
    assertThat(categories.names()).doesNotContainValue("No such category");
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
        .isEqualTo("0 would be added, 0 changed, 1 stay as they are.");
    assertThat(preview.select("main form button")).isEmpty();
  }

  @Test
  @DisplayName("are refused where they are none, with what to do")
  void areRefusedWhereTheyAreNone() {
    assertThat(problem(new byte[0])).contains("Choose a file that is not empty.");
    assertThat(problem("tag,name\nNB-0001,K\u00fcbel".getBytes(StandardCharsets.ISO_8859_1)))
        .contains("not in UTF-8");
    assertThat(problem("PK and no more".getBytes(StandardCharsets.UTF_8)))
        .contains("This is no ZIP file that can be read.");
    assertThat(pages.post("/transfer/import", "upload", "another").getStatus()).isEqualTo(422);
    assertThat(problem("tag,name\n\"NB".getBytes(StandardCharsets.UTF_8)))
        .contains("A quote is opened here and never closed.");
    assertThat(problem("tag,colour\nNB-0001,red".getBytes(StandardCharsets.UTF_8)))
        .contains("There is no such column.");
    assertThat(problem("name\nLamp".getBytes(StandardCharsets.UTF_8)))
        .contains("This column has to be there.");
  }

  @Test
  @DisplayName("ask whether what is missing shall be created, and create it then")
  void askWhetherToCreateWhatIsMissing() {
    String prefix = sample.category("Any", null).tagPrefix() + "Q";
    String tag = prefix + "-0001";
    String csv =
        "tag,name,category,location,holder,held_since\n"
            + "%1$s,Tent,Tents %1$s,Camp %1$s / A\\/B,Olga Ott <olga.%1$s@example.com>,2026-01-05\n"
                .formatted(tag)
            + "%s-0002,Tarp,tents %s,CAMP %s,,\n".formatted(prefix, tag, tag)
            + "%s-0003,Peg,,,rolf.ott.%s@example.com,\n".formatted(prefix, tag);

    Document asked = document(upload(csv), 200);
    assertThat(asked.select("section[aria-labelledby=problems]")).isEmpty();
    assertThat(asked.select("dl.facts dt").eachText())
        .containsExactly("Categories", "Places", "People");
    assertThat(people.list(tag, true, Paging.page(1)).rows()).isEmpty();

    Document again =
        document(
            pages.post(
                "/transfer/preview-with-missing",
                "upload",
                asked.selectFirst("input[name=upload]").val()),
            200);
    assertThat(again.select("main form strong").text())
        .isEqualTo("8 would be added, 0 changed, 0 stay as they are.");
    assertThat(people.list(tag, true, Paging.page(1)).rows()).isEmpty();
    assertThat(run(again).getRedirectedUrl()).isEqualTo("/assets");

    Asset tent = assets.findByTag(tag).orElseThrow();
    assertThat(tent.status()).isEqualTo(AssetStatus.in_use);
    assertThat(tent.category()).isEqualTo("Tents " + tag);
    assertThat(categories.get(tent.categoryId()).tagPrefix()).isEqualTo(prefix);
    assertThat(locations.paths()).containsEntry(tent.locationId(), "Camp " + tag + " / A/B");
    Assignment holder = assignments.current(tent.id()).orElseThrow();
    assertThat(holder.person()).isEqualTo("Olga Ott");
    assertThat(holder.assignedAt().toLocalDate()).isEqualTo(LocalDate.of(2026, 1, 5));
    assertThat(people.list("rolf", true, Paging.page(1)).rows())
        .extracting(Person::fullName)
        .contains("Rolf Ott " + tag);
  }

  @Test
  @DisplayName("give assets to other people, take them back, and say what cannot be")
  void giveAssetsToOtherPeople() {
    Asset given = sample.asset("Given");
    Asset kept = sample.asset("Kept");
    Asset free = sample.asset("Free");
    Person ann = sample.person("Ann Lee");
    Person bob = sample.person("Bob Lee");
    assignments.checkOut(given.id(), ann.id(), null);
    assignments.checkOut(kept.id(), ann.id(), "careful");

    assertThat(run(document(upload(
                    "tag,holder\n%s,%s\n%s,%s\n%s,\n"
                        .formatted(
                            given.tag(), bob.email(), kept.tag(), ann.email(), free.tag())),
                200)).getRedirectedUrl())
        .isEqualTo("/assets");
    assertThat(assignments.current(given.id()).orElseThrow().personId()).isEqualTo(bob.id());
    assertThat(assignments.ofAsset(given.id())).hasSize(2);
    assertThat(assignments.current(kept.id()).orElseThrow().note()).isEqualTo("careful");
    assertThat(assignments.current(free.id())).isEmpty();

    run(document(upload("tag,holder\n%s,\n".formatted(given.tag())), 200));
    assertThat(assignments.current(given.id())).isEmpty();
    assertThat(assets.get(given.id()).status()).isEqualTo(AssetStatus.in_stock);

    assertThat(
            document(
                    upload(
                        "tag,status,holder\n%s,retired,%s\n%s,in_use,\n"
                            .formatted(kept.tag(), ann.email(), free.tag())),
                    200)
                .select("tbody tr")
                .eachText())
        .containsExactly(
            "Line 2 assets status Somebody has this asset. Check it in first, or leave the holder empty.",
            "Line 3 assets status Say in the column holder who has it, or that it is in stock.");
  }

  @Test
  @DisplayName("name the wrong lines among hundreds, whether Java or the database finds them")
  void nameTheWrongLinesAmongHundreds() throws Exception {
    Asset asset = sample.asset("Much repaired");
    StringBuilder csv = new StringBuilder("asset,person,assigned_at,returned_at\n");
    Person person = sample.person("Pia Lang");
    for (int i = 0; i < 700; i++) {
      LocalDate day = LocalDate.of(2015, 1, 1).plusDays(i);
      // Two begin before the one before them has ended; only the database knows.
      String begin = i == 300 || i == 644 ? day.minusDays(1) + "T12:00:00Z" : day + "T08:00:00Z";
      String end = i == 0 ? "2014-12-31" : day + "T18:00:00Z";
      csv.append("%s,%s,%s,%s\n".formatted(asset.tag(), person.email(), begin, end));
    }

    assertThat(document(upload(csv.toString()), 200).select("tbody tr").eachText())
        .containsExactly(
            "Line 2 assignments returned_at Nobody gives an asset back before having got it.",
            "Line 302 assignments assigned_at Somebody else has, or had, this asset at that time.",
            "Line 646 assignments assigned_at Somebody else has, or had, this asset at that time.");
    assertThat(assignments.ofAsset(asset.id())).isEmpty();
  }

  private MockHttpServletResponse run(Document preview) {
    Element form = preview.selectFirst("form[action$=/import]");
    return pages.post(
        "/transfer/import",
        "upload",
        form.selectFirst("input[name=upload]").val(),
        "make",
        form.selectFirst("input[name=make]").val());
  }

  private MockHttpServletResponse upload(String csv) {
    return pages.upload("/transfer/preview", csv.getBytes(StandardCharsets.UTF_8));
  }

  private String problem(byte[] file) {
    return Jsoup.parse(text(pages.upload("/transfer/preview", file))).select("main").text();
  }
}
