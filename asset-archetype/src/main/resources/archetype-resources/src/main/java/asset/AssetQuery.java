package ${package}.asset;

import ${package}.database.enums.AssetStatus;
import ${package}.page.PageLinks;
import ${package}.paging.Paging;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the address of the list asks for, as text. A value that makes no sense counts as none: an
 * old bookmark, or somebody who plays with the address, gets a list and not an error.
 *
 * @param q words to search for
 * @param sort a column; a hyphen before it turns the order round
 */
public record AssetQuery(
    String q,
    String status,
    String category,
    String location,
    String overdue,
    String sort,
    String page) {
  /** All that are not retired: those that the dashboard counts. */
  static final String KEPT = "kept";

  private static final int LONGEST_SEARCH = 200;

  public AssetQuery {
    q = q == null ? "" : q.replace('\0', ' ').strip();
    q = q.length() > LONGEST_SEARCH ? q.substring(0, LONGEST_SEARCH) : q;
    status = KEPT.equals(status) ? KEPT : wantedStatus(status).map(AssetStatus::name).orElse("");
    category = wantedNumber(category).map(String::valueOf).orElse("");
    location = wantedNumber(location).map(String::valueOf).orElse("");
    overdue = "true".equals(overdue) ? "true" : "";
    sort = wantedSort(sort).isPresent() ? sort : "";
    page = page == null ? "1" : page;
  }

  public AssetFilter filter() {
    return new AssetFilter(
        q,
        wantedStatus(status).orElse(null),
        status.equals(KEPT),
        wantedNumber(category).orElse(null),
        wantedNumber(location).orElse(null),
        !overdue.isEmpty());
  }

  /** Whether something is searched or filtered. */
  public boolean isActive() {
    return !(q + status + category + location + overdue).isEmpty();
  }

  /** Whether anything but words is asked for. */
  public boolean isFiltered() {
    return !(status + category + location + overdue).isEmpty();
  }

  public AssetSort order() {
    return wantedSort(sort).orElse(AssetSort.TAG);
  }

  public boolean descending() {
    return sort.startsWith("-");
  }

  Paging paging() {
    return PageLinks.wanted(page);
  }

  /** The address of the same list on another page. */
  String onPage(int number) {
    return address("/assets", sort, number);
  }

  /** The address of the same list, from its beginning in another order. */
  String sortedBy(String other) {
    return address("/assets", other, 1);
  }

  /** The address of the same assets as a file. */
  String export() {
    return address("/assets.csv", sort, 1);
  }

  private String address(String path, String order, int number) {
    return PageLinks.address(
        path,
        number,
        "q",
        q,
        "status",
        status,
        "category",
        category,
        "location",
        location,
        "overdue",
        overdue,
        "sort",
        order);
  }

  private static Optional<AssetStatus> wantedStatus(String text) {
    return Arrays.stream(AssetStatus.values())
        .filter(status -> status.name().equals(text))
        .findFirst();
  }

  private static Optional<AssetSort> wantedSort(String text) {
    return Arrays.stream(AssetSort.values())
        .filter(sort -> text != null && sort.name().equalsIgnoreCase(text.replaceFirst("^-", "")))
        .findFirst();
  }

  private static Optional<Long> wantedNumber(String text) {
    return Optional.ofNullable(text).filter(t -> t.matches("[0-9]{1,9}")).map(Long::valueOf);
  }
}
