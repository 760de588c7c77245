package io.tidewatch.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.rules.RuleMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * The topic that changes of rules travel by: compacted, with one partition, so that they stay in
 * their order. The key is the rule's name, the value its document, without one for what was
 * forgotten; the header {@code by} says who wants it.
 */
public final class RuleTopic {

  public static final String NAME = "alert-rules";

  private static final String AUTHOR = "by";

  private RuleTopic() {}

  /**
   * A record that changes a rule.
   *
   * @param yaml null to go back to the rule that the job was started with
   */
  public static ProducerRecord<byte[], byte[]> record(String name, String yaml, String author) {
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            NAME, name.getBytes(UTF_8), yaml == null ? null : yaml.getBytes(UTF_8));
    record.headers().add(AUTHOR, author.getBytes(UTF_8));
    return record;
  }

  /** What {@link RuleMessage#id} is of the record at this place. */
  public static String idOf(int partition, long offset) {
    return "%s-%d-%d".formatted(NAME, partition, offset);
  }

  /**
   * The newest of each rule that the topic keeps, in their order.
   *
   * @param kafka client properties, with {@code bootstrap.servers}
   */
  public static List<RuleMessage> read(Map<String, String> kafka) {
    List<RuleMessage> messages = new ArrayList<>();
    TopicContents.forEach(kafka, NAME, record -> messages.add(messageOf(record)));
    return messages;
  }

  static RuleMessage messageOf(ConsumerRecord<byte[], byte[]> record) {
    Header author = record.headers().lastHeader(AUTHOR);
    return new RuleMessage(
        idOf(record.partition(), record.offset()),
        text(record.key(), ""),
        text(record.value(), null),
        author == null ? "" : text(author.value(), ""),
        Instant.ofEpochMilli(record.timestamp()));
  }

  private static String text(byte[] bytes, String absent) {
    return bytes == null ? absent : new String(bytes, UTF_8);
  }
}
