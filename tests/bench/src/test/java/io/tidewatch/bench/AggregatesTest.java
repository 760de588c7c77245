package io.tidewatch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.bench.Aggregates.Dimension;
import io.tidewatch.bench.Aggregates.Figure;
import io.tidewatch.bench.Aggregates.Series;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AggregatesTest {

  private static final long START = Workload.BEGIN.toEpochMilli();
  private static final Series ACME = new Series(Dimension.CUSTOMER, "acme", START);
  private static final Series ORDERS = new Series(Dimension.ENDPOINT, "/orders", START);

  @Test
  void isCompleteWhenEachDimensionAccountsForAllRequestsAndNoFigureIsMissing() throws Exception {
    Aggregates result = new Aggregates(3);
    result.put(ACME, 2, 30, 20);
    result.put(ORDERS, 3, 60, 30);
    assertThat(result.awaitComplete(Duration.ofMillis(1))).isFalse();

    // what comes later takes the place of what came before
    result.put(ACME, Figure.COUNT, 3);
    assertThat(result.awaitComplete(Duration.ofMillis(1))).isTrue();

    result.put(new Series(Dimension.CUSTOMER, "zoo", START), Figure.COUNT, 0);
    assertThat(result.awaitComplete(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void whatBeginsAtTheEndIsLeftOut() {
    Aggregates result = new Aggregates(0);
    result.put(new Series(Dimension.CUSTOMER, "acme", Workload.END.toEpochMilli()), 1, 1, 1);
    assertThat(result.size()).isZero();
  }

  @Test
  void namesTheFirstDifference() {
    Aggregates expected = new Aggregates(1);
    expected.put(ACME, 1, 10, 10);
    expected.put(ORDERS, 1, 10, 10);
    Aggregates result = new Aggregates(1);
    result.put(ACME, 1, 10, 10);
    assertThat(result.differenceFrom(expected))
        .hasValueSatisfying(
            difference -> assertThat(difference).contains("/orders", "not there", "max 10"));

    result.put(ORDERS, 1, 10, 10);
    assertThat(result.differenceFrom(expected)).isEmpty();
  }

  @Test
  void comesBackFromItsFile(@TempDir Path directory) throws Exception {
    Workload workload = new Workload(2_000);
    Aggregates expected = Oracle.expect(workload);
    expected.write(directory.resolve("rows.tsv"));
    Aggregates read = Aggregates.read(directory.resolve("rows.tsv"), workload.requests());
    assertThat(read.differenceFrom(expected)).isEmpty();
    assertThat(read.awaitComplete(Duration.ofMillis(1))).isTrue();
  }
}
