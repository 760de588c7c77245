package io.tidewatch.kafka;

import io.tidewatch.ingest.Limits;
import io.tidewatch.ingest.RawRecord;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records as they lie in Kafka. */
final class RawRecordDeserializer implements KafkaRecordDeserializationSchema<RawRecord> {

  private final String source;

  RawRecordDeserializer(String source) {
    this.source = source;
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<RawRecord> out) {
    out.collect(
        new RawRecord(
            source,
            record.topic(),
            record.partition(),
            record.offset(),
            Limits.clamp(Instant.ofEpochMilli(record.timestamp())),
            record.value()));
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return TypeInformation.of(RawRecord.class);
  }
}
