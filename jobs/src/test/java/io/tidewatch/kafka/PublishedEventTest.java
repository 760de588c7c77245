package io.tidewatch.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.stream.ProgressMark;
import io.tidewatch.ingest.stream.PublishedEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written for stages of other jobs, and what they read of it. */
class PublishedEventTest {

  private static final Instant TIME = Instant.parse("2026-03-01T12:00:00.123Z");

  private static final Event FULL =
      new Event(
          "billing",
          "p1#0",
          "payment.succeeded",
          TIME,
          TIME.plusMillis(900),
          "acme",
          "u1",
          "a1",
          "s1",
          new BigDecimal("12.5000"),
          "EUR",
          Map.of("plan", "pro", "ünï", "\"{}\\\n"),
          false,
          TIME.toEpochMilli() - 10_001);

  private static final Event BARE =
      new Event(
          "web",
          "w",
          "page.viewed",
          TIME,
          TIME,
          null,
          null,
          null,
          null,
          null,
          null,
          Map.of(),
          false,
          Event.NEVER_LATE);

  private static final String NO_AMOUNT =
      """
      {"source":"","event_id":"","type":"clock.marked","time":"2026-03-01T12:00:00Z",\
      "received_at":"2026-03-01T12:00:00Z","customer_id":"","user_id":"","anonymous_id":"",\
      "session_id":"","properties":{},"currency":""}""";

  private final CountingContext context = new CountingContext();
  private final PublishedEventDeserializer deserializer = new PublishedEventDeserializer();

  @BeforeEach
  void open() {
    deserializer.open(context);
  }

  @Test
  void anEventComesBackWholeWithTheWatermarkThatJudgedIt() throws Exception {
    assertThat(read(written(FULL))).containsExactly(new PublishedEvent(FULL, null));
    assertThat(read(written(BARE))).containsExactly(new PublishedEvent(BARE, null));
    assertThat(context.count("published_left_out")).isZero();
  }

  @Test
  void marksGoToTheirPartitionAndCountOnceAllWritersHaveTold() throws Exception {
    ProducerRecord<byte[], byte[]> first = written(new ProgressMark(0, 2, 3, 5_000L).toEvent());
    assertThat(first.partition()).isEqualTo(3);
    assertThat(read(first)).isEmpty();
    assertThat(read(written(new ProgressMark(1, 2, 4, 6_000L).toEvent()))).isEmpty();
    assertThat(read(written(new ProgressMark(1, 2, 3, 6_000L).toEvent())))
        .containsExactly(new PublishedEvent(null, Instant.ofEpochMilli(5_000)));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"", "null", "[]", "7", "\"row\"", "{", "{}", "{\"type\":null}", NO_AMOUNT})
  void whatCannotBeReadIsLeftOutAndCounted(String value) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>("events", 0, null, value == null ? null : value.getBytes(UTF_8));
    EventsTopic.addWatermark(record.headers(), FULL);
    assertThat(read(record)).isEmpty();
    assertThat(context.count("published_left_out")).isEqualTo(1);
  }

  /** Rows of a replay, or of a job of all stages, are in the tables already. */
  @Test
  void aRowThatIsNotForOtherJobsIsLeftOut() throws Exception {
    ProducerRecord<byte[], byte[]> row = written(FULL);
    assertThat(read(new ProducerRecord<>("events", 0, row.key(), row.value()))).isEmpty();
    assertThat(context.count("published_left_out")).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"292278994-08-17T07:12:55.807Z", "+1000000000-01-01T00:00:00Z", "soon"})
  void aTimeBeyondAllTimesIsLeftOut(String time) throws Exception {
    ProducerRecord<byte[], byte[]> row = written(FULL);
    String value =
        new String(row.value(), UTF_8).replace("\"2026-03-01T12:00:00.123Z\"", '"' + time + '"');
    assertThat(
            read(
                new ProducerRecord<>(
                    "events", 0, null, row.key(), value.getBytes(UTF_8), row.headers())))
        .isEmpty();
    assertThat(context.count("published_left_out")).isEqualTo(1);
  }

  private static ProducerRecord<byte[], byte[]> written(Event event) throws Exception {
    PublishedEventSerializer serializer =
        new PublishedEventSerializer(new KafkaSinks.RowSerializer<>(RowTopics.EVENTS));
    serializer.open(null, null);
    return serializer.serialize(event, null, null);
  }

  private List<PublishedEvent> read(ProducerRecord<byte[], byte[]> written) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            written.topic(),
            written.partition() == null ? 0 : written.partition(),
            7,
            written.key(),
            written.value());
    written.headers().forEach(record.headers()::add);
    List<PublishedEvent> read = new ArrayList<>();
    deserializer.deserialize(record, new ListCollector<>(read));
    return read;
  }
}
