package io.tidewatch.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads each partition in a thread of its own, and looks at each record. */
final class PlainConsumers implements Contender.Work {

  private final Supplier<ToLongFunction<byte[]>> readers;

  /**
   * @param readers make of a record a number that depends on all that was read of it
   */
  PlainConsumers(Supplier<ToLongFunction<byte[]>> readers) {
    this.readers = readers;
  }

  @Override
  public Measurement run(Contender.Assignment assignment) throws Exception {
    Measurement.Stopwatch stopwatch = new Measurement.Stopwatch();
    stopwatch.start();
    ExecutorService threads = Executors.newFixedThreadPool(Workload.PARTITIONS);
    try {
      List<Callable<Long>> tasks = new ArrayList<>();
      for (int partition = 0; partition < Workload.PARTITIONS; partition++) {
        TopicPartition own = new TopicPartition(assignment.topic(), partition);
        tasks.add(() -> consume(assignment, own));
      }
      long sum = 0;
      for (Future<Long> task : threads.invokeAll(tasks)) {
        sum += task.get();
      }
      if (sum == 0) {
        throw new IllegalStateException("nothing was read");
      }
      return stopwatch.stop(assignment.workload().requests());
    } finally {
      threads.shutdown();
    }
  }

  private long consume(Contender.Assignment assignment, TopicPartition partition) {
    Properties properties = new Properties();
    properties.putAll(assignment.kafka());
    properties.put("enable.auto.commit", "false");
    ToLongFunction<byte[]> reader = readers.get();
    long sum = 0;
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Topic.PATIENCE)) {
          sum += reader.applyAsLong(record.value());
        }
      }
    }
    return sum;
  }
}
