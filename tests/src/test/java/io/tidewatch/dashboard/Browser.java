package io.tidewatch.dashboard;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.endtoend.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium without a window, with a profile of its own. */
final class Browser implements AutoCloseable {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Of addresses that name what is in the page or in the browser. */
  private static final Set<String> BUILT_IN = Set.of("data", "chrome", "about");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChromeDriver driver;

  private Browser(ChromeDriver driver) {
    this.driver = driver;
  }

  /** Starts one; the test is skipped on a machine without Debian's Chromium. */
  static Browser start(Path profile) {
    assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "needs Debian's packages chromium and chromium-driver");
    LoggingPreferences logs = new LoggingPreferences();
    logs.enable(LogType.BROWSER, Level.ALL);
    logs.enable(LogType.PERFORMANCE, Level.ALL);
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toFile());
    options.setCapability("goog:loggingPrefs", logs);
    options.addArguments(
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        "--user-data-dir=" + profile);
    ChromeDriverService service =
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build();
    return new Browser(new ChromeDriver(service, options));
  }

  /** The size of the window from now on, in CSS pixels. */
  void resize(int width, int height, boolean mobile) {
    driver.executeCdpCommand(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", mobile));
  }

  void open(URI address) {
    driver.get(address.toString());
  }

  URI address() {
    return URI.create(driver.getCurrentUrl());
  }

  /** The elements that a CSS selector finds, in their order. */
  List<WebElement> all(String selector) {
    return driver.findElements(By.cssSelector(selector));
  }

  /** The first element that a CSS selector finds, once there is one. */
  WebElement await(String selector) throws Exception {
    AtomicReference<WebElement> first = new AtomicReference<>();
    await(
        selector,
        () -> {
          all(selector).stream().findFirst().ifPresent(first::set);
          return first.get() != null;
        });
    return first.get();
  }

  /** Clicks what a CSS selector finds first. */
  void click(String selector) throws Exception {
    await(selector).click();
  }

  /** Clicks what a CSS selector finds and reads so; what is drawn anew meanwhile is found again. */
  void click(String selector, String text) throws Exception {
    await(
        selector + " reads " + text,
        () -> {
          Optional<WebElement> wanted =
              all(selector).stream().filter(found -> found.getText().equals(text)).findFirst();
          wanted.ifPresent(WebElement::click);
          return wanted.isPresent();
        });
  }

  /** Waits until it is so. */
  void await(String what, Callable<Boolean> condition) throws Exception {
    Patience.await(what, PATIENCE, condition);
  }

  long number(String script) {
    return ((Number) driver.executeScript("return " + script)).longValue();
  }

  /** What the console has said of errors and warnings since the last look. */
  List<String> complaints() {
    return StreamSupport.stream(driver.manage().logs().get(LogType.BROWSER).spliterator(), false)
        .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
        .map(LogEntry::getMessage)
        .toList();
  }

  /** What pages have asked the network for since the last look. */
  List<URI> requests() {
    return StreamSupport.stream(
            driver.manage().logs().get(LogType.PERFORMANCE).spliterator(), false)
        .map(entry -> tree(entry.getMessage()).path("message"))
        .filter(message -> message.path("method").asText().equals("Network.requestWillBeSent"))
        .map(message -> URI.create(message.at("/params/request/url").asText()))
        .filter(address -> !BUILT_IN.contains(address.getScheme()))
        .toList();
  }

  /** Saves the page as it is, down to its end or to the height given. */
  void save(Path file, int width, int mostHeight) {
    long height = Math.min(mostHeight, number("document.documentElement.scrollHeight"));
    Map<String, Object> clip = Map.of("x", 0, "y", 0, "width", width, "height", height, "scale", 1);
    Object data =
        driver
            .executeCdpCommand(
                "Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip))
            .get("data");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode((String) data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    driver.quit();
  }

  private static JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
