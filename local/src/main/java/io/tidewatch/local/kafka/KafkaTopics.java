package io.tidewatch.local.kafka;

import io.tidewatch.local.UserException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of a Kafka cluster, local or not. */
public final class KafkaTopics {

  private static final int TIMEOUT_MILLIS = 30_000;

  private static final short UNREPLICATED = 1;

  private KafkaTopics() {}

  /** A topic that keeps the newest record of each key, all in one order. */
  public static NewTopic compacted(String name) {
    return new NewTopic(name, 1, UNREPLICATED)
        .configs(Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /**
   * Creates the topics that do not exist; the others stay as they are.
   *
   * @param bootstrap the addresses of the cluster
   * @throws UserException where the cluster does not answer or refuses
   */
  public static void createMissing(String bootstrap, Collection<NewTopic> wanted) {
    try (Admin admin =
        Admin.create(
            Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                TIMEOUT_MILLIS))) {
      Set<String> existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          wanted.stream().filter(topic -> !existing.contains(topic.name())).toList();
      for (var created : admin.createTopics(missing).values().values()) {
        await(created);
      }
    } catch (ExecutionException e) {
      throw new UserException(
          "Kafka at %s cannot create the topics: %s"
              .formatted(bootstrap, e.getCause().getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted while Kafka was creating topics.", e);
    }
  }

  private static void await(KafkaFuture<Void> created)
      throws ExecutionException, InterruptedException {
    try {
      created.get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw e;
      }
    }
  }
}
