package io.tidewatch.local.kafka;

import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.UserException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and its controller in this JVM, on loopback.
 *
 * <p>Records are kept for ever and survive a stop, a crash of the JVM and a change of port. Topics
 * must be created: none comes into being by being asked for.
 */
public final class LocalKafka implements AutoCloseable {

  /** What one request of a producer may hold: records of some megabytes are read, not refused. */
  public static final int LARGEST_BATCH = 8 << 20;

  private final KafkaRaftServer server;
  private final String bootstrap;

  private LocalKafka(KafkaRaftServer server, String bootstrap) {
    this.server = server;
    this.bootstrap = bootstrap;
  }

  /**
   * Starts the broker and returns once it serves clients.
   *
   * @param directory where Kafka keeps its data; created where missing, for one process at a time
   * @param port the port of the broker; 0 takes a free one
   * @throws UserException where the port is taken
   */
  public static LocalKafka start(Path directory, int port) {
    int brokerPort = LoopbackPort.orFree(port, "Kafka");
    Properties properties = properties(directory.toAbsolutePath(), brokerPort);
    format(directory, properties);
    KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
    server.startup();
    return new LocalKafka(server, LoopbackPort.HOST + ":" + brokerPort);
  }

  /** The address that clients connect to. */
  public String bootstrap() {
    return bootstrap;
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }

  private static Properties properties(Path directory, int brokerPort) {
    String broker = "PLAINTEXT://%s:%d".formatted(LoopbackPort.HOST, brokerPort);
    String controller = LoopbackPort.HOST + ":" + LoopbackPort.free();
    Properties properties = new Properties();
    properties.putAll(
        Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", "1"),
            Map.entry("controller.quorum.voters", "1@" + controller),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("listeners", broker + ",CONTROLLER://" + controller),
            Map.entry("advertised.listeners", broker),
            // a broker that crashed is let in again only when its old session is over
            Map.entry("broker.session.timeout.ms", "3000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            Map.entry("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("inter.broker.listener.name", "PLAINTEXT"),
            Map.entry("log.dirs", directory.resolve("log").toString()),
            Map.entry("log.retention.ms", "-1"),
            Map.entry("message.max.bytes", Integer.toString(LARGEST_BATCH)),
            Map.entry("log.cleaner.dedupe.buffer.size", Integer.toString(8 << 20)),
            Map.entry("auto.create.topics.enable", "false"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.max.timeout.ms", "3600000"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1")));
    return properties;
  }

  /** Prepares a new directory; one that holds a broker's data stays untouched. */
  private static void format(Path directory, Properties properties) {
    try {
      Files.createDirectories(directory);
      Path file = directory.resolve("server.properties");
      try (OutputStream out = Files.newOutputStream(file)) {
        properties.store(out, null);
      }
      String[] arguments = {
        "format",
        "--cluster-id",
        Uuid.randomUuid().toString(),
        "--config",
        file.toString(),
        "--ignore-formatted"
      };
      if (!Files.exists(directory.resolve("log").resolve("meta.properties"))
          && StorageTool.execute(arguments, new PrintStream(OutputStream.nullOutputStream()))
              != 0) {
        throw new UserException("Kafka cannot use the directory " + directory + ".");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
