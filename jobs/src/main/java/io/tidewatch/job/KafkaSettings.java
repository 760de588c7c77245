package io.tidewatch.job;

import io.tidewatch.kafka.KafkaSources;
import java.util.HashMap;
import java.util.Map;

/**
 * The Kafka that is read and written.
 *
 * @param properties of its clients, with {@code bootstrap.servers} and {@code group.id}
 * @param writeEvents whether accepted events go to the topic {@code events}
 */
public record KafkaSettings(Map<String, String> properties, boolean writeEvents) {

  public KafkaSettings {
    properties = Map.copyOf(properties);
  }

  /** The brokers that clients ask first, as {@code host:port}, separated by commas. */
  public String bootstrap() {
    return properties.get("bootstrap.servers");
  }

  /** With the most bytes fetched from a partition at a time, unless the properties name a limit. */
  KafkaSettings fetchingAtMost(int bytes) {
    Map<String, String> limited = new HashMap<>(properties);
    limited.putIfAbsent(KafkaSources.FETCHED_BYTES, Integer.toString(bytes));
    return new KafkaSettings(limited, writeEvents);
  }
}
