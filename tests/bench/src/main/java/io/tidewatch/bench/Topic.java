package io.tidewatch.bench;

import io.tidewatch.local.kafka.KafkaTopics;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A topic with the whole workload. */
final class Topic {

  static final Duration PATIENCE = Duration.ofMillis(200);

  private static final long SAY_EVERY = 1_000_000;

  private Topic() {}

  static String of(Workload workload) {
    return "requests-" + workload.requests();
  }

  /** Sends what the topic lacks: all of it, what an interrupted run left out, or nothing. */
  static void fill(String bootstrap, Workload workload, PrintStream progress) {
    String topic = of(workload);
    KafkaTopics.createMissing(
        bootstrap, List.of(new NewTopic(topic, Workload.PARTITIONS, (short) 1)));
    long[] there = ends(bootstrap, topic);
    long[] sent = new long[Workload.PARTITIONS];
    try (var producer = producer(bootstrap)) {
      for (long number = 0; number < workload.requests(); number++) {
        Request request = workload.request(number);
        int partition = request.partition();
        if (sent[partition]++ >= there[partition]) {
          producer.send(record(topic, partition, request));
        }
        if ((number + 1) % SAY_EVERY == 0) {
          progress.printf("%,d requests are in the topic%n", number + 1);
        }
      }
      for (int partition = 0; partition < Workload.PARTITIONS; partition++) {
        if (sent[partition] >= there[partition]) {
          producer.send(record(topic, partition, workload.closing()));
        }
      }
    }
  }

  private static ProducerRecord<byte[], byte[]> record(
      String topic, int partition, Request request) {
    byte[] key = Request.customerId(request.customer()).getBytes();
    return new ProducerRecord<>(topic, partition, request.arrival(), key, request.json());
  }

  private static long[] ends(String bootstrap, String topic) {
    try (var consumer =
        new KafkaConsumer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrap),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      Map<TopicPartition, Long> ends =
          new HashMap<>(
              consumer.endOffsets(
                  IntStream.range(0, Workload.PARTITIONS)
                      .mapToObj(partition -> new TopicPartition(topic, partition))
                      .toList()));
      return IntStream.range(0, Workload.PARTITIONS)
          .mapToLong(partition -> ends.get(new TopicPartition(topic, partition)))
          .toArray();
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrap);
    properties.put("linger.ms", "20");
    properties.put("batch.size", Integer.toString(256 << 10));
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }
}
