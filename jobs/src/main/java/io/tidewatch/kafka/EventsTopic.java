package io.tidewatch.kafka;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tidewatch.event.Event;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * The topic that accepted events travel by, to the stages of other jobs and to readers outside. A
 * value is a row of {@code fact_events}. What the stages need beyond it, the watermark that ingest
 * judged the event's lateness by, is in a header; and progress marks are among the events.
 */
public final class EventsTopic {

  public static final String NAME = "events";

  /** Epoch milliseconds as decimal text. */
  private static final String WATERMARK = "tidewatch-watermark";

  private EventsTopic() {}

  /**
   * How many partitions it has.
   *
   * @param kafka client properties, with {@code bootstrap.servers}
   */
  public static int partitionCount(Map<String, String> kafka) {
    try (KafkaConsumer<byte[], byte[]> consumer = CommittedRecords.consumer(kafka)) {
      return CommittedRecords.partitions(consumer, NAME).size();
    }
  }

  static void addWatermark(Headers headers, Event event) {
    headers.add(WATERMARK, Long.toString(event.watermark()).getBytes(US_ASCII));
  }

  /**
   * @throws IllegalArgumentException if there is none, or it can't be read
   */
  static long watermark(Headers headers) {
    Header header = headers.lastHeader(WATERMARK);
    if (header == null || header.value() == null) {
      throw new IllegalArgumentException("the header " + WATERMARK + " is missing");
    }
    return Long.parseLong(new String(header.value(), US_ASCII));
  }
}
