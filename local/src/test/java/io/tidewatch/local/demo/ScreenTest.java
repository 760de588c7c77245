package io.tidewatch.local.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScreenTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final SetClock clock = new SetClock();
  private final PrintStream out = new PrintStream(written, true, UTF_8);

  @Test
  void onATerminalAPictureIsDrawnOverTheLastOneAndWhatIsSaidStays() {
    Screen screen = new TerminalScreen(out);
    screen.show(picture(NOON, List.of()));
    int height = Layout.picture(picture(NOON, List.of())).size();
    written.reset();

    screen.show(picture(NOON.plusSeconds(1), List.of(alert("critical", true))));
    assertThat(text())
        .startsWith("\033[%dA\r".formatted(height))
        .contains("12:00:01 UTC", "\033[31m  12:00:00 critical a_rule");
    written.reset();

    screen.say("ClickHouse had ended");
    assertThat(text()).endsWith("\033[JClickHouse had ended\n");
    written.reset();

    screen.progress("stopping …");
    assertThat(text()).doesNotContain("A\r").contains("stopping …");
  }

  @Test
  void onATerminalWhatIsOverIsGreen() {
    new TerminalScreen(out).show(picture(NOON, List.of(alert("critical", false))));
    assertThat(text()).contains("\033[32m  12:00:00 resolved a_rule");
  }

  @Test
  void aFileGetsEachAlertOnceFiguresNowAndThenAndNoControlCharacters() {
    Screen screen = new PlainScreen(out, clock);
    AlertMessage first = alert("high", true);
    AlertMessage second = alert("critical", true);
    screen.show(picture(NOON, List.of(first)));
    screen.show(picture(NOON.plusSeconds(100), List.of(first)));
    clock.passes(Duration.ofSeconds(10));
    screen.show(picture(NOON.plusSeconds(200), List.of(first, second)));
    clock.passes(Duration.ofSeconds(29));
    screen.show(picture(NOON.plusSeconds(300), List.of(first, second)));
    assertThat(text().lines())
        .containsOnlyOnce("12:00:00 high     a_rule  It is so.")
        .containsOnlyOnce("12:00:00 critical a_rule  It is so.");
    assertThat(text().lines().filter(line -> line.startsWith("today so far"))).hasSize(1);

    clock.passes(Duration.ofSeconds(1));
    screen.show(picture(NOON.plusSeconds(400), List.of(first, second)));
    assertThat(text().lines().filter(line -> line.startsWith("today so far"))).hasSize(2);
    assertThat(text()).doesNotContain("\033");
  }

  @Test
  void aFileGetsProgressNowAndThenOnly() {
    Screen screen = new PlainScreen(out, clock);
    screen.progress("1 %");
    clock.passes(Duration.ofSeconds(4));
    screen.progress("2 %");
    clock.passes(Duration.ofSeconds(1));
    screen.progress("3 %");
    screen.say("done");
    assertThat(text().lines()).containsExactly("1 %", "3 %", "done");
  }

  @Test
  void whatIsSaidDoesNotSteerTheTerminal() {
    String title = "\033]0;owned\007";
    Screen screen = new TerminalScreen(out);
    screen.progress(title);
    screen.say(title);
    assertThat(text()).contains("\uFFFD]0;owned\uFFFD").doesNotContain("\033]", "\007");
    written.reset();

    new PlainScreen(out, clock).say(title);
    assertThat(text()).isEqualTo("\uFFFD]0;owned\uFFFD\n");
  }

  private String text() {
    return written.toString(UTF_8);
  }

  private static Picture picture(Instant now, List<AlertMessage> alerts) {
    return new Picture(
        now, Optional.empty(), Figures.UNKNOWN, 1, Map.of(), alerts, Map.of(), "Dashboards here");
  }

  private static AlertMessage alert(String severity, boolean firing) {
    return new AlertMessage(
        severity,
        "a_rule",
        severity,
        firing,
        "",
        NOON,
        NOON,
        null,
        "It is so.",
        Optional.empty(),
        NOON);
  }
}
