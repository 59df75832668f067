package ${package}.asset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ${package}.assignment.AssignmentService;
import ${package}.database.enums.AssetStatus;
import ${package}.failure.NotFoundException;
import ${package}.failure.RuleException;
import ${package}.failure.StaleVersionException;
import ${package}.location.Location;
import ${package}.location.LocationDraft;
import ${package}.location.LocationService;
import ${package}.paging.Page;
import ${package}.paging.Paging;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Sample;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ApplicationTest
@DisplayName("The assets")
class AssetServiceIT {
  @Autowired private AssetService assets;
  @Autowired private AssignmentService assignments;
  @Autowired private LocationService locations;
  @Autowired private Sample sample;

  @Test
  @DisplayName("are read as they were written")
  void areReadAsTheyWereWritten() {
    AssetDraft draft =
        new AssetDraft(
            Sample.tag(),
            "ThinkPad X1",
            "SN-" + Sample.tag(),
            AssetStatus.in_repair,
            sample.category("Notebooks", null).id(),
            sample.location("Bern").id(),
            LocalDate.of(2026, 1, 15),
            new BigDecimal("1899.50"),
            LocalDate.of(2028, 1, 15),
            new TreeMap<>(Map.of("ram", "32 GB", "colour", "black")));

    Asset asset = assets.create(draft);

    assertThat(asset.draft()).isEqualTo(draft);
    assertThat(asset.version()).isZero();
    assertThat(assets.findByTag(draft.tag())).contains(asset);
    assertThatThrownBy(() -> assets.get(-1)).isInstanceOf(NotFoundException.class);
  }

  @Test
  @DisplayName("are saved only by who has read the last version")
  void areSavedOnlyByWhoHasReadTheLastVersion() {
    Asset read = sample.asset("Beamer");
    AssetDraft first = Sample.draft("Beamer, old");
    Asset saved = assets.update(read.id(), read.version(), first);

    assertThat(saved.version()).isEqualTo(read.version() + 1);
    assertThatThrownBy(() -> assets.update(read.id(), read.version(), Sample.draft("Lamp")))
        .isInstanceOf(StaleVersionException.class)
        .hasMessage("Somebody else has changed this asset in the meantime.");
    assertThat(assets.get(read.id())).isEqualTo(saved);
    assertThatThrownBy(() -> assets.delete(read.id(), read.version()))
        .isInstanceOf(StaleVersionException.class);
  }

  @Test
  @DisplayName("keep their version when nothing is changed")
  void keepTheirVersion() {
    Asset read = sample.asset("Chair");
    assertThat(assets.update(read.id(), read.version(), read.draft()).version())
        .isEqualTo(read.version());
  }

  @Test
  @DisplayName("have one tag each")
  void haveOneTagEach() {
    AssetDraft draft = Sample.draft("One");
    assets.create(draft);
    assertThatThrownBy(() -> assets.create(draft))
        .isInstanceOf(RuleException.class)
        .hasMessage("Another asset has this tag.")
        .extracting(failure -> ((RuleException) failure).field())
        .isEqualTo("tag");
  }

  @Test
  @DisplayName("are found by the beginnings of words, whatever else is typed")
  void areFoundByTheBeginningsOfWords() {
    Asset asset = sample.asset("Zebra printer/scanner (blue)");

    for (String text : new String[] {"zebra", "ZEB scan", "blue printer", asset.tag(), asset.tag().substring(3)}) {
      assertThat(found(text).rows()).extracting(AssetRow::id).as(text).contains(asset.id());
    }
    for (String text : new String[] {"zebras", "zebra lamp", "'; drop table assets; --", "!&|():*", "%"}) {
      assertThat(found(text).rows()).as(text).isEmpty();
    }
  }

