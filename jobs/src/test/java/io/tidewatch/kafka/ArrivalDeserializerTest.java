package io.tidewatch.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.stream.Arrival;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalDeserializerTest {

  private static final String EVENT =
      "{\"id\":\"e1\",\"type\":\"trial.started\",\"time\":\"1960-01-01T00:00:00Z\"}";

  private final CountingContext context = new CountingContext();

  @Test
  void aMarkIsNoEvent() {
    Arrival arrival = read(null, "1772366340000");
    assertThat(arrival.mark()).isEqualTo(Instant.parse("2026-03-01T11:59:00Z"));
    assertThat(arrival.reading()).isNull();
  }

  @Test
  void whatHasAValueIsARecordWhateverItsHeadersSay() {
    Arrival arrival = read(EVENT, "1772366340000");
    assertThat(arrival.mark()).isNull();
    assertThat(arrival.reading().events()).extracting(Event::id).containsExactly("e1");
  }

  /** Headers are the producers' own: none may stop the job again and again. */
  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "soon", "1e3", "99999999999999999999"})
  void aMarkThatSaysNothingIsARecordLikeAnyOther(String mark) {
    assertThat(read(EVENT, mark).reading().events()).extracting(Event::id).containsExactly("e1");
    assertThat(read(null, mark).reading().deadLetter().reasonCode()).isEqualTo("RECORD_NULL");
  }

  @Test
  void badInputIsNoFailureOfTheReader() {
    assertThat(read("{", null).reading().deadLetter().reasonCode()).isEqualTo("JSON_INVALID");
    assertThat(context.count("reader_failures")).isZero();
  }

  private Arrival read(String value, String mark) {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(
            "web-events", 0, 7, null, value == null ? null : value.getBytes(UTF_8));
    record.headers().add(ArrivalDeserializer.MARK, mark == null ? null : mark.getBytes(UTF_8));
    ArrivalDeserializer deserializer =
        new ArrivalDeserializer(
            SourceSettings.tidewatch("web", "web-events"),
            IngestSettings.defaults("a key for tests".getBytes(UTF_8)));
    deserializer.open(context);
    List<Arrival> arrivals = new ArrayList<>();
    deserializer.deserialize(record, new ListCollector<>(arrivals));
    assertThat(arrivals).hasSize(1);
    assertThat(arrivals.get(0).position().next()).isEqualTo(8);
    return arrivals.get(0);
  }
}
