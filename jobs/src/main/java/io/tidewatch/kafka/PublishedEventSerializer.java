package io.tidewatch.kafka;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.stream.ProgressMark;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Adds to rows of events what stages of other jobs need, and sends marks to their partition. */
final class PublishedEventSerializer implements KafkaRecordSerializationSchema<Event> {

  private final KafkaRecordSerializationSchema<Event> rows;

  PublishedEventSerializer(KafkaRecordSerializationSchema<Event> rows) {
    this.rows = rows;
  }

  @Override
  public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sinkContext)
      throws Exception {
    rows.open(context, sinkContext);
  }

  @Override
  public ProducerRecord<byte[], byte[]> serialize(
      Event event, KafkaSinkContext context, Long timestamp) {
    ProducerRecord<byte[], byte[]> row = rows.serialize(event, context, timestamp);
    if (ProgressMark.isMark(event)) {
      return new ProducerRecord<>(
          row.topic(), ProgressMark.of(event).partition(), row.key(), row.value());
    }
    EventsTopic.addWatermark(row.headers(), event);
    return row;
  }
}
