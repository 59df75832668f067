package ${package}.page;

import static ${package}.testing.Pages.document;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.asset.Asset;
import ${package}.asset.AssetDraft;
import ${package}.asset.AssetService;
import ${package}.assignment.AssignmentService;
import ${package}.category.Category;
import ${package}.database.enums.MaintenanceKind;
import ${package}.location.Location;
import ${package}.location.LocationDraft;
import ${package}.location.LocationService;
import ${package}.maintenance.MaintenanceDraft;
import ${package}.maintenance.MaintenanceService;
import ${package}.person.Person;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import java.time.LocalDate;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
@DisplayName("Deleting on pages")
class DeletionPagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private AssetService assets;
  @Autowired private AssignmentService assignments;
  @Autowired private LocationService locations;
  @Autowired private MaintenanceService maintenance;

  @Test
  @DisplayName("asks first, and deletes what nothing hangs on")
  void asksFirst() {
    deletes("/categories", sample.category("Empty", null).id());
    deletes("/locations", sample.location("Empty").id());
    deletes("/people", sample.person("Nobody").id());
    deletes("/assets", sample.asset("Mistake").id());
  }

  private void deletes(String path, long id) {
    String address = path + "/" + id + "/delete";
    assertThat(pages.get(path + "/" + id + "/edit").select("a[href=" + address + "]")).hasSize(1);
    Document asked = pages.get(address);
    assertThat(asked.select("main form").text()).contains("Nothing else hangs on it.");
    String version = asked.selectFirst("input[name=version]").val();
    assertThat(pages.post(address, "version", "77").getStatus()).isEqualTo(409);
    assertThat(pages.post(address, "version", version).getRedirectedUrl()).isEqualTo(path);
    assertThat(pages.response(address).getStatus()).isEqualTo(404);
  }

  @Test
  @DisplayName("says what hangs on a thing, and where it is, in place of a button")
  void saysWhatHangsOnIt() {
    Category category = sample.category("Full", null);
    Location place = sample.location("Full");
    Location inside = locations.create(new LocationDraft(place.id(), "Inside", null));
    Person person = sample.person("Holder");
    AssetDraft draft = Sample.draft("Held");
    Asset asset =
        assets.create(
            new AssetDraft(
                draft.tag(), "Held", null, null, category.id(), inside.id(), null, null, null, null));
    assignments.checkIn(
        asset.id(), assignments.checkOut(asset.id(), person.id(), null).id());

    refuses("/categories/" + category.id(), "1 asset of this category", "/assets?category=" + category.id());
    refuses("/locations/" + place.id(), "1 asset in it", "/assets?location=" + place.id());
    refuses("/locations/" + place.id(), "The place Inside", "/locations/" + inside.id() + "/edit");
    refuses("/people/" + person.id(), "1 check-out, now or before", "/people/" + person.id());
    refuses("/assets/" + asset.id(), "1 check-out, now or before", "/assets/" + asset.id());
  }

  private void refuses(String thing, String why, String where) {
    Document asked = pages.get(thing + "/delete");
    assertThat(asked.select("main form")).isEmpty();
    assertThat(asked.select("main li a[href=" + where + "]").text()).isEqualTo(why);
    assertThat(pages.response(where).getStatus()).isEqualTo(200);
    assertThat(document(pages.post(thing + "/delete", "version", "0"), 409).select("main").text())
        .isNotEmpty();
    assertThat(pages.response(thing + "/delete").getStatus()).isEqualTo(200);
  }

  @Test
  @DisplayName("says what goes along with it")
  void saysWhatGoesAlong() {
    Asset asset = sample.asset("Planned");
    maintenance.plan(
        asset.id(), new MaintenanceDraft(MaintenanceKind.repair, "Oil", LocalDate.now()));
    assertThat(pages.get("/assets/" + asset.id() + "/delete").select("main form").text())
        .contains("1 maintenance job would be deleted along with it.");
    assertThat(pages.response("/nothing/1/delete").getStatus()).isEqualTo(404);
  }
}
