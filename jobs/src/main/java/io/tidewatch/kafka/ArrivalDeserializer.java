package io.tidewatch.kafka;

import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.Limits;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.RecordReader;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.stream.Arrival;
import io.tidewatch.time.Position;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Reads records where they are fetched, so that each partition has its own event time.
 *
 * <p>A record with the header {@link #MARK} and no value is the producer's word on event time and
 * no event. One whose header can't be read is a record like any other.
 *
 * <p>Records on which the reader itself fails are rejected, counted and logged.
 */
final class ArrivalDeserializer implements KafkaRecordDeserializationSchema<Arrival> {

  /** Epoch milliseconds as decimal text: nothing older follows in this partition. */
  static final String MARK = "tidewatch-mark";

  private final SourceSettings source;
  private final IngestSettings settings;

  private transient RecordReader reader;

  /** Of the record before: records come many at a time from a partition. */
  private transient String lastTopic;

  private transient int lastPartition;
  private transient String nameOfLast;

  ArrivalDeserializer(SourceSettings source, IngestSettings settings) {
    this.source = source;
    this.settings = settings;
  }

  @Override
  public void open(DeserializationSchema.InitializationContext context) {
    reader =
        new RecordReader(
            source, settings, new ReaderFailures(context.getMetricGroup(), Clock.systemUTC()));
  }

  @Override
  public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<Arrival> out) {
    Instant receivedAt = Limits.clamp(Instant.ofEpochMilli(record.timestamp()));
    Position position = new Position(partitionOf(record), record.offset() + 1);
    Instant mark = markOf(record);
    if (mark != null) {
      out.collect(new Arrival(null, receivedAt, mark, position));
      return;
    }
    RawRecord raw =
        new RawRecord(
            source.name(),
            record.topic(),
            record.partition(),
            record.offset(),
            receivedAt,
            record.value());
    out.collect(new Arrival(reader.read(raw), receivedAt, null, position));
  }

  /** Null for a record that is no mark; those with a value never are, and are not looked at. */
  private static Instant markOf(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() != null) {
      return null;
    }
    Header header = record.headers().lastHeader(MARK);
    if (header == null || header.value() == null) {
      return null;
    }
    try {
      return Instant.ofEpochMilli(
          Long.parseLong(new String(header.value(), StandardCharsets.US_ASCII)));
    } catch (NumberFormatException unreadable) {
      return null;
    }
  }

  private String partitionOf(ConsumerRecord<byte[], byte[]> record) {
    if (record.partition() != lastPartition || !record.topic().equals(lastTopic)) {
      lastPartition = record.partition();
      lastTopic = record.topic();
      nameOfLast = KafkaBacklog.nameOf(lastTopic, lastPartition);
    }
    return nameOfLast;
  }

  @Override
  public TypeInformation<Arrival> getProducedType() {
    return TypeInformation.of(Arrival.class);
  }
}
