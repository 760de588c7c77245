package io.tidewatch.local.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.local.kafka.KafkaTopics;
import io.tidewatch.local.kafka.RecordSender;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;

/** The topic that keeps the newest model of each kind. */
public final class ModelTopic {

  public static final String NAME = "models";

  private ModelTopic() {}

  /** Models are few, and each is to replace the one before. */
  public static NewTopic definition() {
    return KafkaTopics.compacted(NAME);
  }

  /**
   * Sends a model, creating the topic where it is missing.
   *
   * @param kafka client properties
   * @throws io.tidewatch.local.UserException if Kafka does not take it
   */
  public static void publish(ModelDocument model, Map<String, String> kafka, String bootstrap) {
    KafkaTopics.createMissing(bootstrap, List.of(definition()));
    try (RecordSender sender = new RecordSender(kafka, bootstrap, NAME)) {
      sender.send(model.kind().label().getBytes(UTF_8), model.json());
      sender.finish();
    }
  }
}