  @Test
  @DisplayName("are listed in pages, sorted and filtered")
  void areListedInPages() {
    Long place = sample.location("Depot").id();
    for (String name : new String[] {"b", "c", "a"}) {
      Asset asset = sample.asset(name);
      AssetDraft draft = asset.draft();
      assets.update(
          asset.id(),
          asset.version(),
          new AssetDraft(
              draft.tag(), name, null, null, null, place, null, null, null, draft.attributes()));
    }
    AssetFilter filter = new AssetFilter(null, AssetStatus.in_stock, false, null, place, false);

    Page<AssetRow> first = assets.list(filter, AssetSort.NAME, true, new Paging(1, 2));
    Page<AssetRow> second = assets.list(filter, AssetSort.NAME, true, new Paging(2, 2));

    assertThat(first.rows()).extracting(AssetRow::name).containsExactly("c", "b");
    assertThat(second.rows()).extracting(AssetRow::name).containsExactly("a");
    assertThat(first.total()).isEqualTo(3);
    assertThat(first.hasNext()).isTrue();
    assertThat(assets.list(filter, AssetSort.TAG, false, new Paging(99, 2)).number()).isEqualTo(2);
  }

  @Test
  @DisplayName("are in use only while somebody has them")
  void areInUseOnlyWhileSomebodyHasThem() {
    Asset asset = sample.asset("Telephone");
    AssetDraft draft = asset.draft();
    assertThatThrownBy(() -> assets.update(asset.id(), asset.version(), with(draft, AssetStatus.in_use)))
        .isInstanceOf(RuleException.class)
        .hasMessage("Check the asset out to somebody to have it in use.");

    assignments.checkOut(asset.id(), sample.person("Mia Keller").id(), null);
    Asset held = assets.get(asset.id());

    assertThat(held.status()).isEqualTo(AssetStatus.in_use);
    assertThatThrownBy(() -> assets.update(held.id(), held.version(), with(draft, AssetStatus.retired)))
        .isInstanceOf(RuleException.class)
        .hasMessage("Somebody has this asset. Check it in first.");
  }

  @Test
  @DisplayName("are found at a place and at all places inside it")
  void areFoundAtAPlaceAndInside() {
    Location site = sample.location("Site");
    Location house = inside(site, "House");
    Location room = inside(house, "Room");
    Location other = inside(site, "Other house");
    Asset there = at(room, "Piano");

    assertThat(List.of(site, house, room))
        .allSatisfy(place -> assertThat(ids(place)).containsExactly(there.id()));
    assertThat(ids(other)).isEmpty();

    Asset second = at(site, "Gate");
    assertThat(ids(site)).containsExactlyInAnyOrder(there.id(), second.id());
    assertThat(ids(house)).containsExactly(there.id());
  }

  private Location inside(Location place, String name) {
    return locations.create(new LocationDraft(place.id(), name, null));
  }

  private Asset at(Location place, String name) {
    AssetDraft draft = Sample.draft(name);
    return assets.create(
        new AssetDraft(
            draft.tag(), name, null, null, null, place.id(), null, null, null, draft.attributes()));
  }

  private List<Long> ids(Location place) {
    AssetFilter filter = new AssetFilter(null, null, false, null, place.id(), false);
    return assets.list(filter, AssetSort.TAG, false, Paging.page(1)).rows().stream()
        .map(AssetRow::id)
        .toList();
  }

  @Test
  @DisplayName("with a history are retired, not deleted")
  void withAHistoryAreRetired() {
    Asset asset = sample.asset("Tablet");
    assignments.checkOut(asset.id(), sample.person("Noah Frei").id(), null);
    assignments.checkIn(asset.id(), null);
    int version = assets.get(asset.id()).version();

    assertThatThrownBy(() -> assets.delete(asset.id(), version)).isInstanceOf(RuleException.class);
    Asset retired = assets.update(asset.id(), version, with(asset.draft(), AssetStatus.retired));
    assertThat(retired.retiredOn()).isEqualTo(LocalDate.now());

    Asset mistake = sample.asset("Typo");
    assets.delete(mistake.id(), mistake.version());
    assertThat(assets.findByTag(mistake.tag())).isEmpty();
  }

  private Page<AssetRow> found(String text) {
    return assets.list(
        new AssetFilter(text, null, false, null, null, false), AssetSort.TAG, false, Paging.page(1));
  }

  private static AssetDraft with(AssetDraft draft, AssetStatus status) {
    return new AssetDraft(
        draft.tag(),
        draft.name(),
        draft.serialNumber(),
        status,
        draft.categoryId(),
        draft.locationId(),
        draft.purchasedOn(),
        draft.purchasePrice(),
        draft.warrantyUntil(),
        draft.attributes());
  }
}
