package io.tidewatch.local.grafana;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.local.dashboard.DashboardFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards as they are checked in. */
class DashboardsTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("tidewatch.home"), "docker", "grafana", "dashboards");

  /** What both Grafana and the preview draw. */
  private static final Set<String> TYPES =
      Set.of("timeseries", "stat", "gauge", "bargauge", "barchart", "piechart", "table", "heatmap");

  static List<DashboardFile> dashboards() {
    return DashboardFile.in(FOLDER);
  }

  @Test
  void areThoseThatAreDefined() throws IOException {
    for (var file : DashboardJson.files().entrySet()) {
      assertThat(Files.readString(FOLDER.resolve(file.getKey())))
          .as("%s; ./tidewatch dashboards writes it anew", file.getKey())
          .isEqualTo(file.getValue());
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(DashboardJson.files().keySet());
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyPanelSpeaksToItsReader(DashboardFile dashboard) {
    JsonNode panels = dashboard.json().path("panels");
    assertThat(panels).hasSizeGreaterThanOrEqualTo(8);
    for (JsonNode panel : panels) {
      JsonNode defaults = panel.at("/fieldConfig/defaults");
      assertThat(TYPES).contains(panel.path("type").asText());
      assertThat(panel.path("title").asText()).isNotEmpty();
      assertThat(panel.path("description").asText()).as(panel.path("title").asText()).endsWith(".");
      assertThat(defaults.path("unit").asText()).isNotEmpty();
      assertThat(defaults.path("noValue").asText()).endsWith(".");
      assertThat(defaults.at("/thresholds/steps").size()).isPositive();
    }
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void everyoneSaysHowOldItsDataIsAndDrawsItsAlerts(DashboardFile dashboard) {
    assertThat(dashboard.panels())
        .anySatisfy(panel -> assertThat(panel.title()).isEqualTo("How old the data is"));
    assertThat(dashboard.annotations()).hasSize(1).first().asString().contains("v_alerts");
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void panelsFillTheGridAndDoNotOverlap(DashboardFile dashboard) {
    List<String> cells = new ArrayList<>();
    for (JsonNode panel : dashboard.json().path("panels")) {
      JsonNode place = panel.path("gridPos");
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          cells.add((place.path("x").asInt() + x) + " " + (place.path("y").asInt() + y));
        }
      }
    }
    int height =
        StreamSupport.stream(dashboard.json().path("panels").spliterator(), false)
            .mapToInt(panel -> panel.at("/gridPos/y").asInt() + panel.at("/gridPos/h").asInt())
            .max()
            .orElseThrow();
    assertThat(cells).doesNotHaveDuplicates().hasSize(24 * height);
  }

  @ParameterizedTest
  @MethodSource("dashboards")
  void linksLeadToDashboardsThatThereAre(DashboardFile dashboard) {
    List<String> uids = dashboards().stream().map(DashboardFile::uid).toList();
    dashboard
        .json()
        .findValuesAsText("url")
        .forEach(
            url -> {
              if (url.startsWith("/d/")) {
                assertThat(uids).contains(url.substring(3, url.indexOf('?')));
              } else if (!url.isEmpty()) {
                assertThat(url).startsWith("/public/runbooks/");
              }
            });
  }
}
