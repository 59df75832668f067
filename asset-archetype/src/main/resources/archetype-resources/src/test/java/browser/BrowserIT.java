package ${package}.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ${package}.asset.Asset;
import ${package}.asset.AssetService;
import ${package}.assignment.AssignmentService;
import ${package}.testing.ApplicationTest;
import ${package}.testing.Sample;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.logging.LogType;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A working day in a real browser, with its scripts and the policy that restricts them. */
@ApplicationTest
@DisplayName("In a browser")
class BrowserIT {
  @LocalServerPort private int port;
  @TempDir private Path downloads;
  @Autowired private Sample sample;
  @Autowired private AssetService assets;
  @Autowired private AssignmentService assignments;

  private ChromeDriver browser;

  @Test
  @DisplayName("an asset is found, given out, taken back, changed and exported")
  void aWorkingDay() throws Exception {
    Asset asset = sample.asset("Wombat microscope");
    sample.asset("Wombat telescope");
    String person = sample.person("Zenobia Quill").fullName();
    browser = Browser.open(downloads);
    try {
      logIn();
      search(asset);
      checkOut(asset, person);
      checkIn(asset);
      editWithAnError(asset);
      export(asset);
      importAgain(asset);
      assertThat(browser.manage().logs().get(LogType.BROWSER).getAll())
          .as("what the browser complains about")
          .filteredOn(entry -> !entry.getMessage().contains("status of 422"))
          .isEmpty();
    } finally {
      browser.quit();
    }
  }

  private void logIn() {
    browser.get("http://localhost:" + port + "/assets");
    type("username", "maria");
    type("password", "secret");
    click("form button.primary");
    awaitHeading("Assets");
  }

  /** The list follows while somebody types, and the address with it. */
  private void search(Asset asset) {
    type("q", "wombat micro");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> texts("tbody th a").equals(List.of(asset.name())));
    assertThat(text(By.id("count"))).isEqualTo("1–1 of 1 asset");
    assertThat(browser.getCurrentUrl()).contains("q=wombat");
    click("tbody th a");
    awaitHeading(asset.name());
  }

  private void checkOut(Asset asset, String person) {
    click("a[href*='/check-out']");
    awaitHeading("Check out " + asset.name());
    type("q", "zenobia");
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> texts(".pick strong").equals(List.of(person)));
    click("input[name=personId]");
    type("note", "for the field trip");
    click("form[method=post] .actions .primary");
    awaitNotice(asset.name() + " is checked out to " + person + ".");
    assertThat(assignments.current(asset.id())).isPresent();
  }

  private void checkIn(Asset asset) {
    click("form[action*='/check-in'] button");
    awaitNotice(asset.name() + " is back from Zenobia Quill.");
    assertThat(assignments.current(asset.id())).isEmpty();
  }

  /** The error has the focus, a click on it leads to the field, and nothing typed is lost. */
  private void editWithAnError(Asset asset) {
    click("a[href*='/edit']");
    awaitHeading("Edit " + asset.name());
    type("tag", "42");
    type("attributes", "Lens: 40x");
    click("form.card .primary");
    await().atMost(Duration.ofSeconds(10)).until(() -> !texts("[id=tag-error]").isEmpty());
    assertThat(browser.switchTo().activeElement().getDomAttribute("role")).isEqualTo("alert");
    click("[role=alert] a");
    assertThat(element("[id=attributes]").getDomProperty("value")).isEqualTo("Lens: 40x");
    assertThat(element("[id=tag]").getDomProperty("value")).isEqualTo("42");

    type("tag", asset.tag());
    click("form.card .primary");
    awaitNotice(asset.name() + " is saved.");
    assertThat(assets.get(asset.id()).attributes()).containsEntry("Lens", "40x");
  }

  private void export(Asset asset) throws Exception {
    browser.get("http://localhost:" + port + "/assets?q=" + asset.tag());
    click("[id=export]");
    Path file = downloads.resolve("assets.csv");
    await().atMost(Duration.ofSeconds(10)).until(() -> Files.exists(file));
    assertThat(Files.readString(file))
        .contains(asset.tag() + "," + asset.name())
        .contains("Lens: 40x");
  }

  private void importAgain(Asset asset) throws Exception {
    Path file = downloads.resolve("assets.csv");
    Files.writeString(file, Files.readString(file).replace(asset.name(), "Wombat loupe"));
    click("nav a[href='/transfer']");
    awaitHeading("CSV export and import");
    element("[id=file]").sendKeys(file.toAbsolutePath().toString());
    click("form[action*='/preview'] .primary");
    awaitHeading("Preview of the import");
    assertThat(text(By.cssSelector("main form strong")))
        .isEqualTo("0 would be added, 1 changed, 0 stay as they are.");
    click("form[action*='/import'] .primary");
    awaitNotice("0 added, 1 changed.");
    assertThat(assets.get(asset.id()).name()).isEqualTo("Wombat loupe");
  }

  private void awaitHeading(String text) {
    await().atMost(Duration.ofSeconds(10)).until(() -> texts("h1").equals(List.of(text)));
  }

  private void awaitNotice(String text) {
    await().atMost(Duration.ofSeconds(10)).until(() -> texts(".notice").equals(List.of(text)));
  }

  private void type(String id, String text) {
    WebElement field = browser.findElement(By.id(id));
    field.clear();
    field.sendKeys(text);
  }

  private void click(String selector) {
    element(selector).click();
  }

  private WebElement element(String selector) {
    return browser.findElement(By.cssSelector(selector));
  }

  /** Also where it is only spoken. */
  private String text(By by) {
    return browser.findElement(by).getDomProperty("textContent").strip();
  }

  /** Again, when htmx has exchanged the elements meanwhile. */
  private List<String> texts(String selector) {
    try {
      return browser.findElements(By.cssSelector(selector)).stream()
          .map(WebElement::getText)
          .map(String::strip)
          .toList();
    } catch (StaleElementReferenceException exchanged) {
      return List.of();
    }
  }
}
