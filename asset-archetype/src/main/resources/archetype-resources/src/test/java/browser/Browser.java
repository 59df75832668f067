package ${package}.browser;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.openqa.selenium.SessionNotCreatedException;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * The Chrome or Chromium of this machine, without a window. Where there is none, the test is
 * skipped and says so; with -Dbrowser.required=true it fails.
 */
final class Browser {
  private static final List<String> BROWSERS =
      List.of(
          "google-chrome", "google-chrome-stable", "chromium", "chromium-browser", "chrome.exe");
  private static final List<String> DRIVERS = List.of("chromedriver", "chromedriver.exe");
  private static final List<Path> ELSEWHERE =
      List.of(
          Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"),
          Path.of("C:/Program Files/Google/Chrome/Application/chrome.exe"));

  private Browser() {}

  /**
   * @param downloads where files go that the browser loads
   */
  static ChromeDriver open(Path downloads) {
    Optional<Path> browser =
        Stream.concat(BROWSERS.stream().flatMap(Browser::onPath), ELSEWHERE.stream())
            .filter(Files::isExecutable)
            .findFirst();
    Optional<Path> driver = DRIVERS.stream().flatMap(Browser::onPath).findFirst();
    if (browser.isEmpty() || driver.isEmpty()) {
      return none(
          "There is no "
              + (browser.isEmpty() ? "Chrome or Chromium" : "chromedriver")
              + " on this machine. On Debian: apt-get install chromium chromium-driver");
    }
    ChromeOptions options = new ChromeOptions();
    options.setBinary(browser.get().toString());
    options.addArguments("--headless=new", "--window-size=1280,900", "--disable-dev-shm-usage");
    if (System.getProperty("user.name").equals("root")) {
      // As in a container: Chrome's own sandbox does not work for root.
      options.addArguments("--no-sandbox");
    }
    options.setExperimentalOption(
        "prefs", Map.of("download.default_directory", downloads.toAbsolutePath().toString()));
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
    ChromeDriverService service =
        new ChromeDriverService.Builder()
            .usingDriverExecutable(driver.get().toFile())
            .usingAnyFreePort()
            .build();
    try {
      return new ChromeDriver(service, options);
    } catch (SessionNotCreatedException e) {
      return none("The browser does not start: " + e.getRawMessage());
    }
  }

  private static ChromeDriver none(String why) {
    if (Boolean.getBoolean("browser.required")) {
      return fail(why);
    }
    return abort("The test in a browser is skipped. " + why);
  }

  private static Stream<Path> onPath(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .filter(folder -> !folder.isBlank())
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable);
  }
}
