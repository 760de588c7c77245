package io.tidewatch.metrics;

import static io.tidewatch.metrics.TestEvents.NOON;
import static io.tidewatch.metrics.TestEvents.event;
import static io.tidewatch.metrics.TestEvents.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.event.Event;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MetricAccumulatorTest {

  private static final Instant END = NOON.plus(Duration.ofHours(1));

  private static final MetricDefinition GROSS =
      TestMetrics.metric(Unit.CURRENCY, "event: payment.succeeded, sum: amount");

  private static final MetricDefinition NET =
      TestMetrics.metric(
          """
          - name: net_revenue
            unit: currency
            inputs:
              paid: {event: payment.succeeded, sum: amount}
              refunded: {event: payment.refunded, sum: amount}
            formula: paid - refunded
            windows: [1h]
          """);

  private static final MetricDefinition NPS =
      TestMetrics.metric(
          """
          - name: nps
            unit: score
            inputs:
              promoters: {event: survey.answered, where: {survey: nps, score: ">= 9"}, count: true}
              detractors: {event: survey.answered, where: {survey: nps, score: "<= 6"}, count: true}
              answers: {event: survey.answered, where: {survey: nps}, count: true}
            formula: (promoters - detractors) / answers * 100
            windows: [1h]
          """);

  /** Every aggregate at once. */
  private static final MetricDefinition ALL =
      TestMetrics.metric(
          """
          - name: all
            unit: score
            inputs:
              count: {event: api.request, count: true}
              sum: {event: api.request, sum: v}
              avg: {event: api.request, avg: v}
              min: {event: api.request, min: v}
              max: {event: api.request, max: v}
              last: {event: api.request, last: v}
              distinct: {event: api.request, distinct: [user_id, anonymous_id]}
              p50: {event: api.request, p50: v}
              p95: {event: api.request, p95: v}
              p99: {event: api.request, p99: v}
            formula: count + sum * 2 + avg * 3 + min * 5 + max * 7 + last * 11 + distinct * 13 + p50 * 17 + p95 * 19 + p99 * 23
            windows: [1h]
          """);

  private static final String FIRST_FORMAT =
      "0101000a01010201fa01030101fa0104004029000000000000040140290000000000000501000001"
          + "9ca9450a0000037765620003652d314029000000000000060001053227be02f35f1c073200402900"
          + "00000000004029000000000000010182a80201075f00402900000000000040290000000000000101"
          + "82a8020107630040290000000000004029000000000000010182a80201";

  @Test
  void addsMoneyExactly() {
    MetricAccumulator gross = of(GROSS, payment("0.10"), payment("0.20"), payment("1000000.0001"));
    // 0.10 + 0.20 + 1000000.0001
    assertThat(measure(GROSS, gross))
        .contains(new Measurement(1000000.3001, new BigDecimal("1000000.3001")));
    assertThat(gross.samples()).isEqualTo(3);
    assertThat(gross.currencies()).containsExactly("EUR");
  }

  @Test
  void addsMoneyExactlyBeyondWhatALongHolds() {
    MetricAccumulator gross =
        of(
            GROSS,
            payment("99999999999999.9999"),
            payment("99999999999999.9999"),
            payment("0.0000000000000001"),
            payment("123456789012345678901234567890"));
    // 2 × 99999999999999.9999 = 199999999999999.9998
    assertThat(measure(GROSS, gross).orElseThrow().amount())
        .isEqualTo("123456789012345878901234567889.9998000000000001");
    assertThat(measure(GROSS, copy(gross))).isEqualTo(measure(GROSS, gross));
  }

  @Test
  void givesAmountsWithoutTrailingZeros() {
    assertThat(amount(payment("5.00"), payment("5.0000"))).isEqualTo("10");
    assertThat(amount(payment("100.00"))).isEqualTo("100");
    assertThat(amount(payment("0.00"))).isEqualTo("0");
  }

  @Test
  void takesAnAbsentSumAsZero() {
    Event refund = event("payment.refunded").amount("12.50", "EUR").build();
    assertThat(measure(NET, of(NET, refund)))
        .contains(new Measurement(-12.5, new BigDecimal("-12.5"))); // 0 − 12.50
  }

  @Test
  void hasNoRowWithoutAnEvent() {
    MetricAccumulator empty = MetricAccumulator.empty(NET);
    assertThat(empty.add(NET, event("page.viewed").build())).isFalse();
    assertThat(empty.samples()).isZero();
    assertThat(measure(NET, empty)).isEmpty();
  }

  @Test
  void hasNoRowAfterADivisionByZero() {
    MetricDefinition metric =
        TestMetrics.metric(
            """
            - name: cost_per_click
              unit: currency
              inputs: {spend: {event: ad.spend, sum: amount}, clicks: {event: ad.click, count: true}}
              formula: spend / clicks
              windows: [1h]
            """);
    MetricAccumulator cost = of(metric, event("ad.spend").amount("10", "EUR").build());
    assertThat(measure(metric, cost)).isEmpty();
    cost.add(metric, event("ad.click").build());
    cost.add(metric, event("ad.click").build());
    assertThat(measure(metric, cost)).contains(new Measurement(5, null)); // 10 ÷ 2
  }

  @Test
  void hasNoRowWhereAnInputOtherThanCountOrSumIsAbsent() {
    MetricDefinition metric =
        TestMetrics.metric(
            """
            - name: m
              unit: score
              inputs: {a: {event: api.request, avg: v}, n: {event: ad.click, count: true}}
              formula: a + n
              windows: [1h]
            """);
    MetricAccumulator accumulator = of(metric, event("ad.click").build());
    assertThat(measure(metric, accumulator)).isEmpty();
    accumulator.add(metric, request("4"));
    assertThat(measure(metric, accumulator)).contains(new Measurement(5, null)); // 4 + 1
  }

  @Test
  void countsAnEventOnceHoweverManyInputsItFeeds() {
    MetricAccumulator nps = MetricAccumulator.empty(NPS);
    for (String score : List.of("10", "9", "8", "7", "6", "0", "9")) {
      nps.add(NPS, event("survey.answered").with("survey", "nps").with("score", score).build());
    }
    nps.add(NPS, event("survey.answered").with("survey", "csat").with("score", "1").build());
    assertThat(nps.samples()).isEqualTo(7);
    // 3 promoters, 2 detractors, 7 answers: (3 − 2) ÷ 7 × 100
    assertThat(measure(NPS, nps).orElseThrow().value()).isCloseTo(14.2857, within(0.0001));
  }

  @Test
  void averagesExactly() {
    // (0.1 + 0.2 + 0.6) ÷ 3
    assertThat(value("avg: v", request("0.1"), request("0.2"), request("0.6"))).isEqualTo(0.3);
  }

  @Test
  void findsExtremes() {
    assertThat(value("min: v", request("3"), request("-2.5"), request("9"))).isEqualTo(-2.5);
    assertThat(value("max: v", request("3"), request("-2.5"), request("9"))).isEqualTo(9);
  }

  @Test
  void takesTheLastByTimeThenSourceThenId() {
    Event first = event("api.request").identity("b", "9").at(NOON).with("v", "1").build();
    Event tieA =
        event("api.request").identity("a", "9").at(NOON.plusMillis(1)).with("v", "2").build();
    Event tieB1 =
        event("api.request").identity("b", "1").at(NOON.plusMillis(1)).with("v", "3").build();
    Event tieB2 =
        event("api.request").identity("b", "2").at(NOON.plusMillis(1)).with("v", "4").build();
    assertThat(value("last: v", first, tieA)).isEqualTo(2);
    assertThat(value("last: v", tieA, first)).isEqualTo(2);
    assertThat(value("last: v", tieB1, tieA)).isEqualTo(3);
    assertThat(value("last: v", tieB2, tieB1, tieA, first)).isEqualTo(4);
  }

  @Test
  void countsDifferentTextsTakingTheFirstPresent() {
    // u1, a1, u2
    assertThat(
            value(
                "distinct: [user_id, anonymous_id]",
                event("api.request").user("u1").anonymous("a9").build(),
                event("api.request").user("u1").build(),
                event("api.request").anonymous("a1").build(),
                event("api.request").user("u2").anonymous("a1").build()))
        .isEqualTo(3);
  }

  @Test
  void isNotFedWithoutTheProperty() {
    MetricDefinition sum = TestMetrics.metric(Unit.COUNT, "event: api.request, sum: v");
    MetricDefinition distinct = TestMetrics.metric(Unit.COUNT, "event: any, distinct: user_id");
    assertThat(MetricAccumulator.empty(sum).add(sum, request("fast"))).isFalse();
    assertThat(MetricAccumulator.empty(sum).add(sum, event("api.request").build())).isFalse();
    assertThat(MetricAccumulator.empty(GROSS).add(GROSS, event("payment.succeeded").build()))
        .isFalse();
    assertThat(MetricAccumulator.empty(distinct).add(distinct, request("1"))).isFalse();
  }

  @Test
  void leavesDerivedEventsOutOfAnyEvent() {
    MetricDefinition any = TestMetrics.metric(Unit.COUNT, "event: any, count: true");
    assertThat(any.read(request("1"))).isPresent();
    assertThat(any.read(event("session.ended").derived().build())).isEmpty();
  }

  @Test
  void takesWhatStagesDeriveFromNoSource() {
    MetricDefinition scored =
        TestMetrics.metric(Unit.COUNT, "event: [customer.scored, api.request], count: true");
    assertThat(scored.read(event("customer.scored").derived().build())).isPresent();
    assertThat(scored.read(event("customer.scored").build())).isEmpty();
    assertThat(scored.read(request("1"))).isPresent();
  }

  @Test
  void remembersTwoCurrenciesAtMost() {
    List<Event> payments = new ArrayList<>();
    for (String currency : List.of("USD", "EUR", "GBP", "CHF")) {
      payments.add(event("payment.succeeded").amount("1", currency).build());
    }
    MetricAccumulator all = of(GROSS, payments.toArray(Event[]::new));
    Collections.reverse(payments);
    assertThat(all.currencies()).containsExactly("CHF", "EUR");
    assertThat(of(GROSS, payments.toArray(Event[]::new)).currencies()).isEqualTo(all.currencies());
    assertThat(copy(all).currencies()).isEqualTo(all.currencies());
  }

  @Test
  void givesTheSameInAnyOrderAndByAnyMerges() {
    for (int size : List.of(1, 2, 7, 500, 30_000)) {
      List<Event> events = randomRequests(size);
      Optional<Measurement> expected = measure(ALL, of(ALL, events.toArray(Event[]::new)));
      Random random = new Random(size);
      for (int round = 0; round < 3; round++) {
        Collections.shuffle(events, random);
        MetricAccumulator merged = mergedInPieces(events, random);
        assertThat(measure(ALL, merged)).isEqualTo(expected);
        assertThat(measure(ALL, copy(merged))).isEqualTo(expected);
        assertThat(merged.samples()).isEqualTo(size);
      }
    }
  }

  @Test
  void leavesWhatItMergesAsItIs() {
    List<Event> events = randomRequests(12_000);
    MetricAccumulator part = of(ALL, events.toArray(Event[]::new));
    Optional<Measurement> before = measure(ALL, part);
    MetricAccumulator sum = MetricAccumulator.empty(ALL);
    sum.merge(part);
    assertThat(measure(ALL, sum)).isEqualTo(before);
    randomRequests(13_000).forEach(more -> sum.add(ALL, more));
    assertThat(measure(ALL, part)).isEqualTo(before);
  }

  /** State outlives releases: whoever changes the format also reads this one. */
  @Test
  void readsStateOfTheFirstFormat() throws IOException {
    byte[] written = HexFormat.of().parseHex(FIRST_FORMAT);
    MetricAccumulator read =
        MetricAccumulator.read(new DataInputStream(new ByteArrayInputStream(written)));
    assertThat(read.samples()).isEqualTo(1);
    // One request of 12.5: each aggregate of the value is 12.5, count and distinct are 1.
    // 1 + 12.5 × (2 + 3 + 5 + 7 + 11 + 17 + 19 + 23) + 13 = 14 + 12.5 × 87
    assertThat(measure(ALL, read)).contains(new Measurement(1_101.5, null));
    Event request =
        event("api.request").identity("web", "e-1").user("u1").with("v", "12.5").build();
    assertThat(bytes(of(ALL, request))).isEqualTo(written);
  }

  @Test
  void refusesAFormatItDoesNotKnow() {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(new byte[] {9, 0, 0, 0}));
    assertThatThrownBy(() -> MetricAccumulator.read(in))
        .isInstanceOf(IOException.class)
        .hasMessage("an accumulator of the unknown format 9");
  }

  @Test
  void takesFewBytes() {
    // format, samples, no currency, 1 input, tag, count
    MetricDefinition count = TestMetrics.metric(Unit.COUNT, "event: api.request, count: true");
    assertThat(bytes(of(count, request("1")))).hasSize(6);
    // Whole milliseconds below 2,048: at most 4 bytes a value, and 1 for its count.
    MetricDefinition p95 = TestMetrics.metric(Unit.MILLISECONDS, "event: api.request, p95: v");
    MetricAccumulator times = MetricAccumulator.empty(p95);
    for (int i = 0; i < 10_000; i++) {
      times.add(p95, request(String.valueOf(i % 2_048)));
    }
    assertThat(bytes(times).length).isLessThan(2_048 * 5 + 40);
  }

  private static List<Event> randomRequests(int size) {
    Random random = new Random(size);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      double value = Math.exp(random.nextGaussian() * 3) * (random.nextInt(5) == 0 ? -1 : 1);
      String text =
          new BigDecimal(value)
              .setScale(random.nextInt(20), RoundingMode.HALF_EVEN)
              .toPlainString();
      events.add(
          event("api.request")
              .at(NOON.plusMillis(random.nextInt(size)))
              .user("u" + random.nextInt(2 * size))
              .with("v", text)
              .build());
    }
    return events;
  }

  /**
   * Cuts the events at random places and merges the pieces, in random order, some through bytes.
   */
  private static MetricAccumulator mergedInPieces(List<Event> events, Random random) {
    List<MetricAccumulator> pieces = new ArrayList<>();
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + 1 + random.nextInt(events.size()));
      pieces.add(of(ALL, events.subList(from, to).toArray(Event[]::new)));
      from = to;
    }
    while (pieces.size() > 1) {
      MetricAccumulator one = pieces.remove(random.nextInt(pieces.size()));
      MetricAccumulator other = pieces.remove(random.nextInt(pieces.size()));
      MetricAccumulator into = random.nextBoolean() ? one : copy(one);
      into.merge(other);
      pieces.add(into);
    }
    return pieces.get(0);
  }

  private static Event request(String value) {
    return event("api.request").with("v", value).build();
  }

  private static BigDecimal amount(Event... payments) {
    return measure(GROSS, of(GROSS, payments)).orElseThrow().amount();
  }

  private static double value(String aggregate, Event... events) {
    MetricDefinition metric = TestMetrics.metric(Unit.SCORE, "event: api.request, " + aggregate);
    return measure(metric, of(metric, events)).orElseThrow().value();
  }

  private static MetricAccumulator of(MetricDefinition metric, Event... events) {
    MetricAccumulator accumulator = MetricAccumulator.empty(metric);
    Arrays.stream(events).forEach(event -> accumulator.add(metric, event));
    return accumulator;
  }

  private static Optional<Measurement> measure(
      MetricDefinition metric, MetricAccumulator accumulator) {
    return accumulator.measure(metric, NOON, END);
  }

  private static MetricAccumulator copy(MetricAccumulator accumulator) {
    try {
      return MetricAccumulator.read(
          new DataInputStream(new ByteArrayInputStream(bytes(accumulator))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(MetricAccumulator accumulator) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      accumulator.write(new DataOutputStream(bytes));
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
