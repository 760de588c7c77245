package io.tidewatch.local.command;

import io.tidewatch.job.Stage;
import io.tidewatch.local.UserException;
import io.tidewatch.local.stack.EngineWatch;
import io.tidewatch.local.stack.LiveJob;
import io.tidewatch.local.stack.LocalStack;
import io.tidewatch.local.stack.PseudonymKey;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch up}: Kafka, ClickHouse, Flink and the job, until stopped. */
@Command(
    name = "up",
    description = {
      "Starts Kafka, ClickHouse, Flink and the job, and stays until Ctrl-C.",
      "Goes on where it stopped, or was killed, on the same data directory."
    })
public final class UpCommand implements Callable<Integer> {

  private static final Duration START_LOOK = Duration.ofMillis(200);
  private static final Duration LOOK = Duration.ofSeconds(1);

  @Mixin private CommonOptions options;

  @Option(
      names = "--kafka-port",
      paramLabel = "PORT",
      description = "Where Kafka listens; 0: any free port (default: ${DEFAULT-VALUE}).",
      defaultValue = "9092")
  private int kafkaPort;

  @Option(
      names = "--clickhouse-port",
      paramLabel = "PORT",
      description = "Where ClickHouse listens; 0: any free port (default: ${DEFAULT-VALUE}).",
      defaultValue = "8123")
  private int clickHousePort;

  @Option(
      names = "--flink-port",
      paramLabel = "PORT",
      description = "Where Flink's web UI listens; 0: any free port (default: ${DEFAULT-VALUE}).",
      defaultValue = "8081")
  private int flinkPort;

  @Option(
      names = "--stages",
      paramLabel = "STAGES",
      description = "The parts of the job, such as ingest,metrics (default: ${DEFAULT-VALUE}).",
      defaultValue = "all")
  private String stages;

  @Option(
      names = "--without-flink",
      description = {
        "Starts Kafka and ClickHouse alone, for a job on a Flink cluster;",
        "prints what its client needs in the environment."
      })
  private boolean withoutFlink;

  @Override
  public Integer call() throws InterruptedException {
    Set<Stage> parts = parts();
    LocalStack.Ports ports = new LocalStack.Ports(kafkaPort, clickHousePort, flinkPort);
    if (withoutFlink) {
      serve(ports);
    } else {
      run(ports, parts);
    }
    System.out.println("stopped");
    return 0;
  }

  private void serve(LocalStack.Ports ports) throws InterruptedException {
    try (LocalStack stack = options.startStackWithoutFlink(ports, System.out)) {
      StopRequest stop = StopRequest.ofSignals();
      try (EngineWatch watch = new EngineWatch(stack, System.out)) {
        System.out.println(
            "export KAFKA_BOOTSTRAP=" + stack.settings().kafka().get("bootstrap.servers"));
        System.out.println("export CLICKHOUSE_URL=" + stack.settings().clickHouse().url());
        if (!System.getenv().containsKey(PseudonymKey.VARIABLE)) {
          System.out.printf(
              "export %s=\"$(cat '%s')\"%n",
              PseudonymKey.VARIABLE, PseudonymKey.file(stack.directory()));
        }
        System.out.printf("ready in %d s; Ctrl-C stops%n", secondsSinceStart());
        while (!stop.await(LOOK)) {
          // the engine is watched
        }
        System.out.println("stopping …");
      }
    }
  }

  private void run(LocalStack.Ports ports, Set<Stage> parts) throws InterruptedException {
    try (LocalStack stack = options.startStack(ports, System.out)) {
      StopRequest stop = StopRequest.ofSignals();
      try (EngineWatch watch = new EngineWatch(stack, System.out);
          LiveJob job = LiveJob.submit(stack, parts)) {
        if (awaitReady(job, stop)) {
          System.out.printf("ready in %d s; Ctrl-C stops%n", secondsSinceStart());
          stay(job, stop);
        }
        System.out.println("stopping …");
      }
    }
  }

  private Set<Stage> parts() {
    try {
      return Stage.parse(stages);
    } catch (IllegalArgumentException e) {
      throw new UserException(e.getMessage() + ".", e);
    }
  }

  /** False if it was stopped before. */
  private static boolean awaitReady(LiveJob job, StopRequest stop) {
    while (!job.isRunning()) {
      failIfEnded(job);
      if (stop.await(START_LOOK)) {
        return false;
      }
    }
    return true;
  }

  private static void stay(LiveJob job, StopRequest stop) {
    Optional<String> known = job.lastFailure();
    while (!stop.await(LOOK)) {
      failIfEnded(job);
      Optional<String> failure = job.lastFailure();
      if (!failure.equals(known)) {
        failure.ifPresent(
            cause -> System.out.println("The job failed and starts again by itself: " + cause));
        known = failure;
      }
    }
  }

  private static void failIfEnded(LiveJob job) {
    if (job.hasEnded()) {
      throw new UserException("The job failed for good: " + job.reasonOfEnd());
    }
  }

  private static long secondsSinceStart() {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    return Math.round((System.currentTimeMillis() - started) / 1000.0);
  }
}
