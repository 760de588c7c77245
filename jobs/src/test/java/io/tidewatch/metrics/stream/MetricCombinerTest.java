package io.tidewatch.metrics.stream;

import static io.tidewatch.metrics.TestEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.MetricCatalogue;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.TestMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.streaming.api.operators.ChainingStrategy;
import org.apache.flink.streaming.api.operators.SimpleOperatorFactory;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricCombinerTest {

  private static final MetricCatalogue METRICS =
      TestMetrics.catalogue(
          """
          - name: requests
            unit: count
            inputs: {all: {event: api.request, count: true}}
            by: [[endpoint]]
            windows: [1m, 1h]
          - name: active
            unit: count
            inputs: {customers: {event: any, distinct: customer_id}}
            windows: [1d]
          - name: viewers
            unit: count
            inputs: {users: {event: page.viewed, distinct: user_id}}
            rolling: [2d, 7d]
          """);

  private OneInputStreamOperatorTestHarness<Event, PartialAggregate> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new MetricCombiner(METRICS, ZoneOffset.UTC, Duration.ofHours(1)));
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  @Test
  void isChainedToWhatFeedsIt() {
    var combiner = new MetricCombiner(METRICS, ZoneOffset.UTC, Duration.ofHours(1));
    assertThat(SimpleOperatorFactory.of(combiner).getChainingStrategy())
        .isEqualTo(ChainingStrategy.ALWAYS);
  }

  @Test
  void manyEventsOfASeriesAreOnePartial() throws Exception {
    send(request("12:00:01", "/a"));
    send(request("12:00:59.999", "/a"));
    send(request("12:00:30", "/b"));
    send(request("12:01:00", "/a"));
    assertThat(partials()).isEmpty();

    harness.prepareSnapshotPreBarrier(1);
    assertThat(partials("requests"))
        .extracting(
            Partial::window,
            partial -> Instant.ofEpochMilli(partial.of().start()).toString().substring(11, 16),
            Partial::series,
            Partial::samples)
        .containsExactlyInAnyOrder(
            tuple("1m", "12:00", "", 3L),
            tuple("1m", "12:00", "endpoint=/a", 2L),
            tuple("1m", "12:00", "endpoint=/b", 1L),
            tuple("1m", "12:01", "", 1L),
            tuple("1m", "12:01", "endpoint=/a", 1L),
            tuple("1h", "12:00", "", 4L),
            tuple("1h", "12:00", "endpoint=/a", 3L),
            tuple("1h", "12:00", "endpoint=/b", 1L));
    assertThat(partials("requests"))
        .filteredOn(partial -> partial.window().equals("1h") && partial.series().isEmpty())
        .extracting(partial -> partial.of().latest())
        .containsExactly(millis("12:01:00"));
  }

  @Test
  void theBarrierFindsNothingHeldBack() throws Exception {
    send(request("12:00:01", "/a"));
    harness.prepareSnapshotPreBarrier(1);
    int passedOn = partials().size();
    assertThat(passedOn).isPositive();
    harness.prepareSnapshotPreBarrier(2);
    assertThat(partials()).hasSize(passedOn);
  }

  @Test
  void whatAWatermarkClosesGoesBeforeIt() throws Exception {
    send(request("12:00:01", "/a"));
    harness.processWatermark(millis("12:01:00") - 2);
    assertThat(partials()).isEmpty();

    harness.processWatermark(millis("12:01:00") - 1);
    assertThat(partials("requests")).extracting(Partial::window).containsOnly("1m");
    assertThat(harness.getOutput()).last().isEqualTo(new Watermark(millis("12:01:00") - 1));

    harness.processWatermark(millis("13:00:00") - 1);
    assertThat(partials("requests")).extracting(Partial::window).contains("1h");
  }

  @Test
  void anEventAfterItsWindowClosedGoesBeforeTheNextWatermark() throws Exception {
    harness.processWatermark(millis("12:30:00"));
    send(request("12:00:01", "/a").withWatermark(millis("12:30:00")));
    harness.processWatermark(millis("12:30:00.001"));
    assertThat(partials("requests")).extracting(Partial::window).containsOnly("1m");
  }

  @Test
  void nothingWaitsLongerThanFiveSeconds() throws Exception {
    harness.setProcessingTime(5_000);
    send(request("12:00:01", "/a"));
    harness.setProcessingTime(7_500);
    send(request("12:00:02", "/a"));
    harness.setProcessingTime(9_999);
    assertThat(partials()).isEmpty();

    harness.setProcessingTime(10_000);
    assertThat(partials("requests")).extracting(Partial::samples).containsOnly(2L);

    send(request("12:00:03", "/a"));
    harness.setProcessingTime(15_000);
    // 2 windows × 2 groupings, twice
    assertThat(partials("requests")).hasSize(8);
  }

  @Test
  void aFullBufferIsPassedOn() throws Exception {
    // each endpoint has a series in both windows, and so has the total; the day of active makes 1
    for (int i = 0; i < 24_999; i++) {
      send(request("12:00:01", "/" + i));
    }
    assertThat(partials()).isEmpty();
    send(request("12:00:01", "/one-more"));
    assertThat(partials()).hasSize(2 * 25_000 + 3);
  }

  @Test
  void theEndOfInputPassesEverythingOn() throws Exception {
    send(request("12:00:01", "/a"));
    harness.endInput();
    harness.getOperator().finish();
    assertThat(partials("requests")).hasSize(4);
  }

  @Test
  void latenessIsWhatIngestDecidedAndNotWhereTheWatermarkStands() throws Exception {
    harness.processWatermark(millis("20:00:00"));
    // In time for ingest: its watermark had not come to 12:01 plus an hour.
    send(request("12:00:01", "/a").withWatermark(millis("13:01:00") - 2));
    // Too late for its minute, whose lateness ended at 13:01, and in time for its hour.
    send(request("12:00:02", "/b").withWatermark(millis("13:01:00") - 1));
    // Too late for both.
    send(request("12:00:03", "/c").withWatermark(millis("14:00:00") - 1));
    harness.prepareSnapshotPreBarrier(1);

    assertThat(partials("requests"))
        .extracting(Partial::window, Partial::series)
        .containsExactlyInAnyOrder(
            tuple("1m", ""),
            tuple("1m", "endpoint=/a"),
            tuple("1h", ""),
            tuple("1h", "endpoint=/a"),
            tuple("1h", "endpoint=/b"));
    assertThat(partials("requests"))
        .filteredOn(partial -> partial.series().isEmpty())
        .extracting(Partial::window, Partial::samples)
        .containsExactlyInAnyOrder(tuple("1m", 1L), tuple("1h", 2L));
  }

  @Test
  void rollingWindowsGetOnePaneADay() throws Exception {
    Event view = event("page.viewed").user("ann").at("2026-03-01T23:59:59Z").build();
    send(view);
    harness.prepareSnapshotPreBarrier(1);
    assertThat(partials("viewers"))
        .extracting(
            partial -> partial.of().isPane(),
            partial -> Instant.ofEpochMilli(partial.of().start()).toString(),
            partial -> Instant.ofEpochMilli(partial.of().end()).toString(),
            partial -> Instant.ofEpochMilli(partial.of().countsFrom()).toString())
        .containsExactly(
            tuple(true, "2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z", "2026-03-02T00:00:00Z"));
  }

  @Test
  void aPaneSaysWhichWindowsHadClosedToIt() throws Exception {
    long anHourAfterMidnight = Instant.parse("2026-03-02T01:00:00Z").toEpochMilli();
    Event view = event("page.viewed").user("ann").at("2026-03-01T23:59:59Z").build();
    send(view.withWatermark(anHourAfterMidnight - 1));
    // too late for all seven windows that hold it: the last ends on 8 March
    send(view.withWatermark(anHourAfterMidnight + Duration.ofDays(6).toMillis() - 1));
    harness.prepareSnapshotPreBarrier(1);
    assertThat(partials("viewers"))
        .extracting(partial -> Instant.ofEpochMilli(partial.of().countsFrom()).toString())
        .containsExactly("2026-03-03T00:00:00Z");
  }

  @Test
  void derivedEventsFeedOnlyMetricsThatNameThem() throws Exception {
    send(event("api.request").customer("acme").derived().at("2026-03-01T12:00:00Z").build());
    send(event("customer.scored").customer("acme").derived().build());
    harness.prepareSnapshotPreBarrier(1);
    assertThat(partials()).extracting(Partial::metric).containsOnly("requests");
  }

  private void send(Event event) throws Exception {
    harness.processElement(event, 0);
  }

  /** What one series of a metric got. */
  private record Partial(String metric, PartialAggregate of, String series, long samples) {

    private String window() {
      return of.window();
    }
  }

  private List<Partial> partials() {
    Map<String, String> names =
        METRICS.metrics().stream()
            .collect(Collectors.toMap(MetricDefinition::hash, MetricDefinition::name));
    return harness.getOutput().stream()
        .filter(StreamRecord.class::isInstance)
        .map(record -> (PartialAggregate) ((StreamRecord<?>) record).getValue())
        .flatMap(
            partial ->
                partial.series().stream()
                    .map(
                        one ->
                            new Partial(
                                names.get(partial.definition()),
                                partial,
                                one.series(),
                                one.accumulator().samples())))
        .toList();
  }

  private List<Partial> partials(String metric) {
    return partials().stream().filter(partial -> partial.metric().equals(metric)).toList();
  }

  private static Event request(String time, String endpoint) {
    return event("api.request")
        .customer("acme")
        .with("endpoint", endpoint)
        .at("2026-03-01T" + time + "Z")
        .build();
  }

  private static long millis(String time) {
    return Instant.parse("2026-03-01T" + time + "Z").toEpochMilli();
  }
}
