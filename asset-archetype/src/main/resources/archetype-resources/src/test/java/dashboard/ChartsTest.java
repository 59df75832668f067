package ${package}.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.database.enums.AssetStatus;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The charts")
class ChartsTest {

  @Test
  @DisplayName("fill the bar of shares without a gap")
  void fillTheBar() {
    List<Charts.Share> shares =
        Charts.shares(
            Map.of(AssetStatus.in_stock, 1L, AssetStatus.in_use, 1L, AssetStatus.retired, 1L));

    assertThat(shares).hasSize(AssetStatus.values().length);
    long at = 0;
    for (Charts.Share share : shares) {
      assertThat(share.start()).isEqualTo(at);
      at += share.width();
    }
    assertThat(at).isEqualTo(Charts.WIDTH);
    assertThat(shares.get(0).percent()).isEqualTo(33);
  }

  @Test
  @DisplayName("give the longest bar the whole width, and the others their part")
  void giveTheLongestBarTheWholeWidth() {
    assertThat(
            Charts.bars(
                List.of(new Dashboard.Count(1L, "a", 200), new Dashboard.Count(null, "b", 50))))
        .containsExactly(new Charts.Bar(1L, "a", 200, 1000), new Charts.Bar(null, "b", 50, 250));
  }

  @Test
  @DisplayName("stand on the floor, the tallest column as high as there is room")
  void standOnTheFloor() {
    List<Charts.Column> columns =
        Charts.columns(
            List.of(
                new Dashboard.MonthCount(YearMonth.of(2026, 1), 4),
                new Dashboard.MonthCount(YearMonth.of(2026, 2), 0)));

    assertThat(columns).extracting(column -> column.y() + column.height()).containsOnly(150L);
    assertThat(columns).extracting(Charts.Column::height).containsExactly(125L, 0L);
    assertThat(columns.get(1).spoken()).isEqualTo("February 2026");
    assertThat(columns.get(1).x()).isGreaterThan(columns.get(0).x() + columns.get(0).width());
  }

  @Test
  @DisplayName("are empty where there is nothing to count")
  void areEmptyWhereThereIsNothing() {
    assertThat(Charts.shares(Map.of())).allMatch(share -> share.width() == 0);
    assertThat(Charts.bars(List.of())).isEmpty();
    assertThat(Charts.columns(List.of(new Dashboard.MonthCount(YearMonth.of(2026, 1), 0))))
        .allMatch(column -> column.height() == 0);
  }
}
