package io.tidewatch.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.local.company.Befallen;
import io.tidewatch.local.company.Incident;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LayoutTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void noPictureIsWiderThanTheScreenNorHigherThanTwentyFourLines() {
    Map<Incident, Optional<AlertMessage>> incidents = new LinkedHashMap<>();
    List<AlertMessage> alerts = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      AlertMessage alert = alert("a_rule_with_a_rather_long_name_" + i, "An alert. ".repeat(20));
      alerts.add(alert);
      incidents.put(
          Befallen.silentFrom(NOW.minusSeconds(600 - i)),
          i % 2 == 0 ? Optional.empty() : Optional.of(alert));
    }
    Figures figures =
        new Figures(
            Map.of("net_revenue 1d", 123456789.12, "visitors 1d", 1e9, "api_requests 1m", 1e9));
    List<String> lines =
        Layout.picture(
            new Picture(
                NOW,
                Optional.of(Duration.ofHours(100)),
                figures,
                123_456_789,
                incidents,
                alerts,
                Map.of("critical", 100L, "high", 100L, "medium", 10_000L, "low", 1L),
                "Flink http://127.0.0.1:8081"));
    assertThat(lines).hasSizeLessThan(24).allMatch(line -> line.length() <= 80);
  }

  @Test
  void saysOnceWhatComesManyTimes() {
    List<AlertMessage> alerts =
        List.of(alert("payment_failure", "One."), alert("payment_failure", "Two."));
    List<String> lines =
        Layout.picture(
            new Picture(NOW, Optional.empty(), Figures.UNKNOWN, 1, Map.of(), alerts, Map.of(), ""));
    assertThat(lines)
        .filteredOn(line -> line.contains("payment_failure"))
        .singleElement()
        .asString()
        .contains("×2  Two.");
  }

  @Test
  void oneOfAThingIsNotCalledMany() {
    Picture picture =
        new Picture(NOW, Optional.empty(), Figures.UNKNOWN, 1, Map.of(), List.of(), Map.of(), "");
    assertThat(Layout.figures(picture)).contains("firing       nothing   1 event sent");
  }

  private static AlertMessage alert(String rule, String summary) {
    return new AlertMessage(
        "id" + summary.length(),
        rule,
        "high",
        true,
        "",
        NOW,
        NOW,
        null,
        summary,
        Optional.empty(),
        NOW);
  }

  @Test
  void aWordThatIsLongerThanALineIsBroken() {
    assertThat(Layout.wrapped("customers     %s 12, next 3".formatted("x".repeat(200))))
        .hasSize(4)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Layout.WIDTH));
  }

  @Test
  void charactersThatAreTwoColumnsWideCountTwice() {
    assertThat(Layout.fit("顧".repeat(40))).isEqualTo("顧".repeat(40));
    assertThat(Layout.fit("顧".repeat(41))).isEqualTo("顧".repeat(39) + "…");
    assertThat(Layout.wrapped("customers     " + "顧".repeat(70)))
        .containsExactly(
            "customers     " + "顧".repeat(33),
            " ".repeat(14) + "顧".repeat(33),
            " ".repeat(14) + "顧".repeat(4));
  }

  @Test
  void marksOnACharacterTakeNoColumn() {
    String word = "e\u0301".repeat(80);
    assertThat(Layout.fit(word)).isEqualTo(word);
    assertThat(Layout.fit(word + "x")).isEqualTo("e\u0301".repeat(79) + "…");
  }

  @Test
  void noPictureIsCutInHalf() {
    String family = "\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67";
    for (int i = 0; i < 8; i++) {
      assertThat(Layout.fit("x".repeat(i) + family.repeat(20)))
          .matches("x{%d}(\uD83D\uDC69\u200D\uD83D\uDC69\u200D\uD83D\uDC67){12}.*…".formatted(i))
          .doesNotMatch(".*[\uD800-\uDFFF].*");
    }
  }

  @Test
  void nothingInDataSteersTheTerminal() {
    String summary = "clear \u001B[2J, \u009B31m, ring \u0007,\r\nturn \u202E, half \uD83D.";
    assertThat(
            Layout.picture(
                new Picture(
                    NOW,
                    Optional.empty(),
                    Figures.UNKNOWN,
                    1,
                    Map.of(),
                    List.of(alert("payment_failure", summary)),
                    Map.of(),
                    "")))
        .filteredOn(line -> line.contains("payment_failure"))
        .singleElement()
        .asString()
        .endsWith("clear \uFFFD[2J, \uFFFD31m, ring \uFFFD,  turn \uFFFD, half \uFFFD.");
    assertThat(Layout.wrapped("customers     " + summary))
        .containsExactly(
            "customers     clear \uFFFD[2J, \uFFFD31m, ring \uFFFD,  turn \uFFFD, half \uFFFD.");
  }
}
