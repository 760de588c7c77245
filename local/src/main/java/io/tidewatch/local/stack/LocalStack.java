package io.tidewatch.local.stack;

import io.tidewatch.alertmanager.AlertmanagerReader;
import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.dashboards.DashboardLinksReader;
import io.tidewatch.ingest.SourceSetup;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.kafka.KafkaSources;
import io.tidewatch.kafka.RuleTopic;
import io.tidewatch.local.Count;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.DirectoryLock;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.StackAddresses;
import io.tidewatch.local.alertmanager.AlertmanagerProcess;
import io.tidewatch.local.alertmanager.LocalRouting;
import io.tidewatch.local.engine.EngineLibrary;
import io.tidewatch.local.engine.EngineProcess;
import io.tidewatch.local.flink.LocalFlink;
import io.tidewatch.local.kafka.KafkaTopics;
import io.tidewatch.local.kafka.LocalKafka;
import io.tidewatch.local.train.ModelTopic;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Kafka, ClickHouse and Flink on one data directory, ready for the job.
 *
 * <p>Where {@code KAFKA_BOOTSTRAP} or {@code CLICKHOUSE_URL} name a real server, that one is used
 * and none is started.
 */
public final class LocalStack implements AutoCloseable {

  private static final List<String> OTHER_TOPICS =
      List.of(
          KafkaSources.FX_RATES,
          "events",
          "metric-windows",
          "customer-transitions",
          "dead-letters",
          "alerts");
  private static final short UNREPLICATED = 1;

  /** Larger records than ingest takes get here too, so that it can say why it rejects them. */
  private static final Map<String, String> TOPIC_CONFIGURATION =
      Map.of("max.message.bytes", Integer.toString(8 << 20));

  private final Deque<AutoCloseable> parts = new ArrayDeque<>();
  private final DataDirectory directory;
  private final PrintStream progress;
  private final Path conf;
  private final Map<String, String> environment;
  private TidewatchSettings settings;
  private EngineProcess engine;
  private LocalFlink flink;

  private LocalStack(
      DataDirectory directory, Path conf, Map<String, String> environment, PrintStream progress) {
    this.directory = directory;
    this.conf = conf;
    this.environment = new HashMap<>(environment);
    this.progress = progress;
  }

  /** The ports to listen on; 0 takes a free one. */
  public record Ports(int kafka, int clickHouse, int flink) {
    public static final Ports FREE = new Ports(0, 0, 0);
  }

  /**
   * Starts all parts.
   *
   * @param conf the folder with {@code tidewatch.yaml}
   * @param progress gets a line per part
   * @throws io.tidewatch.local.UserException where a part can't start; nothing is left running
   */
  public static LocalStack start(
      DataDirectory directory,
      Path conf,
      Ports ports,
      Map<String, String> environment,
      PrintStream progress) {
    return new LocalStack(directory, conf, environment, progress).started(ports, true);
  }

  /** Starts all parts but Flink, for a job on a cluster of its own. */
  public static LocalStack startWithoutFlink(
      DataDirectory directory,
      Path conf,
      Ports ports,
      Map<String, String> environment,
      PrintStream progress) {
    return new LocalStack(directory, conf, environment, progress).started(ports, false);
  }

  /**
   * Whether all parts could start; for whoever makes room for them before.
   *
   * @throws io.tidewatch.config.ConfigurationException naming all problems
   * @throws io.tidewatch.local.UserException where a port is taken
   */
  public static void check(Path conf, Ports ports, Map<String, String> environment) {
    LocalConfiguration.read(conf, environment);
    refuseTakenPorts(ports, true, environment);
  }

