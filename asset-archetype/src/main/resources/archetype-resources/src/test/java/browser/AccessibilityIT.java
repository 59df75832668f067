package ${package}.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ${package}.asset.AssetDraft;
import ${package}.asset.AssetService;
import ${package}.testing.ApplicationTest;
import ${package}.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.core.io.ClassPathResource;

/**
 * Looks for barriers with axe-core, in light and dark colours and on a telephone. A look at a page
 * takes a second or more, so by default it is at those with the most kinds of things on them. With
 * -Daccessibility=all it is at every page, and with -Dscreenshots=FOLDER, too, which also takes
 * pictures.
 */
@ApplicationTest
@DisplayName("For everybody, pages")
class AccessibilityIT {
  private static final Path STANDBY = Path.of("target/test-standby");
  private static final String PICTURES = System.getProperty("screenshots");
  private static final boolean ALL =
      PICTURES != null || "all".equals(System.getProperty("accessibility"));
  private static final Set<String> BY_DEFAULT =
      Set.of("dashboard", "assets", "assets-search", "asset", "asset-errors", "import-problems");

  /** How far from the edge, or from a scroll bar that is there, the header ends. */
  private static final String GAP =
      """
      const page = document.documentElement, top = document.querySelector('header.top');
      const bar = page.scrollHeight > page.clientHeight || getComputedStyle(page).overflowY === 'scroll';
      const width = bar ? page.clientWidth : innerWidth;
      return top === null ? 0 : width - top.getBoundingClientRect().right;
      """;

  /** Rows of tables that shout: with a link both bold and underlined. */
  private static final String SHOUTING =
      """
      const shouts = link => {
        const style = getComputedStyle(link);
        return style.textDecorationLine.includes('underline') && Number(style.fontWeight) >= 600;
      };
      return [...document.querySelectorAll('tbody tr')]
          .filter(row => [...row.querySelectorAll('a')].some(shouts)).length;
      """;

  private static final String FIRST_ASSET =
      "return document.querySelector('#results tbody tr').getBoundingClientRect().top";

  @LocalServerPort private int port;
  @TempDir private Path folder;
  @Autowired private TestDatabase database;
  @Autowired private AssetService assets;
  private ChromeDriver browser;
  private final List<String> barriers = new ArrayList<>();

  /** How somebody looks at a page, and which rules can differ then; null for all. */
  private enum Look {
    PHONE("light", 320, 700, null),
    DARK("dark", 1100, 820, "['color-contrast', 'link-in-text-block']"),
    /** The last, so that buttons are where they are expected. */
    LIGHT("light", 1100, 820, null);

    private final String colours;
    private final int width;
    private final int height;
    private final String rules;

    Look(String colours, int width, int height, String rules) {
      this.colours = colours;
      this.width = width;
      this.height = height;
      this.rules = rules;
    }
  }

  @Test
  @DisplayName(
      "have no barrier that axe-core finds, fill the width, and show on a telephone what was asked for")
  void haveNoBarrier() throws Exception {
    fill();
    long held = number("select asset_id from assignments join assets a on a.id = asset_id"
        + " where returned_at is null and exists (select from maintenance m where m.asset_id = a.id)"
        + " order by a.tag limit 1");
    long person = number("select person_id from assignments where returned_at is null order by 1 limit 1");
    long free = number("select id from assets where status = 'in_stock' order by tag limit 1");
    long task = number("select id from maintenance where completed_on is null order by due_on, id limit 1");
    long category = number("select min(id) from categories");
    long place = number("select min(id) from locations");
    browser = Browser.open(folder);
    try {
      look("login", "/login");
      look("login-refused", "/login?error");
      logIn("maria");
      look("dashboard", "/");
      look("assets", "/assets");
      look("assets-search", "/assets?q=bosch&status=kept");
      look("assets-none", "/assets?q=nothing");
      look("asset", "/assets/" + held);
      look("asset-new", "/assets/new");
      browser.get(address("/assets/new"));
      click("form.card button.primary");
      look("asset-errors");
      conflict(held);
      look("asset-delete", "/assets/" + held + "/delete");
      look("check-out", "/assets/" + free + "/check-out");
      look("plan", "/assets/" + held + "/maintenance/new");
      look("people", "/people");
      look("person", "/people/" + person);
      look("person-edit", "/people/" + person + "/edit");
      look("categories", "/categories");
      look("category-edit", "/categories/" + category + "/edit");
      look("places", "/locations");
      look("place-edit", "/locations/" + place + "/edit");
      look("maintenance", "/maintenance");
      look("complete", "/maintenance/" + task + "/complete");
      look("csv", "/transfer");
      upload("tag,name,category,holder\nNB-7001,Tablet,Tablets,\nNB-1,Camera,,mia@example.com\n");
      look("import-problems");
      upload("tag,name,category\nNB-7001,Tablet,Tablets\nNB-7002,Tablet,Notebooks\n");
      look("import-missing");
      click("form[action$=preview-with-missing] button.primary");
      look("import");
      look("error-404", "/nowhere");
      Files.writeString(STANDBY, "New cupboards until noon.");
      look("error-503", "/");
      Files.delete(STANDBY);
      browser.get(address("/people"));
      click("form.account button");
      logIn("vera");
      look("viewer-asset", "/assets/" + held);
      look("error-403", "/assets/new");
    } finally {
      Files.deleteIfExists(STANDBY);
      browser.quit();
    }
    assertThat(barriers).isEmpty();
  }

