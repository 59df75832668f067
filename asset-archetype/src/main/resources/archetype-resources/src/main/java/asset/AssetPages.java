package ${package}.asset;

import ${package}.assignment.Assignment;
import ${package}.assignment.AssignmentService;
import ${package}.audit.ChangeLines;
import ${package}.category.CategoryService;
import ${package}.database.enums.AssetStatus;
import ${package}.location.LocationService;
import ${package}.maintenance.MaintenanceService;
import ${package}.maintenance.MaintenanceTask;
import ${package}.page.Choice;
import ${package}.page.Choices;
import ${package}.page.PageController;
import ${package}.page.Texts;
import ${package}.paging.Page;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;

/** The list of assets, and the page of one with its history. */
@PageController
class AssetPages {
  private static final int CHANGES_SHOWN = 50;

  private final AssetService assets;
  private final AssignmentService assignments;
  private final MaintenanceService maintenance;
  private final CategoryService categories;
  private final LocationService locations;
  private final ChangeLines changes;
  private final Choices choices;
  private final Texts texts;

  AssetPages(
      AssetService assets,
      AssignmentService assignments,
      MaintenanceService maintenance,
      CategoryService categories,
      LocationService locations,
      ChangeLines changes,
      Choices choices,
      Texts texts) {
    this.assets = assets;
    this.assignments = assignments;
    this.maintenance = maintenance;
    this.categories = categories;
    this.locations = locations;
    this.changes = changes;
    this.choices = choices;
    this.texts = texts;
  }

  /** A column of the list; one without an address cannot be sorted by. */
  record Column(String label, String href, String ariaSort, String arrow) {}

  /** A line of the details. */
  record Fact(String name, String value) {}

  /** The whole page; or, when htmx asks, only what changes while somebody types. */
  @GetMapping("/assets")
  String list(
      AssetQuery query,
      @RequestHeader(name = "HX-Request", defaultValue = "false") boolean swap,
      @RequestHeader(name = "HX-History-Restore-Request", defaultValue = "false") boolean restore,
      HttpServletResponse response,
      Model model) {
    response.addHeader(HttpHeaders.VARY, "HX-Request");
    Page<AssetRow> page =
        assets.list(query.filter(), query.order(), query.descending(), query.paging());
    model.addAttribute("query", query);
    model.addAttribute("assets", page.rows());
    model.addAttribute("summary", summary(page));
    model.addAttribute("columns", columns(query));
    model.addAttribute("export", query.export());
    model.addAttribute("pageLabel", "Page " + page.number() + " of " + page.pages());
    model.addAttribute("previous", page.hasPrevious() ? query.onPage(page.number() - 1) : null);
    model.addAttribute("next", page.hasNext() ? query.onPage(page.number() + 1) : null);
    if (swap && !restore) {
      return "assets/results :: swap";
    }
    List<Choice> statuses = new ArrayList<>(choices.of("status", AssetStatus.values()));
    statuses.add(0, new Choice(AssetQuery.KEPT, "Not retired"));
    model.addAttribute("statuses", statuses);
    model.addAttribute("categories", choices.of(categories.names()));
    model.addAttribute("locations", choices.of(locations.paths()));
    return "assets/list";
  }

  @GetMapping("/assets/{id}")
  String show(@PathVariable long id, Model model) {
    Asset asset = assets.get(id);
    List<Assignment> holders = assignments.ofAsset(id);
    List<MaintenanceTask> work = maintenance.ofAsset(id);
    Optional<Assignment> current =
        holders.stream().filter(one -> one.returnedAt() == null).findFirst();
    model.addAttribute("asset", asset);
    model.addAttribute("facts", facts(asset));
    model.addAttribute("current", current.orElse(null));
    model.addAttribute(
        "mayCheckOut",
        current.isEmpty()
            && (asset.status() == AssetStatus.in_stock || asset.status() == AssetStatus.in_use));
    model.addAttribute("assignments", holders);
    model.addAttribute("maintenance", work);
    model.addAttribute("overdue", work.stream().anyMatch(MaintenanceTask::overdue));
    model.addAttribute("changes", changes.ofAsset(id, CHANGES_SHOWN));
    return "assets/show";
  }

  private String summary(Page<AssetRow> page) {
    if (page.rows().isEmpty()) {
      return "No assets";
    }
    String range = texts.count(page.first()) + "–" + texts.count(page.last()) + " of ";
    return range + (page.totalIsLimited() ? "more than " : "") + texts.count(page.total(), "asset");
  }

  private static List<Column> columns(AssetQuery query) {
    return List.of(
        sortable("Asset", AssetSort.NAME, query),
        sortable("Tag", AssetSort.TAG, query),
        new Column("Status", null, null, null),
        new Column("Category", null, null, null),
        new Column("Location", null, null, null),
        new Column("With", null, null, null),
        new Column("Next due", null, null, null));
  }

  /** A click turns the order round where the list is sorted by this column already. */
  private static Column sortable(String label, AssetSort sort, AssetQuery query) {
    boolean sorted = query.order() == sort;
    String name = sort.name().toLowerCase(Locale.ROOT);
    String href = query.sortedBy(sorted && !query.descending() ? "-" + name : name);
    return sorted
        ? new Column(
            label,
            href,
            query.descending() ? "descending" : "ascending",
            query.descending() ? "↓" : "↑")
        : new Column(label, href, null, "↕");
  }

  private List<Fact> facts(Asset asset) {
    List<Fact> facts = new ArrayList<>();
    add(facts, "Category", asset.category());
    add(facts, "Location", asset.location());
    add(facts, "Serial number", asset.serialNumber());
    add(facts, "Purchased", texts.day(asset.purchasedOn()));
    add(facts, "Price", texts.amount(asset.purchasePrice()));
    add(facts, "Warranty until", texts.day(asset.warrantyUntil()));
    add(facts, "Retired", texts.day(asset.retiredOn()));
    for (Map.Entry<String, String> attribute : asset.attributes().entrySet()) {
      add(facts, attribute.getKey(), attribute.getValue());
    }
    add(facts, "Recorded", texts.day(asset.createdAt()));
    return List.copyOf(facts);
  }

  private static void add(List<Fact> facts, String name, String value) {
    if (value != null && !value.isEmpty()) {
      facts.add(new Fact(name, value));
    }
  }
}
