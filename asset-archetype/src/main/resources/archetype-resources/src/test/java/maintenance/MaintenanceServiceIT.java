package ${package}.maintenance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ${package}.asset.Asset;
import ${package}.asset.AssetDraft;
import ${package}.asset.AssetFilter;
import ${package}.asset.AssetRow;
import ${package}.asset.AssetService;
import ${package}.asset.AssetSort;
import ${package}.dashboard.DashboardService;
import ${package}.database.enums.MaintenanceKind;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.paging.Paging;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Sample;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
@DisplayName("Maintenance")
class MaintenanceServiceIT {
  private final LocalDate today = LocalDate.now();

  @Autowired private MaintenanceService maintenance;
  @Autowired private AssetService assets;
  @Autowired private DashboardService dashboard;
  @Autowired private Sample sample;

  @Test
  @DisplayName("is overdue from the day after, everywhere at once")
  void isOverdueFromTheDayAfter() {
    Asset asset = sample.asset("Ladder");
    long before = overdue();
    maintenance.plan(asset.id(), inspection(today));
    assertThat(overdue()).isEqualTo(before);

    MaintenanceTask late = maintenance.plan(asset.id(), inspection(today.minusDays(1)));

    assertThat(late.overdue()).isTrue();
    assertThat(overdue()).isEqualTo(before + 1);
    assertThat(dashboard.load().overdue()).isEqualTo(before + 1);
    AssetFilter filter = new AssetFilter(asset.tag(), null, false, null, null, true);
    assertThat(assets.list(filter, AssetSort.TAG, false, Paging.page(1)).rows())
        .extracting(AssetRow::tag, AssetRow::nextMaintenanceOn, AssetRow::overdue)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(asset.tag(), today.minusDays(1), true));
  }

  @Test
  @DisplayName("is due soon from today on, for thirty days")
  void isDueSoon() {
    Asset asset = sample.asset("Crane");
    long before = dashboard.load().dueSoon();
    for (int days : new int[] {-1, 0, 30, 31}) {
      maintenance.plan(asset.id(), inspection(today.plusDays(days)));
    }
    assertThat(dashboard.load().dueSoon()).isEqualTo(before + 2);
  }

  @Test
  @DisplayName("that is an inspection plans the next one, as the category says")
  void plansTheNextInspection() {
    Asset asset = sample.asset("Drill");
    AssetDraft draft = asset.draft();
    assets.update(
        asset.id(),
        asset.version(),
        new AssetDraft(
            draft.tag(),
            draft.name(),
            null,
            null,
            sample.category("Tools", 12).id(),
            null,
            null,
            null,
            null,
            draft.attributes()));
    MaintenanceTask task = maintenance.plan(asset.id(), inspection(today.minusDays(3)));

    MaintenanceTask done =
        maintenance.complete(task.id(), new Completion(today, new BigDecimal("80.00")));

    assertThat(done.completedOn()).isEqualTo(today);
    assertThat(done.overdue()).isFalse();
    assertThat(maintenance.ofAsset(asset.id()))
        .extracting(MaintenanceTask::dueOn)
        .containsExactly(today.plusMonths(12), today.minusDays(3));
    assertThatThrownBy(() -> maintenance.complete(task.id(), new Completion(today, null)))
        .isInstanceOf(RuleException.class);
    assertThatThrownBy(() -> maintenance.cancel(task.id())).isInstanceOf(RuleException.class);
  }

  @Test
  @DisplayName("can be cancelled until it is done")
  void canBeCancelled() {
    MaintenanceTask task = maintenance.plan(sample.asset("Fan").id(), inspection(today));
    maintenance.cancel(task.id());
    assertThatThrownBy(() -> maintenance.get(task.id())).isInstanceOf(NotFoundException.class);
  }

  private long overdue() {
    return maintenance.due(null, LocalDate.now().minusDays(1));
  }

  private static MaintenanceDraft inspection(LocalDate due) {
    return new MaintenanceDraft(MaintenanceKind.inspection, "Yearly inspection", due);
  }
}
