package ${package}.asset;

import static org.assertj.core.api.Assertions.assertThat;

import ${package}.database.enums.AssetStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The address of the list")
class AssetQueryTest {

  @Test
  @DisplayName("asks for what it says")
  void asksForWhatItSays() {
    AssetQuery query = new AssetQuery(" lamp ", "in_use", "3", "4", "true", "-name", "2");

    assertThat(query.filter()).isEqualTo(new AssetFilter("lamp", AssetStatus.in_use, false, 3L, 4L, true));
    assertThat(query.order()).isEqualTo(AssetSort.NAME);
    assertThat(query.descending()).isTrue();
    assertThat(query.paging().number()).isEqualTo(2);
    assertThat(query.isActive()).isTrue();
  }

  @Test
  @DisplayName("counts what makes no sense as not said")
  void countsNonsenseAsNotSaid() {
    AssetQuery query =
        new AssetQuery(null, "gone", "1 or 1=1", "-1", "yes", "name; drop table assets", "x");

    assertThat(query.filter()).isEqualTo(AssetFilter.ALL);
    assertThat(query.order()).isEqualTo(AssetSort.TAG);
    assertThat(query.descending()).isFalse();
    assertThat(query.paging().number()).isEqualTo(1);
    assertThat(query.isActive()).isFalse();
    assertThat(query.onPage(1)).isEqualTo("/assets");
  }

  @Test
  @DisplayName("is kept, encoded, on the way to another page, another order, or a file")
  void isKept() {
    AssetQuery query = new AssetQuery("a&b=ü {c}", "", "3", "", "", "name", "1");

    assertThat(query.onPage(3))
        .isEqualTo("/assets?q=a%26b%3D%C3%BC%20%7Bc%7D&category=3&sort=name&page=3");
    assertThat(query.sortedBy("-name"))
        .isEqualTo("/assets?q=a%26b%3D%C3%BC%20%7Bc%7D&category=3&sort=-name");
    assertThat(query.export())
        .isEqualTo("/assets.csv?q=a%26b%3D%C3%BC%20%7Bc%7D&category=3&sort=name");
  }
}
