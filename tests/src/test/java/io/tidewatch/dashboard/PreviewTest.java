package io.tidewatch.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.endtoend.LiveStack;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.dashboard.DashboardFile;
import io.tidewatch.local.preview.PreviewServer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.openqa.selenium.WebElement;

/**
 * The preview in a real browser, by clicking, with the demo's company; leaves pictures in {@code
 * target/preview}.
 */
class PreviewTest {

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  private static final Path HOME = Path.of(System.getProperty("tidewatch.home"));
  private static final Path FOLDER = HOME.resolve(Path.of("docker", "grafana", "dashboards"));
  private static final Path PICTURES = Path.of("target", "preview");
  private static final int CUSTOMERS = 150;
  private static final int WIDTH = 1440;
  private static final int PHONE_WIDTH = 390;
  private static final int FOLD = 1180;
  private static final int WHOLE_PAGE = 6_000;
  private static final String SHOWN = "main.dashboard[data-state=shown]";

  /** Of the last minutes, which a slow machine takes to get here, or empty on a good day. */
  private static final Set<String> MAY_BE_EMPTY =
      Set.of(
          "Who must act now",
          "What to do now",
          "Failed requests, 15 min",
          "Slowest 5 %, 15 min",
          "Failed logins");

  @TempDir private static Path directory;

  private static PreviewServer preview;
  private static Browser browser;

  @BeforeAll
  static void fillTheTablesAndLook() throws Exception {
    browser = Browser.start(directory.resolve("profile"));
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    SyntheticHistory.replay(LIVE, directory, CUSTOMERS, Company.HISTORY, now);
    preview =
        PreviewServer.start(0, FOLDER, HOME.resolve(Path.of("docs", "runbooks")), LIVE.settings());
  }

  @AfterAll
  static void close() {
    if (preview != null) {
      preview.close();
    }
    if (browser != null) {
      browser.close();
    }
  }

  @BeforeEach
  void atADesk() {
    browser.resize(WIDTH, FOLD, false);
  }

  @AfterEach
  void nothingIsComplainedOfAndNobodyElseAsked() {
    assertThat(browser.complaints()).isEmpty();
    assertThat(browser.requests())
        .isNotEmpty()
        .allSatisfy(
            address -> {
              assertThat(address.getHost()).isEqualTo(preview.url().getHost());
              assertThat(address.getPort()).isEqualTo(preview.url().getPort());
            });
  }

