package ${package}.maintenance;

import static ${package}.testing.Pages.document;
import static org.assertj.core.api.Assertions.assertThat;

import ${package}.asset.Asset;
import ${package}.database.enums.MaintenanceKind;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Pages;
import ${package}.testing.Sample;
import java.time.LocalDate;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
@DisplayName("The pages of maintenance")
class MaintenancePagesIT {
  @Autowired private Pages pages;
  @Autowired private Sample sample;
  @Autowired private MaintenanceService maintenance;

  @Test
  @DisplayName("list what is due, and how late it is")
  void listWhatIsDue() {
    Asset asset = sample.asset("Boiler");
    LocalDate today = LocalDate.now();
    maintenance.plan(
        asset.id(), new MaintenanceDraft(MaintenanceKind.repair, "Valve", today.minusDays(4)));
    maintenance.plan(
        asset.id(), new MaintenanceDraft(MaintenanceKind.upgrade, "Burner", today.plusDays(90)));

    assertThat(rows("/maintenance?due=overdue", asset)).contains("Valve", "4 days late");
    assertThat(rows("/maintenance?due=overdue", asset)).doesNotContain("Burner");
    maintenance.plan(
        asset.id(), new MaintenanceDraft(MaintenanceKind.repair, "Hose", today.plusDays(30)));
    assertThat(rows("/maintenance?due=soon", asset))
        .contains("Hose")
        .doesNotContain("Valve", "Burner");
    assertThat(rows("/maintenance", asset)).contains("Valve", "Burner");
    assertThat(rows("/maintenance?due=nonsense&page=x", asset)).contains("Valve");
  }

  @Test
  @DisplayName("plan work, and say that it is done")
  void planAndComplete() {
    Asset asset = sample.asset("Lift");
    String address = "/assets/" + asset.id() + "/maintenance";
    assertThat(pages.get(address + "/new").select("[id=kind] option").eachText())
        .containsExactly("Inspection", "Repair", "Upgrade");

    Document wrong =
        document(pages.post(address, "kind", "repair", "description", "", "dueOn", "soon"), 422);
    assertThat(wrong.selectFirst("[id=description-error]").text())
        .isEqualTo("Say what is to be done.");
    assertThat(wrong.select("[id=dueOn-error]")).hasSize(1);
    assertThat(wrong.selectFirst("[id=kind] option[selected]").val()).isEqualTo("repair");

    assertThat(
            pages
                .post(address, "kind", "repair", "description", "Rope", "dueOn", "2026-01-31")
                .getRedirectedUrl())
        .isEqualTo("/assets/" + asset.id());
    long task = maintenance.ofAsset(asset.id()).get(0).id();
    String complete = "/maintenance/" + task + "/complete";
    assertThat(pages.get(complete).selectFirst("[id=completedOn]").val())
        .isEqualTo(LocalDate.now().toString());

    Document future =
        document(pages.post(complete, "completedOn", "2999-01-01", "cost", "12"), 422);
    assertThat(future.selectFirst("[id=completedOn-error]").text())
        .isEqualTo("Enter a day that is not in the future.");
    assertThat(pages.post(complete, "completedOn", "2026-02-01", "cost", "12.50").getStatus())
        .isEqualTo(302);
    assertThat(maintenance.get(task).cost()).isEqualTo("12.50");

    Document again = document(pages.post(complete, "completedOn", "2026-02-01"), 422);
    assertThat(again.selectFirst("[role=alert]").text())
        .contains("This work was done on 2026-02-01.");
  }

  /** The lines of one asset, on all pages: other tests have work that is due, too. */
  private String rows(String address, Asset asset) {
    StringBuilder rows = new StringBuilder();
    for (String next = address; next != null; ) {
      Document page = pages.get(next);
      rows.append(page.select("tbody tr:contains(" + asset.tag() + ")").text());
      next = page.select("a[rel=next]").isEmpty() ? null : page.select("a[rel=next]").attr("href");
    }
    return rows.toString();
  }
}
