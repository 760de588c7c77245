package io.tidewatch.local.status;

import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.local.UserException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How many records of each source the job has still to read.
 *
 * <p>Offsets are committed with checkpoints: what was read since the last one counts as unread.
 */
public final class SourceLag {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final Map<String, String> kafka;
  private final String bootstrap;

  /**
   * @param kafka client properties with {@code group.id}
   */
  public SourceLag(Map<String, String> kafka, String bootstrap) {
    this.kafka = kafka;
    this.bootstrap = bootstrap;
  }

  /** Records by source, in the order of the sources. */
  public Map<String, Long> of(List<SourceSetup> sources) {
    Map<String, Object> properties = new HashMap<>(kafka);
    String group = (String) properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
    properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
    properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
    properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
    try (Admin admin = Admin.create(properties)) {
      Map<String, Long> byTopic = byTopic(admin, group, sources);
      Map<String, Long> lag = new LinkedHashMap<>();
      sources.forEach(
          source ->
              lag.put(
                  source.name(), source.source().topics().stream().mapToLong(byTopic::get).sum()));
      return lag;
    } catch (ExecutionException e) {
      throw new UserException(
          "Kafka at %s does not tell its offsets: %s"
              .formatted(bootstrap, e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted while Kafka was answering.", e);
    }
  }

  private static Map<String, Long> byTopic(Admin admin, String group, List<SourceSetup> sources)
      throws ExecutionException, InterruptedException {
    List<TopicPartition> partitions = partitions(admin, sources);
    Map<TopicPartition, ListOffsetsResultInfo> begin =
        offsets(admin, partitions, OffsetSpec.earliest());
    Map<TopicPartition, ListOffsetsResultInfo> end =
        offsets(admin, partitions, OffsetSpec.latest());
    Map<TopicPartition, OffsetAndMetadata> committed =
        admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return partitions.stream()
        .collect(
            Collectors.groupingBy(
                TopicPartition::topic,
                Collectors.summingLong(
                    partition -> {
                      OffsetAndMetadata read = committed.get(partition);
                      long from = read == null ? begin.get(partition).offset() : read.offset();
                      return Math.max(0, end.get(partition).offset() - from);
                    })));
  }

  private static List<TopicPartition> partitions(Admin admin, List<SourceSetup> sources)
      throws ExecutionException, InterruptedException {
    List<String> topics =
        sources.stream().flatMap(source -> source.source().topics().stream()).distinct().toList();
    return admin.describeTopics(topics).allTopicNames().get().values().stream()
        .flatMap(
            topic ->
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
        .toList();
  }

  private static Map<TopicPartition, ListOffsetsResultInfo> offsets(
      Admin admin, List<TopicPartition> partitions, OffsetSpec which)
      throws ExecutionException, InterruptedException {
    return admin
        .listOffsets(
            partitions.stream().collect(Collectors.toMap(partition -> partition, p -> which)))
        .all()
        .get();
  }
}
