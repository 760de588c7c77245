package io.tidewatch.local.rules;

import io.tidewatch.audit.AuditEntry;
import io.tidewatch.clickhouse.AuditLog;
import io.tidewatch.kafka.RuleTopic;
import io.tidewatch.local.RunningStack;
import io.tidewatch.local.kafka.KafkaTopics;
import io.tidewatch.local.kafka.RecordSender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.RecordMetadata;

/** Changes of rules, sent to the stack that is up. */
public final class RuleChanges {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long LOOK_EVERY_MILLIS = 100;

  private final Map<String, String> kafka;
  private final String bootstrap;
  private final AuditLog audit;

  /**
   * @param kafka client properties
   * @throws io.tidewatch.local.UserException if no stack is up
   */
  public RuleChanges(RunningStack stack, Map<String, String> kafka) {
    this.kafka = kafka;
    this.bootstrap = stack.kafkaBootstrap();
    this.audit = new AuditLog(stack.clickHouse());
  }

  public LiveRuleBook inForce() {
    KafkaTopics.createMissing(bootstrap, List.of(KafkaTopics.compacted(RuleTopic.NAME)));
    return LiveRuleBook.read(kafka, bootstrap);
  }

  public AuditLog audit() {
    return audit;
  }

  /**
   * Sends changes.
   *
   * @param documents by the names of rules; null to go back to the rule that the job was started
   *     with
   * @return what the job's answers will be known by, in their order
   */
  public List<String> send(Map<String, String> documents, String author) {
    KafkaTopics.createMissing(bootstrap, List.of(KafkaTopics.compacted(RuleTopic.NAME)));
    List<String> sent = new ArrayList<>();
    try (RecordSender sender = new RecordSender(kafka, bootstrap, RuleTopic.NAME)) {
      documents.forEach(
          (name, yaml) -> {
            RecordMetadata place = sender.deliver(RuleTopic.record(name, yaml, author));
            sent.add(RuleTopic.idOf(place.partition(), place.offset()));
          });
    }
    return sent;
  }

  /**
   * Waits until the job has said what became of each change.
   *
   * @return in their order; empty where it says nothing for half a minute, as when it does not run
   */
  public List<Optional<AuditEntry>> answers(List<String> sent) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    List<Optional<AuditEntry>> answers = new ArrayList<>();
    for (String id : sent) {
      Optional<AuditEntry> entry = audit.find(id);
      while (entry.isEmpty() && System.nanoTime() < deadline) {
        Thread.sleep(LOOK_EVERY_MILLIS);
        entry = audit.find(id);
      }
      answers.add(entry);
    }
    return answers;
  }
}
