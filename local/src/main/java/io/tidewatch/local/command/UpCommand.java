package io.tidewatch.local.command;

import io.tidewatch.alertmanager.AlertmanagerReader;
import io.tidewatch.dashboards.DashboardLinksReader;
import io.tidewatch.job.Stage;
import io.tidewatch.local.StopRequest;
import io.tidewatch.local.UserException;
import io.tidewatch.local.preview.PreviewServer;
import io.tidewatch.local.stack.EngineWatch;
import io.tidewatch.local.stack.JobWatch;
import io.tidewatch.local.stack.LiveJob;
import io.tidewatch.local.stack.LocalStack;
import io.tidewatch.local.stack.PseudonymKey;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch up}: Kafka, ClickHouse, Flink and the job, until stopped. */
@Command(
    name = "up",
    description = {
      "Starts Kafka, ClickHouse, Flink, Alertmanager where it is installed, and the job,",
      "and stays until Ctrl-C.",
      "Goes on where it stopped, or was killed, on the same data directory."
    })
public final class UpCommand implements Callable<Integer> {

  private static final Duration LOOK = Duration.ofSeconds(1);

  @Mixin private CommonOptions options;

  @Mixin private PortOptions ports;

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
    if (withoutFlink) {
      serve();
    } else {
      run(parts);
    }
    System.out.println("stopped");
    return 0;
  }

  private void serve() throws InterruptedException {
    try (LocalStack stack = options.startStackWithoutFlink(ports.ports(), System.out);
        PreviewServer preview = ports.startPreview(stack, System.out)) {
      StopRequest stop = StopRequest.ofSignals();
      stack.startAlertmanager();
      try (EngineWatch watch = new EngineWatch(stack, System.out)) {
        System.out.println("export KAFKA_BOOTSTRAP=" + stack.settings().kafka().bootstrap());
        System.out.println(
            "export CLICKHOUSE_URL=" + stack.settings().clickHouse().endpoint().url());
        stack
            .settings()
            .delivery()
            .alertmanager()
            .ifPresent(
                alertmanager ->
                    System.out.println(
                        "export " + AlertmanagerReader.VARIABLE + "=" + alertmanager.url()));
        System.out.println(
            "export "
                + DashboardLinksReader.VARIABLE
                + "="
                + stack.settings().delivery().dashboards().url());
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

  private void run(Set<Stage> parts) throws InterruptedException {
    try (LocalStack stack = options.startStack(ports.ports(), System.out);
        PreviewServer preview = ports.startPreview(stack, System.out)) {
      StopRequest stop = StopRequest.ofSignals();
      stack.startAlertmanager();
      try (EngineWatch watch = new EngineWatch(stack, System.out);
          LiveJob job = LiveJob.submit(stack, parts)) {
        JobWatch jobWatch = new JobWatch(job, System.out);
        if (jobWatch.awaitRunning(stop)) {
          System.out.printf("ready in %d s; Ctrl-C stops%n", secondsSinceStart());
          while (!stop.await(LOOK)) {
            jobWatch.look();
          }
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

  private static long secondsSinceStart() {
    long started = ManagementFactory.getRuntimeMXBean().getStartTime();
    return Math.round((System.currentTimeMillis() - started) / 1000.0);
  }
}
