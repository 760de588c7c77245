package io.tidewatch.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.ClickHouseEndpoint;
import io.tidewatch.local.AnotherProcess;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.DirectoryLock;
import io.tidewatch.local.ListeningSockets;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.StackAddresses;
import io.tidewatch.local.Terminal;
import io.tidewatch.local.Tidewatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class UpCommandTest {

  private static final int BATCH = 100;
  private static final Duration POLL = Duration.ofMillis(100);
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /** A minute whose windows are closed, so that what counts in them is final at once. */
  private static final Instant TIME = Instant.now().minus(Duration.ofMinutes(3));

  @TempDir private Path directory;
  @RegisterExtension private final Terminal terminal = new Terminal();

  @Test
  void goesOnWhereItWasKilledAndStopsInGoodOrder() throws Exception {
    try (AnotherProcess first = up()) {
      assertThat(execute("send", payments(0, BATCH), "--source", "payments")).isZero();
      assertThat(await("SELECT count() FROM v_fact_events", BATCH)).isEqualTo(BATCH);
      assertThat(execute("status")).isZero();

      List<ProcessHandle> children = first.children();
      assertThat(ListeningSockets.of(first.pid()))
          .hasSizeGreaterThan(3)
          .allMatch(InetAddress::isLoopbackAddress);
      for (ProcessHandle child : children) {
        assertThat(ListeningSockets.of(child.pid())).allMatch(InetAddress::isLoopbackAddress);
      }
      first.kill();
      for (ProcessHandle child : children) {
        child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      }
    }
    assertThat(execute("status")).isEqualTo(1);
    assertThat(terminal.errors()).startsWith("No stack is up on " + directory).hasLineCount(1);

    try (AnotherProcess second = up()) {
      // The first half once more: what was read before the kill is remembered.
      assertThat(execute("send", payments(0, 2 * BATCH), "--source", "payments")).isZero();
      assertThat(await("SELECT count() FROM v_fact_events", 2 * BATCH)).isEqualTo(2 * BATCH);
      assertThat(
              await(
                  "SELECT ifNull(sum(amount), 0) FROM v_metric_windows WHERE metric = 'gross_revenue'"
                      + " AND window = '1m' AND series = '' AND is_final = 1",
                  2 * BATCH))
          .isEqualTo(2 * BATCH);
      assertThat(awaitEvents(2 * BATCH)).isEqualTo(2 * BATCH);

      List<ProcessHandle> children = second.children();
      assertThat(children).isNotEmpty();
      assertThat(second.terminate()).isZero();
      assertThat(children).noneMatch(ProcessHandle::isAlive);
      assertThat(DataDirectory.at(directory).runningStack()).isEmpty();
    }
  }

  @Test
  void asksForNoSavepointOfAJobThatHasNotComeToRun() throws Exception {
    try (AnotherProcess up =
        AnotherProcess.startLogging(Tidewatch.class, upOptions("--flink-port=0"))) {
      linesUntil("Alerts ", up);
      assertThat(up.terminate()).isZero();
    }
    assertThat(Files.readAllLines(directory.resolve(Path.of("logs", "tidewatch.log"))))
        .filteredOn(line -> line.contains(" LiveJob "))
        .isNotEmpty()
        .noneMatch(line -> line.contains(" WARN "));
  }

  @Test
  void servesAJobOnAClusterOfItsOwn() throws Exception {
    try (AnotherProcess up =
        AnotherProcess.start(Tidewatch.class, upOptions("--without-flink", "--preview-port=0"))) {
      List<String> lines = linesUntilReady(up);
      assertThat(lines)
          .contains(
              "export KAFKA_BOOTSTRAP=" + stack().kafkaBootstrap(),
              "export CLICKHOUSE_URL=" + stack().clickhouseUrl(),
              "export DASHBOARDS_URL=" + dashboards(lines))
          .anyMatch(line -> line.startsWith("export TIDEWATCH_PSEUDONYM_KEY="))
          .noneMatch(line -> line.startsWith("Flink"));
      assertThat(execute("sql", "SELECT count() FROM v_fact_events")).isZero();
      assertThat(execute("status")).isEqualTo(1);
      assertThat(terminal.errors()).contains("FLINK_URL").hasLineCount(1);
      assertThat(up.terminate()).isZero();
    }
  }

  @Test
  void saysThatAPortIsTaken() throws IOException {
    try (ServerSocket holder = new ServerSocket(0, 1, InetAddress.getByName(LoopbackPort.HOST))) {
      String port = Integer.toString(holder.getLocalPort());
      assertThat(execute("up", "--kafka-port", "0", "--clickhouse-port", "0", "--flink-port", port))
          .isEqualTo(1);
      assertThat(terminal.errors())
          .isEqualTo(
              "Port %s, wanted for Flink's web UI, is taken: stop what listens there or choose another port.%n",
              port);
    }
  }

  @Test
  void saysThatThereIsNoSuchPort() {
    assertThat(execute("up", "--kafka-port", "0", "--clickhouse-port", "70000")).isEqualTo(1);
    assertThat(terminal.errors())
        .startsWith("There is no port 70000, wanted for ClickHouse: choose one up to 65535")
        .hasLineCount(1);
    assertThat(execute("up", "--preview-port=-1")).isEqualTo(1);
    assertThat(terminal.errors()).startsWith("There is no port -1, wanted for the preview");
  }

  @Test
  void saysThatTheDirectoryIsInUse() {
    try (DirectoryLock lock = DataDirectory.at(directory).lock()) {
      assertThat(execute("up", "--kafka-port", "0")).isEqualTo(1);
      assertThat(terminal.errors()).startsWith(directory + " is in use by process").hasLineCount(1);
    }
  }

  @Test
  void saysWhatStagesThereAre() {
    assertThat(execute("up", "--stages", "ingest,metric")).isEqualTo(1);
    assertThat(terminal.errors())
        .contains(
            "there is no stage 'metric'", "[ingest, facts, revenue, customers, metrics, alerts]")
        .hasLineCount(1);
  }

  private AnotherProcess up() throws IOException {
    AnotherProcess process = AnotherProcess.start(Tidewatch.class, upOptions("--flink-port=0"));
    linesUntilReady(process);
    return process;
  }

  private List<String> upOptions(String... more) {
    List<String> all = new ArrayList<>();
    all.addAll(List.of("up", "--data-dir=" + directory, "--kafka-port=0", "--clickhouse-port=0"));
    all.addAll(List.of(more));
    return all;
  }

  private static String dashboards(List<String> lines) {
    String title = "Dashboards  ";
    return lines.stream()
        .filter(line -> line.startsWith(title))
        .map(line -> line.substring(title.length()))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> linesUntilReady(AnotherProcess process) throws IOException {
    return linesUntil("ready in ", process);
  }

  private static List<String> linesUntil(String beginning, AnotherProcess process)
      throws IOException {
    List<String> lines = new ArrayList<>();
    String line = process.nextLine();
    while (line != null && !line.startsWith(beginning)) {
      lines.add(line);
      line = process.nextLine();
    }
    assertThat(line).as("the line that begins with '%s'", beginning).isNotNull();
    return lines;
  }

  /** Payments of 1.00 each, with these numbers as ids. */
  private String payments(int from, int to) throws IOException {
    List<String> lines =
        IntStream.range(from, to)
            .mapToObj(
                number ->
                    """
                    {"id":"p%d","type":"payment.succeeded","time":"%s","customer_id":"acme",\
                    "properties":{"amount":"1.00","currency":"EUR"}}"""
                        .formatted(number, TIME))
            .toList();
    return Files.write(directory.resolve("payments.jsonl"), lines).toString();
  }

  private int execute(String... arguments) {
    return terminal.executeIn(directory, arguments);
  }

  /** The answer to a query for a number, once it is the expected one or time is up. */
  private long await(String query, long expected) {
    ClickHouseClient client =
        new ClickHouseClient(ClickHouseEndpoint.of(stack().clickhouseUrl()), "tidewatch");
    return await(
        () -> (long) Double.parseDouble(client.query(query).get(0).values().iterator().next()),
        expected);
  }

  /** How many records of the topic events a reader of committed ones sees. */
  private long awaitEvents(long expected) {
    try (KafkaConsumer<String, String> consumer =
        new KafkaConsumer<>(
            Map.of(
                "bootstrap.servers", stack().kafkaBootstrap(),
                "group.id", "reader",
                "auto.offset.reset", "earliest",
                "isolation.level", "read_committed"),
            new StringDeserializer(),
            new StringDeserializer())) {
      consumer.subscribe(List.of("events"));
      long[] seen = new long[1];
      return await(() -> seen[0] += consumer.poll(Duration.ofMillis(200)).count(), expected);
    }
  }

  private static long await(Supplier<Long> number, long expected) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    long last = number.get();
    while (last != expected && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL.toNanos());
      last = number.get();
    }
    return last;
  }

  private StackAddresses stack() {
    return DataDirectory.at(directory).runningStack().orElseThrow();
  }
}