  static Stream<String> dashboards() {
    return DashboardFile.in(FOLDER).stream().map(DashboardFile::uid);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelIsDrawnWithData(String uid) throws Exception {
    browser.open(preview.url().resolve("/d/" + uid + "?from=now-30d&to=now"));
    browser.await(SHOWN);
    assertThat(browser.all(".panel")).hasSizeGreaterThanOrEqualTo(8);
    assertAllAreDrawn();
    browser.save(PICTURES.resolve(uid + ".png"), WIDTH, WHOLE_PAGE);

    browser.click("button[title='Switch to dark']");
    browser.await(":root[data-theme=dark]");
    browser.save(PICTURES.resolve(uid + "-dark.png"), WIDTH, WHOLE_PAGE);
    browser.click("button[title='Switch to light']");
    assertAllAreDrawn();
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aPhoneIsWideEnough(String uid) throws Exception {
    browser.resize(PHONE_WIDTH, 844, true);
    browser.open(preview.url().resolve("/d/" + uid + "?from=now-30d&to=now"));
    browser.await(SHOWN);
    assertThat(browser.number("document.documentElement.scrollWidth")).isEqualTo(PHONE_WIDTH);
    assertAllAreDrawn();
    browser.save(PICTURES.resolve(uid + "-phone.png"), PHONE_WIDTH, WHOLE_PAGE);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void aboveTheFoldIsWhatIsAskedFirst(String uid) throws Exception {
    browser.open(preview.url().resolve("/d/" + uid));
    browser.await(SHOWN);
    browser.save(PICTURES.resolve(uid + "-fold.png"), WIDTH, FOLD);
  }

  @Test
  void anotherRangeAndAnotherPlanShowOtherFigures() throws Exception {
    browser.open(preview.url().resolve("/d/tidewatch-executive"));
    browser.await(SHOWN);
    String slices = "[aria-label='Where revenue comes from'] .slices .name";
    assertThat(browser.all(slices)).hasSizeGreaterThan(1);
    String before = browser.await("[aria-label='Net revenue in the range'] .stat-value").getText();

    browser.click(".range-picker > button");
    browser.click(".range-picker .options button", "Last 30 days");
    browser.await(
        "more days have more revenue",
        () ->
            !browser
                .await("[aria-label='Net revenue in the range'] .stat-value")
                .getText()
                .equals(before));
    assertThat(browser.address().getQuery()).contains("from=now-30d", "to=now");

    browser.await(SHOWN);
    browser.click("[data-variable=plan] .menu > button");
    browser.click("[data-variable=plan] .options button", "pro");
    browser.await("one plan is left", () -> texts(slices).equals(List.of("pro")));
    assertThat(browser.address().getQuery()).contains("var-plan=pro");

    browser.open(browser.address());
    browser.await(SHOWN);
    assertThat(texts(slices)).containsExactly("pro");
  }

  @Test
  void anAbsoluteRangeIsTypedAndOneThatIsNoneRefused() throws Exception {
    browser.open(preview.url().resolve("/d/tidewatch-executive"));
    browser.await(SHOWN);
    browser.click(".range-picker > button");
    WebElement from = browser.await(".absolute input[name=from]");
    from.clear();
    from.sendKeys("yesterday");
    browser.click(".absolute button");
    assertThat(browser.await(".absolute .problem").getText()).contains("“yesterday” is no time");

    from.clear();
    from.sendKeys(Instant.now().minus(20, ChronoUnit.DAYS).toString());
    browser.click(".absolute button");
    browser.await("the address holds it", () -> browser.address().getQuery().contains("T"));
    browser.await(SHOWN);
    assertAllAreDrawn();
  }

  @Test
  void anAlertShowsWhyItFiresAndIsAcknowledged() throws Exception {
    browser.open(preview.url().resolve("/alerts"));
    browser.await(".alert-detail[data-state=shown]");
    String id =
        LIVE.value(
            """
            SELECT alert_id FROM tidewatch.v_alerts
            WHERE evidence LIKE '%"to":%' ORDER BY status = 'firing' DESC, started_at DESC LIMIT 1""");
    browser.open(preview.url().resolve("/alerts/" + id));
    browser.await(".alert-detail[data-state=shown] .evidence-chart canvas");
    browser.save(PICTURES.resolve("alerts.png"), WIDTH, FOLD);

    WebElement name = browser.await(".acknowledge input");
    name.clear();
    name.sendKeys("Ada <b>'Tester'");
    browser.click(".acknowledge button");
    assertThat(browser.await(".acknowledged").getText())
        .startsWith("Acknowledged by Ada <b>'Tester'");
    assertThat(
            LIVE.value(
                "SELECT acknowledged_by FROM tidewatch.v_alerts WHERE alert_id = '" + id + "'"))
        .isEqualTo("Ada <b>'Tester'");

    browser.click("[role=tab]", "History");
    browser.await(".alert-rows [data-alert]");
    browser.resize(PHONE_WIDTH, 844, true);
    assertThat(browser.number("document.documentElement.scrollWidth")).isEqualTo(PHONE_WIDTH);
    browser.save(PICTURES.resolve("alerts-phone.png"), PHONE_WIDTH, WHOLE_PAGE);
  }

  private static void assertAllAreDrawn() {
    assertThat(browser.all(".panel:not([data-state=drawn])"))
        .allSatisfy(
            panel -> {
              assertThat(panel.getDomAttribute("data-state")).isEqualTo("empty");
              assertThat(panel.getDomAttribute("aria-label")).isIn(MAY_BE_EMPTY);
            });
  }

  private static List<String> texts(String selector) {
    return browser.all(selector).stream().map(WebElement::getText).toList();
  }
}
