package io.tidewatch.kafka;

import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.FxRateMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The exchange rates that the topic holds already. A job that begins knows them before its first
 * event, which its own reading of the topic, beside the events, could not promise.
 */
public final class PublishedRates {

  private PublishedRates() {}

  /**
   * @param kafka client properties, with {@code bootstrap.servers}
   * @throws IllegalStateException if Kafka does not give all of them within a minute
   */
  public static List<FxRate> read(Map<String, String> kafka, String quoteCurrency) {
    List<FxRate> rates = new ArrayList<>();
    TopicContents.forEach(
        kafka, KafkaSources.FX_RATES, record -> add(record, quoteCurrency, rates));
    return rates;
  }

  /** What is no rate becomes a dead letter where the job reads it. */
  private static void add(
      ConsumerRecord<byte[], byte[]> record, String quoteCurrency, List<FxRate> rates) {
    try {
      rates.add(FxRateMessage.read(record.value(), record.offset(), quoteCurrency));
    } catch (IllegalArgumentException e) {
      return;
    }
  }
}
