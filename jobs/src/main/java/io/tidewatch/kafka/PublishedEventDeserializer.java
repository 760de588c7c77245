package io.tidewatch.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.event.Event;
import io.tidewatch.event.FewProperties;
import io.tidewatch.ingest.stream.ProgressMark;
import io.tidewatch.ingest.stream.PublishedEvent;
import io.tidewatch.ingest.stream.WritersProgress;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.metrics.Counter;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the topic of ingested events.
 *
 * <p>What an ingesting job has not written for other jobs is left out and counted: rows of a replay
 * or of a job of all stages, which carry no watermark, and whatever else can't be read.
 */
final class PublishedEventDeserializer implements KafkaRecordDeserializationSchema<PublishedEvent> {

  private static final Logger LOG = LoggerFactory.getLogger(PublishedEventDeserializer.class);

  /** The metric that counts what was left out. */
  private static final String LEFT_OUT = "published_left_out";

  private transient ObjectMapper json;
  private transient Counter leftOut;

  /** By partition; not restored, so that after a restore all writers are waited for again. */
  private transient Map<Integer, WritersProgress> progress;

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    json = new ObjectMapper();
    progress = new HashMap<>();
    leftOut = context.getMetricGroup().counter(LEFT_OUT);
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<PublishedEvent> out) {
    PublishedEvent published;
    try {
      published = read(record);
    } catch (IOException | RuntimeException unreadable) {
      leftOut.inc();
      LOG.debug(
          "{}-{}@{} left out: {}",
          record.topic(),
          record.partition(),
          record.offset(),
          unreadable.toString());
      return;
    }
    if (published.event() != null || published.progress() != null) {
      out.collect(published);
    }
  }

  private PublishedEvent read(ConsumerRecord<byte[], byte[]> record) throws IOException {
    Event row = event(json.readTree(record.value()));
    if (ProgressMark.isMark(row)) {
      return new PublishedEvent(
          null,
          progress
              .computeIfAbsent(record.partition(), partition -> new WritersProgress())
              .after(ProgressMark.of(row)));
    }
    return new PublishedEvent(row.withWatermark(EventsTopic.watermark(record.headers())), null);
  }

  private static Event event(JsonNode row) {
    return new Event(
        text(row, "source"),
        text(row, "event_id"),
        text(row, "type"),
        time(row, "time"),
        time(row, "received_at"),
        textOrNull(row, "customer_id"),
        textOrNull(row, "user_id"),
        textOrNull(row, "anonymous_id"),
        textOrNull(row, "session_id"),
        row.required("amount").isNull() ? null : new BigDecimal(text(row, "amount")),
        textOrNull(row, "currency"),
        properties(row.required("properties")),
        false,
        Event.NEVER_LATE);
  }

  private static Map<String, String> properties(JsonNode node) {
    Map<String, String> properties = FewProperties.ofSize(node.size());
    node.properties()
        .forEach(property -> properties.put(property.getKey(), text(property.getValue())));
    return properties;
  }

  private static Instant time(JsonNode row, String column) {
    Instant time = Instant.parse(text(row, column));
    // beyond what milliseconds can say it fails here and not in a stage
    return Instant.ofEpochMilli(time.toEpochMilli());
  }

  /** Absent texts are empty in rows. */
  private static String textOrNull(JsonNode row, String column) {
    String text = text(row, column);
    return text.isEmpty() ? null : text;
  }

  private static String text(JsonNode row, String column) {
    return text(row.required(column));
  }

  private static String text(JsonNode value) {
    if (!value.isTextual()) {
      throw new IllegalArgumentException("not a text: " + value);
    }
    return value.textValue();
  }

  @Override
  public TypeInformation<PublishedEvent> getProducedType() {
    return TypeInformation.of(PublishedEvent.class);
  }
}