  /** Somebody else saves what is open here. */
  private void conflict(long asset) {
    browser.get(address("/assets/" + asset + "/edit"));
    AssetDraft draft = assets.get(asset).draft();
    assets.update(
        asset,
        assets.get(asset).version(),
        new AssetDraft(
            draft.tag(),
            draft.name() + " II",
            draft.serialNumber(),
            draft.status(),
            draft.categoryId(),
            draft.locationId(),
            draft.purchasedOn(),
            draft.purchasePrice(),
            draft.warrantyUntil(),
            draft.attributes()));
    click("form.card button.primary");
    look("asset-conflict");
  }

  private void upload(String csv) throws IOException {
    Path file = Files.writeString(folder.resolve("assets.csv"), csv);
    browser.get(address("/transfer"));
    browser.findElement(By.id("file")).sendKeys(file.toAbsolutePath().toString());
    click("form[action$=preview] button.primary");
  }

  private void logIn(String name) {
    browser.get(address("/login"));
    browser.findElement(By.id("username")).sendKeys(name);
    browser.findElement(By.id("password")).sendKeys("secret");
    click("form.form button.primary");
  }

  /** Clicks what leads to a page, and waits until that is there: it would come over the next one. */
  private void click(String selector) {
    WebElement before = browser.findElement(By.tagName("html"));
    browser.findElement(By.cssSelector(selector)).click();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                isGone(before)
                    && "complete".equals(browser.executeScript("return document.readyState")));
  }

  private static boolean isGone(WebElement element) {
    try {
      element.getTagName();
      return false;
    } catch (StaleElementReferenceException e) {
      return true;
    }
  }

  private String address(String path) {
    return "http://localhost:" + port + path;
  }

  private void look(String name, String path) {
    if (ALL || BY_DEFAULT.contains(name)) {
      browser.get(address(path));
      look(name);
    }
  }

  /** The page that is open. */
  private void look(String name) {
    if (!ALL && !BY_DEFAULT.contains(name)) {
      return;
    }
    browser.executeScript(Axe.SCRIPT);
    for (Look look : Look.values()) {
      browser.executeCdpCommand(
          "Emulation.setEmulatedMedia",
          Map.of(
              "features",
              List.of(Map.of("name", "prefers-color-scheme", "value", look.colours))));
      browser.executeCdpCommand(
          "Emulation.setDeviceMetricsOverride",
          Map.of(
              "width", look.width, "height", look.height, "deviceScaleFactor", 1, "mobile", false));
      String rules = look.rules == null ? "" : "runOnly: " + look.rules + ",";
      Object found =
          browser.executeAsyncScript(
              """
              const done = arguments[arguments.length - 1];
              axe.run(document, {%s resultTypes: ['violations'], rules: {'target-size': {enabled: %s}}})
                .then(result => done(result.violations.flatMap(rule => rule.nodes.map(
                  node => rule.id + ' at ' + node.target + ': ' + node.failureSummary))),
                  failure => done(['axe-core failed: ' + failure]));
              """
                  .formatted(rules, look.rules == null));
      ((List<?>) found).forEach(barrier -> barriers.add(name + ", " + look + ": " + barrier));
      Object wide =
          browser.executeScript(
              "const page = document.documentElement; return page.scrollWidth - page.clientWidth");
      if (((Number) wide).intValue() > 0) {
        barriers.add(name + ", " + look + ": is too wide by " + wide);
      }
      Number gap = (Number) browser.executeScript(GAP);
      if (gap.doubleValue() > 0.5) {
        barriers.add(name + ", " + look + ": the header ends " + gap + " before the edge");
      }
      Number shouting = (Number) browser.executeScript(SHOUTING);
      if (shouting.intValue() > 0) {
        barriers.add(name + ", " + look + ": a bold underlined link in " + shouting + " rows");
      }
      if (name.equals("assets")) {
        Number first = (Number) browser.executeScript(FIRST_ASSET);
        if (first.doubleValue() > look.height) {
          barriers.add(look + ": the first asset is not on the first screen, but at " + first);
        }
      }
      if (PICTURES != null) {
        picture(name + "-" + look.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private void picture(String name) {
    Object data =
        browser
            .executeCdpCommand(
                "Page.captureScreenshot", Map.of("format", "webp", "quality", 60))
            .get("data");
    try {
      Path file = Path.of(PICTURES, name + ".webp");
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(data.toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The sample data, and nothing else: the pictures show what a developer sees first. */
  private void fill() throws Exception {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "truncate assets, assignments, categories, locations, maintenance, people");
      statement.execute(
          new ClassPathResource("sample-data.sql").getContentAsString(StandardCharsets.UTF_8));
    }
  }

  private long number(String query) throws SQLException {
    try (Connection connection = database.connectAsOwner();
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      assertThat(result.next()).isTrue();
      return result.getLong(1);
    }
  }

  private static final class Axe {
    private static final String SCRIPT = script();

    private static String script() {
      try {
        return new ClassPathResource("axe.min.js").getContentAsString(StandardCharsets.UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
