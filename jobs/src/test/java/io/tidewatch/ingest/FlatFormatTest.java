package io.tidewatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.event.Event;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FlatFormatTest {

  @Test
  void readsAPlainUsageLog() {
    Event event =
        read(
                FlatOptions.ofType("api.request"),
                """
                {"customer_id":17,"endpoint":"/quantize","status_code":200,"response_time_ms":1200,
                 "timestamp":"2026-03-01T11:00:00Z"}
                """)
            .events()
            .get(0);
    assertThat(event.type()).isEqualTo("api.request");
    assertThat(event.customerId()).isEqualTo("17");
    assertThat(event.time()).isEqualTo(Instant.parse("2026-03-01T11:00:00Z"));
    assertThat(event.properties())
        .isEqualTo(
            Map.of(
                "endpoint", "/quantize",
                "method", "-",
                "status_code", "200",
                "response_time_ms", "1200",
                "compute_units", "6"));
  }

  @Test
  void mapsFieldsOfAnyName() {
    FlatOptions options =
        new FlatOptions(
            null,
            "what",
            Map.of("time", "meta.at", "id", "uuid", "customer_id", "tenant"),
            Map.of("region", "eu"));
    Event event =
        read(
                options,
                """
                {"uuid":"e-9","what":"feature.used","meta":{"at":1772366340000},"tenant":"acme",
                 "timestamp":"irrelevant","feature":"export"}
                """)
            .events()
            .get(0);
    assertThat(event.id()).isEqualTo("e-9");
    assertThat(event.type()).isEqualTo("feature.used");
    assertThat(event.customerId()).isEqualTo("acme");
    assertThat(event.properties())
        .isEqualTo(Map.of("timestamp", "irrelevant", "feature", "export", "region", "eu"));
  }

  @Test
  void honoursConsent() {
    String denied = "{\"consent\":{\"analytics\":false},\"feature\":[]}";
    assertThat(read(FlatOptions.ofType("feature.used"), denied).end())
        .isEqualTo(RecordEnd.NO_CONSENT);
  }

  @Test
  void rejectsWhatItCannotMap() {
    FlatOptions options = new FlatOptions(null, "kind", Map.of(), Map.of());
    RecordReaderTest.assertRejected(read(options, "{\"time\":0}"), ReasonCode.FIELD_MISSING);
    RecordReaderTest.assertRejected(
        read(options, "{\"kind\":\"t\",\"time\":0,\"id\":[1]}"), ReasonCode.FIELD_TYPE);
    RecordReaderTest.assertRejected(read(options, "[1]"), ReasonCode.NOT_AN_OBJECT);
  }

  @Test
  void needsToKnowTheType() {
    assertThatThrownBy(() -> new FlatOptions(null, null, Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Reading read(FlatOptions options, String json) {
    return new RecordReader(
            SourceSettings.flat("usage", options, "usage"), IngestSettings.defaults(Records.KEY))
        .read(Records.record(json));
  }
}
