package io.tidewatch.bench;

import io.tidewatch.bench.Aggregates.Dimension;
import io.tidewatch.bench.Aggregates.Series;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KGroupedStream;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.WindowStore;

/**
 * The aggregates in Kafka Streams: two threads, RocksDB behind caches, a commit every five seconds,
 * at least once (the cheaper guarantee). The topic is keyed by customer, so only the endpoints need
 * a topic in between, which carries no more than the figure that is aggregated.
 */
final class StreamsTopology implements Contender.Work {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration GRACE = Duration.ofHours(1);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(2);

  private static final Serde<long[]> FIGURES =
      Serdes.serdeFrom(
          (topic, row) ->
              row == null
                  ? null
                  : ByteBuffer.allocate(24).putLong(row[0]).putLong(row[1]).putLong(row[2]).array(),
          (topic, bytes) -> {
            if (bytes == null) {
              return null;
            }
            ByteBuffer row = ByteBuffer.wrap(bytes);
            return new long[] {row.getLong(), row.getLong(), row.getLong()};
          });

  private static final Serde<RequestParser.Parsed> REQUESTS =
      Serdes.serdeFrom(
          (topic, request) -> {
            throw new UnsupportedOperationException();
          },
          (topic, bytes) -> RequestParser.parse(bytes));

  @Override
  public Measurement run(Contender.Assignment assignment) throws Exception {
    Measurement.Stopwatch stopwatch = new Measurement.Stopwatch();
    Aggregates result = assignment.result();
    try (KafkaStreams streams =
        new KafkaStreams(topology(assignment.topic(), result).build(), properties(assignment))) {
      stopwatch.start();
      streams.start();
      while (!result.awaitComplete(LOOK_EVERY)) {
        if (streams.state().hasCompletedShutdown()) {
          throw new IllegalStateException("the topology ended too soon: " + result.progress());
        }
      }
      return stopwatch.stop(assignment.workload().requests());
    }
  }

  private static StreamsBuilder topology(String topic, Aggregates result) {
    StreamsBuilder builder = new StreamsBuilder();
    KStream<String, RequestParser.Parsed> requests =
        builder.stream(
                topic,
                Consumed.with(Serdes.String(), REQUESTS)
                    .withTimestampExtractor(
                        (record, time) -> ((RequestParser.Parsed) record.value()).time))
            .filter((customer, request) -> request.time < Workload.END.toEpochMilli());
    aggregate(
        requests
            .mapValues(request -> request.responseTimeMs)
            .groupByKey(Grouped.with("customer", Serdes.String(), Serdes.Long())),
        Dimension.CUSTOMER,
        result);
    aggregate(
        requests
            .map((customer, request) -> KeyValue.pair(request.endpoint, request.responseTimeMs))
            .groupByKey(Grouped.with("endpoint", Serdes.String(), Serdes.Long())),
        Dimension.ENDPOINT,
        result);
    return builder;
  }

  private static void aggregate(
      KGroupedStream<String, Long> requests, Dimension dimension, Aggregates result) {
    requests
        .windowedBy(TimeWindows.ofSizeAndGrace(MINUTE, GRACE))
        .aggregate(
            () -> new long[3],
            (key, milliseconds, row) ->
                new long[] {row[0] + 1, row[1] + milliseconds, Math.max(row[2], milliseconds)},
            Materialized.<String, long[], WindowStore<Bytes, byte[]>>as(
                    "by-" + dimension.name().toLowerCase(Locale.ROOT))
                .withKeySerde(Serdes.String())
                .withValueSerde(FIGURES)
                .withCachingEnabled())
        .toStream()
        .foreach(
            (window, row) ->
                result.put(
                    new Series(dimension, window.key(), window.window().start()),
                    row[0],
                    row[1],
                    row[2]));
  }

  private static Properties properties(Contender.Assignment assignment) {
    Properties properties = new Properties();
    properties.putAll(assignment.kafka());
    properties.remove("group.id");
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, assignment.kafka().get("group.id"));
    properties.put(StreamsConfig.STATE_DIR_CONFIG, assignment.directory().toString());
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Workload.PARTITIONS);
    properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 5_000);
    properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 256L << 20);
    properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, 1);
    properties.put("auto.offset.reset", "earliest");
    return properties;
  }
}