  private LocalStack started(Ports ports, boolean withFlink) {
    try {
      startParts(ports, withFlink);
      return this;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private void startParts(Ports ports, boolean withFlink) {
    DirectoryLock lock = directory.lock();
    parts.push(lock);
    LocalConfiguration.read(conf, environment);
    refuseTakenPorts(ports, withFlink, environment);
    environment.putIfAbsent(PseudonymKey.VARIABLE, PseudonymKey.of(directory));

    CompletableFuture<EngineProcess> startedEngine = null;
    if (!environment.containsKey("CLICKHOUSE_URL")) {
      engine =
          new EngineProcess(
              EngineLibrary.ofUser(progress).path(),
              directory.clickhouse(),
              ports.clickHouse(),
              directory.logs().resolve("clickhouse.log"));
      parts.push(engine);
      startedEngine = CompletableFuture.supplyAsync(engine::start);
    }
    if (!environment.containsKey("KAFKA_BOOTSTRAP")) {
      LocalKafka kafka = LocalKafka.start(directory.kafka(), ports.kafka());
      parts.push(kafka);
      environment.put("KAFKA_BOOTSTRAP", kafka.bootstrap());
    }
    progress.println("Kafka       " + environment.get("KAFKA_BOOTSTRAP"));
    if (startedEngine != null) {
      environment.put("CLICKHOUSE_URL", await(startedEngine).url().toString());
    }
    settings = load();
    migrate();
    progress.println("ClickHouse  " + settings.clickHouse().endpoint().url());
    createTopics();
    if (withFlink) {
      flink = LocalFlink.start(flinkConf(), directory.root(), ports.flink());
      parts.push(flink);
      progress.println("Flink       " + flink.url());
    }
    directory.publish(
        new StackAddresses(
            environment.get("KAFKA_BOOTSTRAP"),
            settings.clickHouse().endpoint().url().toString(),
            withFlink ? flink.url().toString() : null,
            ProcessHandle.current().pid()));
    parts.push(directory::withdraw);
  }

  /** Before anything starts, for it takes seconds. */
  private static void refuseTakenPorts(
      Ports ports, boolean withFlink, Map<String, String> environment) {
    if (!environment.containsKey("KAFKA_BOOTSTRAP")) {
      LoopbackPort.refuseTaken(ports.kafka(), "Kafka");
    }
    if (!environment.containsKey("CLICKHOUSE_URL")) {
      LoopbackPort.refuseTaken(ports.clickHouse(), "ClickHouse");
    }
    if (withFlink) {
      LoopbackPort.refuseTaken(ports.flink(), "Flink's web UI");
    }
  }

  private static EngineProcess await(CompletableFuture<EngineProcess> engine) {
    try {
      return engine.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private void migrate() {
    Schema schema = new Schema(new ClickHouseClient(settings.clickHouse().endpoint()));
    List<String> applied = schema.migrate();
    if (!applied.isEmpty()) {
      progress.println("applied " + Count.of(applied.size(), "migration"));
    }
    schema.keep(settings.clickHouse().retention());
    schema.report(settings);
  }

  /** A configuration of one's own need not say anything about Flink. */
  private Path flinkConf() {
    Path own = conf.resolve("local");
    return Files.isDirectory(own) ? own : home().resolve("flink-conf").resolve("local");
  }

  private static Path home() {
    return Path.of(System.getProperty("tidewatch.home", "."));
  }

  private void createTopics() {
    int partitions = 2;
    KafkaTopics.createMissing(
        settings.kafka().bootstrap(),
        Stream.concat(
                settings.sources().all().stream()
                    .map(SourceSetup::source)
                    .flatMap(source -> source.topics().stream()),
                OTHER_TOPICS.stream())
            .distinct()
            .map(
                topic -> new NewTopic(topic, partitions, UNREPLICATED).configs(TOPIC_CONFIGURATION))
            .toList());
    KafkaTopics.createMissing(
        settings.kafka().bootstrap(),
        List.of(ModelTopic.definition(), KafkaTopics.compacted(RuleTopic.NAME)));
  }

  /**
   * Starts Alertmanager too, where it is installed and the configuration names no other one. It
   * takes its usual port, or a free one where that is taken.
   */
  public void startAlertmanager() {
    if (settings.delivery().alertmanager().isEmpty()) {
      AlertmanagerProcess.program().ifPresent(this::startAlertmanager);
    }
    progress.println(
        settings
            .delivery()
            .alertmanager()
            .map(alertmanager -> "Alerts      go to Alertmanager, " + alertmanager.url())
            .orElse(
                "Alerts      go to no one, as there is no Alertmanager: "
                    + AlertmanagerProcess.HOW_TO_INSTALL));
  }

  private void startAlertmanager(Path program) {
    Path folder = directory.alertmanager();
    Path routing = folder.resolve("alertmanager.yml");
    LocalRouting.write(home().resolve("docker").resolve("alertmanager.yml"), routing);
    AlertmanagerProcess alertmanager =
        AlertmanagerProcess.startAnywhere(
            program,
            routing,
            folder.resolve("data"),
            AlertmanagerProcess.USUAL_PORT,
            directory.logs().resolve("alertmanager.log"));
    parts.push(alertmanager);
    environment.put(AlertmanagerReader.VARIABLE, alertmanager.url().toString());
    settings = load();
  }

  /** Lets alerts open the dashboards at this address, unless the environment names another one. */
  public void linkAlertsTo(URI dashboards) {
    environment.putIfAbsent(DashboardLinksReader.VARIABLE, dashboards.toString());
    settings = load();
  }

  private TidewatchSettings load() {
    return TidewatchSettings.load(conf.resolve("tidewatch.yaml"), environment);
  }

  public TidewatchSettings settings() {
    return settings;
  }

  /** The Flink that this stack started; null where it was to start none. */
  public LocalFlink flink() {
    return flink;
  }

  /** The engine that this stack started; null where a real server is used. */
  public EngineProcess engine() {
    return engine;
  }

  public DataDirectory directory() {
    return directory;
  }

  /**
   * Starts the engine again where it has ended by itself.
   *
   * @return whether it had
   */
  public boolean reviveEngine() {
    if (engine == null || engine.isAlive()) {
      return false;
    }
    engine.start();
    return true;
  }

  /** Stops all parts, the last one started first. */
  @Override
  public synchronized void close() {
    while (!parts.isEmpty()) {
      try {
        parts.pop().close();
      } catch (Exception e) {
        progress.println("A part did not stop in good order: " + e.getMessage());
      }
    }
  }
}
