package io.tidewatch.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.alert.Severity;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PostableAlertTest {

  private static final Instant TEN = Instant.parse("2026-03-02T10:00:00Z");

  @Test
  void saysInLabelsWhatAnAlertIsAndInAnnotationsHowItIs() {
    PostableAlert told = PostableAlert.of(alert("campaign=spring%2C big"), "");
    assertThat(told.labels())
        .isEqualTo(
            Map.of(
                "alertname", "campaign_overspend",
                "alert_id", alert("campaign=spring%2C big").id(),
                "severity", "high",
                "campaign", "spring, big",
                "receivers", ",marketing,finance,",
                "actions", ",pause_campaign,"));
    assertThat(told.annotations())
        .containsEntry("summary", "Spent.")
        .containsEntry("value", "1.2")
        .containsEntry("threshold", "1.1")
        .doesNotContainKeys("baseline", "resolution");
  }

  @Test
  void keepsItsLabelsFromFiringToItsEnd() {
    Alert firing = alert("campaign=spring");
    Alert resolved =
        firing.resolved(
            Resolution.RECOVERED, TEN.plusSeconds(60), TEN.plusSeconds(60), "Over: fine.");
    assertThat(PostableAlert.of(resolved, "").labels())
        .isEqualTo(PostableAlert.of(firing, "").labels());
    assertThat(PostableAlert.of(resolved, "").annotations())
        .containsEntry("summary", "Over: fine.")
        .containsEntry("resolution", "recovered");
  }

  @Test
  void makesLabelNamesOfAnyDimensionAndLeavesOutWhatIsEmpty() {
    assertThat(PostableAlert.of(alert("2nd-name=x,country=,severity=mine"), "").labels())
        .containsEntry("_2nd_name", "x")
        .containsEntry("severity", "high")
        .doesNotContainKey("country");
  }

  @Test
  void leadsToItsDashboard() {
    PostableAlert told = PostableAlert.of(alert(""), "http://h/d/board");
    assertThat(told.generatorUrl()).isEqualTo("http://h/d/board");
    assertThat(told.annotations()).containsEntry("dashboard", "http://h/d/board");
    assertThat(PostableAlert.of(alert(""), "").annotations()).doesNotContainKey("dashboard");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "series=~capped",
        "~capped",
        "=",
        "=x",
        "endpoint",
        "a=b=c",
        ",",
        "a=%",
        "é=ü",
        "a=1,a=2"
      })
  void tellsOfAnySeries(String series) {
    PostableAlert told = PostableAlert.of(alert(series), "");
    assertThat(told.labels())
        .containsEntry("alertname", "campaign_overspend")
        .containsEntry("alert_id", alert(series).id())
        .allSatisfy(
            (name, value) -> {
              assertThat(name).matches("[a-zA-Z_][a-zA-Z0-9_]*");
              assertThat(value).isNotEmpty();
            });
    assertThat(told.annotations()).containsEntry("series", series);
  }

  @Test
  void theAlertOfThoseBeyondTheCapHasALabelOfItsOwn() {
    assertThat(PostableAlert.of(alert("series=~capped"), "").labels())
        .containsEntry("series", "~capped");
  }

  @Test
  void endsInTheFutureWhileItFiresAndNeverBeforeItsStart() throws IOException {
    Instant now = TEN.plusSeconds(30);
    Alert firing = alert("");
    assertThat(posted(firing, now).get("endsAt").asText()).isEqualTo("2026-03-02T10:15:30Z");
    assertThat(posted(firing, now).get("startsAt").asText()).isEqualTo("2026-03-02T10:00:00Z");
    Alert ended = firing.resolved(Resolution.RECOVERED, TEN.minusSeconds(1), now, "Over.");
    assertThat(posted(ended, now).get("endsAt").asText()).isEqualTo("2026-03-02T10:00:00Z");
  }

  private static JsonNode posted(Alert alert, Instant now) throws IOException {
    byte[] body =
        AlertmanagerJson.body(List.of(PostableAlert.of(alert, "")), now, Duration.ofMinutes(15));
    return new ObjectMapper().readTree(body).get(0);
  }

  private static Alert alert(String series) {
    return Alert.firing(
        new AlertProfile(
            "campaign_overspend",
            "",
            Severity.HIGH,
            List.of("marketing", "finance"),
            List.of("pause_campaign"),
            ""),
        series,
        null,
        TEN,
        TEN,
        TEN,
        new Figures(1.2, null, 1.1),
        "Spent.",
        List.of());
  }
}
