package io.tidewatch.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;

/** One way to read the workload; each run of one has a process of its own. */
enum Contender {
  CONSUME("raw consume", new PlainConsumers(() -> value -> value.length)),
  PARSE("consume and parse", new PlainConsumers(RequestParser::new)),
  FLINK_SQL("Flink SQL", new FlinkSql()),
  KAFKA_STREAMS("Kafka Streams", new StreamsTopology()),
  TIDEWATCH("Tidewatch", new TidewatchStages(false)),
  TIDEWATCH_QUALITY("Tidewatch + quality", new TidewatchStages(true));

  private final String title;
  private final Work work;

  Contender(String title, Work work) {
    this.title = title;
    this.work = work;
  }

  String title() {
    return title;
  }

  Work work() {
    return work;
  }

  /** Whether it aggregates, so that rows come out of it. */
  boolean aggregates() {
    return this != CONSUME && this != PARSE;
  }

  /** Whether it is a job of Flink, which takes checkpoints. */
  boolean takesCheckpoints() {
    return aggregates() && this != KAFKA_STREAMS;
  }

  /** What a contender does. */
  interface Work {

    /**
     * Reads all of the topic.
     *
     * @return what it took until the result was complete, without what had to be started and
     *     planned before
     */
    Measurement run(Assignment assignment) throws Exception;
  }

  /**
   * What to read, and where to leave the result.
   *
   * @param conf the folder of Tidewatch's configuration
   * @param directory for working files, of this run alone
   * @param result stays empty where nothing is aggregated
   */
  record Assignment(
      String bootstrap,
      String topic,
      Workload workload,
      Path conf,
      Path directory,
      Aggregates result) {

    /** How all contenders read from Kafka: as clients do that are told nothing. */
    Map<String, String> kafka() {
      return Map.of(
          "bootstrap.servers",
          bootstrap,
          "group.id",
          "bench-" + UUID.nameUUIDFromBytes(directory.toString().getBytes(UTF_8)));
    }
  }
}
