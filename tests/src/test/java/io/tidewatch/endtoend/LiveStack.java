package io.tidewatch.endtoend;

import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.clickhouse.Table;
import io.tidewatch.clickhouse.Tables;
import io.tidewatch.clickhouse.verify.Verification;
import io.tidewatch.clickhouse.verify.VerificationReport;
import io.tidewatch.dashboards.DashboardLinks;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.flink.FlinkRest;
import io.tidewatch.local.replay.Replay;
import io.tidewatch.local.stack.LocalStack;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.flink.api.common.JobID;
import org.apache.flink.runtime.client.JobStatusMessage;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ExtensionContext.Store.CloseableResource;

/**
 * Kafka, Flink and ClickHouse, all real, started once for all tests of a process.
 *
 * <p>A test finds topics and tables as the one before left them: it empties them, or uses its own.
 */
public final class LiveStack implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {

  /** What the job writes. */
  private static final List<Table<?>> WRITTEN =
      List.of(
          Tables.FACT_EVENTS,
          Tables.METRIC_WINDOWS,
          Tables.DEAD_LETTERS,
          Tables.LATE_EVENTS,
          Tables.DATA_QUALITY,
          Tables.MRR_MOVEMENTS,
          Tables.alerts(DashboardLinks.NONE),
          Tables.DIM_CUSTOMERS,
          Tables.FACT_CUSTOMER_HEALTH,
          Tables.CUSTOMER_TRANSITIONS,
          Tables.AUDIT_LOG);

  /** What ClickHouse splits from the facts. */
  private static final List<String> SPLIT =
      List.of("fact_api_usage", "fact_revenue", "fact_feature_usage");

  /** An offset that stands for the end of a partition. */
  private static final long TO_THE_END = -1;

  private Running running;
  private ClickHouseClient client;

  @Override
  public void beforeAll(ExtensionContext context) {
    running =
        context
            .getRoot()
            .getStore(Namespace.create(LiveStack.class))
            .getOrComputeIfAbsent(Running.class, key -> Running.start(), Running.class);
    client = new ClickHouseClient(settings().clickHouse().endpoint());
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    cancelJobs();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    cancelJobs();
  }

  /** Slots and topics are those of the next test, also if this one has failed. */
  private void cancelJobs() throws Exception {
    MiniCluster cluster = stack().flink().cluster();
    for (JobStatusMessage job : cluster.listJobs().get()) {
      if (!job.getJobState().isGloballyTerminalState()) {
        cluster.cancelJob(job.getJobId()).get();
        cluster.requestJobResult(job.getJobId()).get();
      }
    }
  }

  /** The configuration that ships. */
  public static Path conf() {
    return Path.of(System.getProperty("tidewatch.home"), "flink-conf");
  }

  public LocalStack stack() {
    return running.stack();
  }

  public TidewatchSettings settings() {
    return stack().settings();
  }

  /** Another configuration of this stack. */
  public TidewatchSettings settings(Path tidewatchYaml) {
    return TidewatchSettings.load(
        tidewatchYaml,
        Map.of(
            "KAFKA_BOOTSTRAP", kafka(),
            "CLICKHOUSE_URL", settings().clickHouse().endpoint().url().toString(),
            "TIDEWATCH_PSEUDONYM_KEY", "a key for tests"));
  }

  /** The address of the broker. */
  public String kafka() {
    return settings().kafka().bootstrap();
  }

  public SourceSetup replaySource() {
    return settings().sources().replay();
  }

  /** A replay that is yet to run. */
  public Replay replay() {
    return replay(replaySource());
  }

  /** A replay of a source's records that is yet to run. */
  public Replay replay(SourceSetup source) {
    return new Replay(settings(), source, stack().flink(), silent());
  }

  /** Replays a file to its end. */
  public Replay.Outcome replay(Path file) {
    return replay().run(List.of(file.toString()), Optional.empty());
  }

  /** Compares what the job wrote of a day with what the facts give. */
  public VerificationReport verify(LocalDate day) {
    return new Verification(client, settings().reporting().zone(), false)
        .verify(day, settings().definitions().metrics().metrics());
  }

  public List<Map<String, String>> query(String query) {
    return client.query(query);
  }

  /** The only value of the only row. */
  public String value(String query) {
    return query(query).get(0).values().iterator().next();
  }

  public void execute(String statement) {
    client.execute(statement);
  }

  /**
   * Empties the topics of sources, of which another test's job may have left some unread, and the
   * tables that the job writes. Rules and models that were published stay.
   */
  public void empty() {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
      List<String> topics =
          settings().sources().live().stream()
              .flatMap(setup -> setup.source().topics().stream())
              .toList();
      Map<TopicPartition, RecordsToDelete> records = new HashMap<>();
      admin
          .describeTopics(topics)
          .allTopicNames()
          .get()
          .forEach(
              (topic, description) ->
                  description
                      .partitions()
                      .forEach(
                          partition ->
                              records.put(
                                  new TopicPartition(topic, partition.partition()),
                                  RecordsToDelete.beforeOffset(TO_THE_END))));
      admin.deleteRecords(records).all().get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("the topics of sources were not emptied", e);
    }
    Stream.concat(WRITTEN.stream().map(Table::name), SPLIT.stream())
        .forEach(table -> execute("TRUNCATE TABLE tidewatch." + table));
  }

  /** Ends the one task manager as a crash would, and starts another. */
  public void failTaskManager() throws Exception {
    MiniCluster cluster = stack().flink().cluster();
    cluster.terminateTaskManager(running.failures().getAndIncrement()).get();
    cluster.startTaskManager();
  }

  /** Whether the job, if it runs as a whole at this moment, has got a checkpoint to go back to. */
  public boolean checkpoint(JobID job) throws InterruptedException {
    try {
      stack().flink().cluster().triggerCheckpoint(job).get();
      return true;
    } catch (ExecutionException notRunning) {
      return false;
    }
  }

  /** How often a job went back to a checkpoint. */
  public int restores(JobID job) throws IOException {
    return new FlinkRest(stack().flink().url())
        .get("/jobs/" + job + "/checkpoints")
        .at("/counts/restored")
        .asInt();
  }

  static PrintStream silent() {
    return new PrintStream(OutputStream.nullOutputStream());
  }

  private record Running(LocalStack stack, Path directory, AtomicInteger failures)
      implements CloseableResource {

    static Running start() {
      try {
        Path directory = Files.createTempDirectory("tidewatch-stack");
        LocalStack stack =
            LocalStack.start(
                DataDirectory.at(directory), conf(), LocalStack.Ports.FREE, Map.of(), silent());
        return new Running(stack, directory, new AtomicInteger());
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void close() throws IOException {
      stack.close();
      try (Stream<Path> files = Files.walk(directory)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      }
    }
  }
}
