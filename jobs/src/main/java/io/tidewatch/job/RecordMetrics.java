package io.tidewatch.job;

import io.tidewatch.config.Problems;
import io.tidewatch.event.EventCatalogue;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The metrics that account for every record; a job has them whatever metrics.yaml leaves out. */
final class RecordMetrics {

  private static final Set<String> NAMES =
      Set.of(
          "events_read",
          "events_accepted",
          "events_rejected",
          "events_duplicate",
          "events_no_consent",
          "events_erased",
          "events_late");

  private RecordMetrics() {}

  static MetricCatalogue addMissingTo(MetricCatalogue own) {
    List<MetricDefinition> all = new ArrayList<>(own.metrics());
    if (NAMES.stream().anyMatch(name -> own.metric(name).isEmpty())) {
      shipped().metrics().stream()
          .filter(metric -> NAMES.contains(metric.name()) && own.metric(metric.name()).isEmpty())
          .forEach(all::add);
    }
    return new MetricCatalogue(all);
  }

  /** The metrics that this program was built with. */
  private static MetricCatalogue shipped() {
    try (InputStream packaged =
        RecordMetrics.class.getResourceAsStream("/flink-conf/metrics.yaml")) {
      Path file = Files.createTempFile("metrics", ".yaml");
      try {
        Files.copy(packaged, file, StandardCopyOption.REPLACE_EXISTING);
        return MetricCatalogue.load(file, EventCatalogue.names(), new Problems());
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the packaged metrics can't be read", e);
    }
  }
}
