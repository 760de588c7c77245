package io.tidewatch.local.kafka;

import java.nio.file.Path;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;

/** A broker to be killed: it says its address on standard output and stays. */
final class KafkaInAnotherProcess {

  private KafkaInAnotherProcess() {}

  public static void main(String[] arguments) throws Exception {
    LocalKafka kafka = LocalKafka.start(Path.of(arguments[0]), 0);
    KafkaTopics.createMissing(kafka.bootstrap(), List.of(new NewTopic("events", 2, (short) 1)));
    System.out.println(kafka.bootstrap());
    System.in.read();
  }
}
