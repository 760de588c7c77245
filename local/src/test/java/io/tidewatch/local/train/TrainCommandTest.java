package io.tidewatch.local.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.local.Terminal;
import io.tidewatch.models.Models;
import io.tidewatch.segments.Segment;
import io.tidewatch.segments.SegmentFeatures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

  @TempDir private Path directory;
  @RegisterExtension private final Terminal terminal = new Terminal();

  /** Twelve customers of each of five kinds, on the last day of a month. */
  private void live() {
    try (Warehouse warehouse = new Warehouse(directory)) {
      for (int i = 0; i < 12; i++) {
        customer(warehouse, "champion-" + i, "Enterprise", "999", 40, 28, 5, 0);
        customer(warehouse, "loyal-" + i, "Team", "99", 12, 28, 5, 0);
        customer(warehouse, "small-" + i, "Developer", "29", 4, 28, 3, 0);
        customer(warehouse, "troubled-" + i, "Developer", "29", 4, 20, 1, 9);
        customer(warehouse, "silent-" + i, "Developer", "29", 0, 0, 0, 0);
      }
      warehouse.write();
    }
  }

  private static void customer(
      Warehouse warehouse,
      String id,
      String tier,
      String mrr,
      int calls,
      int day,
      int features,
      int tickets) {
    warehouse
        .fact("customer.created", "2026-01-01T00:00:00Z", id, "tier", tier)
        .movement("new", "2026-01-01T00:00:00Z", id, "0", mrr);
    String time = "2026-03-%02dT10:00:00Z".formatted(day);
    for (int i = 0; i < calls; i++) {
      warehouse.fact("api.request", time, id, "status_code", "200", "response_time_ms", "50");
    }
    for (int i = 0; i < features; i++) {
      warehouse.fact("feature.used", time, id, "feature", "f" + i);
    }
    for (int i = 0; i < tickets; i++) {
      warehouse.fact("ticket.opened", time, id, "ticket_id", id + i);
    }
  }

  @Test
  void keepsTheSegmentsItFoundAndTheirCard() {
    live();
    assertThat(execute("train", "segments", "--as-of", "2026-03-29")).isZero();
    assertThat(terminal.output())
        .startsWith("# Segments of the customers who paid as of 2026-03-29\n")
        .contains("| Champions | 12 | 40.00 | 50.00 | 1.00 | 0.00 | 999.00 | 0.00 | 3.00 |")
        .contains("kept: " + directory.resolve("models").resolve("segments.json"))
        .endsWith("not sent, as no stack is up: train again when one is\n");
    assertThat(directory.resolve("models/segments.md")).isNotEmptyFile();
    Models models = new ModelFiles(directory.resolve("models")).models();
    assertThat(models.segments().segmentOf(new SegmentFeatures(0, Double.NaN, 0, 0, 29, 86, 1)))
        .isEqualTo(Segment.HIBERNATING);
    assertThat(models.segments().segmentOf(new SegmentFeatures(4, 50, 0.2, 9, 29, 8, 1)))
        .isEqualTo(Segment.AT_RISK);
  }

  @Test
  void valuesLifetimesByTheMarginOfTheSettingsUnlessOneIsGiven() throws IOException {
    live();
    leave();
    Path model = directory.resolve("models/lifetime.json");
    String conf = "--conf=" + settingsWith("gross_margin: 0.35");
    assertThat(execute("train", "lifetime", "--as-of", "2026-04-15", conf)).isZero();
    assertThat(marginIn(model)).isEqualTo(0.35);
    assertThat(execute("train", "lifetime", "--as-of", "2026-04-15", conf, "--gross-margin", "0.5"))
        .isZero();
    assertThat(marginIn(model)).isEqualTo(0.5);
  }

  @Test
  void aMarginThatNobodySaysIsAskedFor() throws IOException {
    live();
    leave();
    String conf = "--conf=" + settingsWith("");
    assertThat(execute("train", "lifetime", "--as-of", "2026-04-15", conf)).isEqualTo(1);
    assertThat(terminal.errors())
        .isEqualTo(
            "tidewatch.yaml has no unit_economics.gross_margin above 0: set it, or give"
                + " --gross-margin.\n");
  }

  /** Twelve of the customers leave. */
  private void leave() {
    try (Warehouse warehouse = new Warehouse(directory)) {
      for (int i = 0; i < 12; i++) {
        warehouse.movement("churn", "2026-03-20T00:00:00Z", "silent-" + i, "29", "0");
      }
      warehouse.write();
    }
  }

  /** The shipped settings with another line instead of the gross margin. */
  private Path settingsWith(String line) throws IOException {
    Path shipped = Path.of(System.getProperty("tidewatch.home"), "flink-conf");
    Path conf = Files.createDirectory(directory.resolve("conf"));
    Files.copy(shipped.resolve("metrics.yaml"), conf.resolve("metrics.yaml"));
    Files.writeString(
        conf.resolve("tidewatch.yaml"),
        Files.readString(shipped.resolve("tidewatch.yaml")).replace("gross_margin: 0.8", line));
    return conf;
  }

  private static double marginIn(Path model) throws IOException {
    return new ObjectMapper()
        .readTree(model.toFile())
        .required("model")
        .required("gross_margin")
        .doubleValue();
  }

  @Test
  void saysInOneSentenceWhatIsMissing() {
    try (Warehouse empty = new Warehouse(directory)) {
      empty.write();
    }
    for (String kind : List.of("segments", "churn", "lifetime")) {
      assertThat(execute("train", kind)).isEqualTo(1);
      assertThat(terminal.errors()).isEqualTo("No customer has paid anything yet.\n");
    }
    assertThat(execute("train", "lifetime", "--gross-margin", "1.2")).isEqualTo(1);
    assertThat(terminal.errors()).isEqualTo("--gross-margin must be above 0 and at most 1.\n");
    assertThat(directory.resolve("models")).isEmptyDirectory();
  }

  @Test
  void refusesWhatItCannotTrain() {
    assertThat(terminal.execute("train")).isEqualTo(2);
    assertThat(terminal.errors()).startsWith("Say what to train: churn, segments or lifetime");
    assertThat(execute("train", "revenue")).isEqualTo(2);
  }

  private int execute(String... arguments) {
    return terminal.executeIn(directory, arguments);
  }
}
