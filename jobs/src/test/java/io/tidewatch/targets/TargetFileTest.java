package io.tidewatch.targets;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.config.Problem;
import io.tidewatch.config.Problems;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.TestMetrics;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetFileTest {

  private static final MetricCatalogue METRICS =
      TestMetrics.catalogue(
          """
          - name: revenue
            unit: currency
            inputs: {paid: {event: payment.succeeded, sum: amount}}
            windows: [1h, 1d]
          - name: tickets
            unit: count
            inputs: {opened: {event: ticket.opened, count: true}}
            windows: [1h, 1d]
            lower_is_better: true
          - name: by_the_hour
            unit: count
            inputs: {opened: {event: ticket.opened, count: true}}
            windows: [1h]
          """);

  @TempDir private Path directory;
  private final Problems problems = new Problems();

  @Test
  void aTargetKnowsWhetherItsMetricIsToFall() throws IOException {
    assertThat(
            read(
                """
                - {name: more, metric: revenue, value: 1000.5, by: 2027-03-31, phase: launch, owner: sales}
                - {name: less, metric: tickets, value: 5, by: 2027-03-31, phase: growth, owner: support}
                """))
        .containsExactly(
            new KpiTarget(
                "more",
                "revenue",
                new BigDecimal("1000.5"),
                false,
                LocalDate.of(2027, 3, 31),
                "launch",
                "sales"),
            new KpiTarget(
                "less",
                "tickets",
                new BigDecimal("5"),
                true,
                LocalDate.of(2027, 3, 31),
                "growth",
                "support"));
    assertThat(problems.isEmpty()).isTrue();
  }

  @Test
  void everyMistakeIsSaidAtOnce() throws IOException {
    read(
        """
        - {name: a, metric: revenu, value: 1, by: 2027-03-31, phase: p, owner: o}
        - {name: a, metric: revenue, value: 0, by: soon, phase: p, owner: o}
        - {name: b, metric: by_the_hour, value: 1, by: 2027-03-31, phase: p, owner: o}
        - {name: c, metric: revenue, value: 1, by: 2027-03-31, phase: p, owners: o}
        """);
    assertThat(problems.list())
        .extracting(Problem::line, Problem::message)
        .map(found -> found.toList().get(0) + ": " + found.toList().get(1))
        .containsExactlyInAnyOrder(
            "1: there is no metric 'revenu'; did you mean 'revenue'?",
            "2: there are two targets 'a'",
            "2: expected a number above 0, not 0",
            "2: expected a day such as 2027-03-31, not 'soon'",
            "3: the metric 'by_the_hour' has no window of a day",
            "4: 'owner' is missing",
            "4: unknown key 'owners'; did you mean 'owner'?");
  }

  @Test
  void withoutAFileThereAreNone() {
    assertThat(TargetFile.read(directory.resolve("none.yaml"), METRICS, problems)).isEmpty();
    assertThat(problems.isEmpty()).isTrue();
  }

  private List<KpiTarget> read(String yaml) throws IOException {
    return TargetFile.read(
        Files.writeString(directory.resolve("targets.yaml"), yaml), METRICS, problems);
  }
}
