package io.tidewatch.metrics;

import io.tidewatch.config.Problems;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;

/** Metrics as they stand in YAML. */
public final class TestMetrics {

  static final Set<String> KNOWN_TYPES =
      Set.of(
          "payment.succeeded",
          "payment.failed",
          "payment.refunded",
          "ad.spend",
          "ad.click",
          "api.request",
          "page.viewed",
          "ticket.opened",
          "ticket.responded",
          "survey.answered");

  private TestMetrics() {}

  /** The metrics of a file of this text; what is wrong with it goes to {@code problems}. */
  static MetricCatalogue load(String yaml, Problems problems) {
    try {
      Path file = Files.createTempDirectory("metrics").resolve("metrics.yaml");
      Files.writeString(file, yaml);
      return MetricCatalogue.load(file, KNOWN_TYPES, problems);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The metrics of a text without problems. */
  public static MetricCatalogue catalogue(String yaml) {
    Problems problems = new Problems();
    MetricCatalogue catalogue = load(yaml, problems);
    problems.throwIfAny();
    return catalogue;
  }

  /** The one metric of a text without problems. */
  public static MetricDefinition metric(String yaml) {
    return catalogue(yaml).metrics().get(0);
  }

  /** A metric of one input {@code x}, given as in YAML. */
  public static MetricDefinition metric(Unit unit, String input) {
    return metric(
        """
        - name: m
          unit: %s
          inputs: {x: {%s}}
          windows: [1h]
        """
            .formatted(unit.name().toLowerCase(Locale.ROOT), input));
  }
}
