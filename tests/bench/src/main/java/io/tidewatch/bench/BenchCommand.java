package io.tidewatch.bench;

import io.tidewatch.bench.detect.DetectCommand;
import io.tidewatch.bench.noise.NoiseCommand;
import io.tidewatch.bench.pattern.PatternsCommand;
import io.tidewatch.bench.rules.RulesCommand;
import io.tidewatch.bench.state.StateCommand;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.DirectoryLock;
import io.tidewatch.local.UserException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch bench}: how fast Tidewatch is beside others, on the same topic. */
@Command(
    name = "tidewatch bench",
    subcommands = {
      DetectCommand.class,
      NoiseCommand.class,
      PatternsCommand.class,
      RulesCommand.class,
      StateCommand.class
    },
    mixinStandardHelpOptions = true,
    description = {
      "Counts, sums and takes the maximum of response times by minute, by 10,000 customers and by"
          + " 50 endpoints: in Tidewatch, in Flink SQL and in Kafka Streams, all on RocksDB with"
          + " checkpoints or commits every 5 s; and reads the same topic plainly, with and without"
          + " parsing.",
      "Each run has a JVM of its own (1.4 GB of heap, 2 threads) and reads the topic three times:"
          + " twice to be warm, then measured; starting and planning are not counted. Rows must be"
          + " equal to those expected, and checkpoints complete, or it exits with 1."
    })
public final class BenchCommand implements Callable<Integer> {

  private static final List<String> CONTENDER_OPTIONS =
      List.of("-Xms1400m", "-Xmx1400m", "-XX:+UseParallelGC");
  private static final List<String> BROKER_OPTIONS = List.of("-Xmx1g", "-XX:+UseSerialGC");

  /** Flink's planner needs another one than the broker, and no other contender needs any. */
  private static final Path FLINKS_SCALA =
      Path.of(
          System.getProperty("tidewatch.home", "."), "tests/bench/target/scala/scala-library.jar");

  @Mixin private BenchOptions options;

  @Option(
      names = "--events",
      paramLabel = "N",
      description = "How many events the topic has (default: ${DEFAULT-VALUE}).",
      defaultValue = "10000000")
  private long events;

  @Option(
      names = "--runs",
      paramLabel = "N",
      description = "How many runs of each contender, interleaved (default: ${DEFAULT-VALUE}).",
      defaultValue = "5")
  private int runs;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      split = ",",
      description = "Only these contenders, of: ${COMPLETION-CANDIDATES}.")
  private Set<Contender> only = new TreeSet<>(Arrays.asList(Contender.values()));

  @Option(
      names = "--profile",
      paramLabel = "DIR",
      description =
          "Leave a flight recording of each contender's last run there, for jfr print; it costs"
              + " some speed.")
  private Path profile;

  private final PrintStream progress = System.err;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new BenchCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(BenchCommand::report)
            .execute(arguments));
  }

  private static int report(
      Exception failure, CommandLine command, CommandLine.ParseResult arguments) throws Exception {
    if (failure instanceof UserException) {
      command.getErr().println(failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }

  @Override
  public Integer call() throws Exception {
    if (events < 1 || runs < 1) {
      throw new UserException("There must be at least one run and one event.");
    }
    if (profile != null) {
      Files.createDirectories(profile);
    }
    DataDirectory directory = DataDirectory.at(options.dataDirectory());
    try (DirectoryLock lock = directory.lock();
        JavaProcess broker =
            JavaProcess.start(
                BrokerProcess.class,
                BROKER_OPTIONS,
                Path.of(""),
                directory.logs(),
                List.of(directory.kafka().toString()))) {
      String bootstrap = broker.nextLine();
      if (bootstrap == null) {
        throw new UserException("Kafka does not start; see " + directory.logs() + ".");
      }
      Topic.fill(bootstrap, new Workload(events), progress);
      Report report = run(bootstrap, directory.logs());
      System.out.print(report.table());
      System.out.println(report.ratioWithQuality());
      System.out.println(report.ratios());
      return CommandLine.ExitCode.OK;
    }
  }

  private Report run(String bootstrap, Path logs) throws Exception {
    Aggregates expected = Oracle.expect(new Workload(events));
    progress.printf("%,d rows are expected of each contender that aggregates%n", expected.size());
    Report report = new Report();
    for (int run = 1; run <= runs; run++) {
      for (Contender contender : only) {
        Measurement measured =
            options.inOwnDirectory(
                "run-",
                own -> {
                  Measurement taken = run(contender, bootstrap, own, logs);
                  requireCheckpoints(contender, taken);
                  compare(contender, own, expected);
                  return taken;
                });
        report.add(contender, measured);
        progress.printf(
            "run %d of %d  %-18s %,10.0f events/s  %6.2f CPU s/M  %,6.0f MB%s%s%n",
            run,
            runs,
            contender.title(),
            measured.requestsPerSecond(),
            measured.cpuSecondsPerMillion(),
            measured.peakMegabytes(),
            contender.aggregates() ? "  equal" : "",
            contender.takesCheckpoints() ? "  checkpoints: " + measured.checkpoints() : "");
      }
    }
    return report;
  }

  private Measurement run(Contender contender, String bootstrap, Path own, Path logs)
      throws IOException {
    Measurement last = null;
    int measured = 0;
    try (JavaProcess process =
        JavaProcess.start(
            ContenderProcess.class,
            jvmOptions(contender),
            FLINKS_SCALA,
            logs,
            List.of(
                contender.name(),
                bootstrap,
                Long.toString(events),
                options.conf().toString(),
                own.toString()))) {
      for (String line = process.nextLine(); line != null; line = process.nextLine()) {
        Measurement measurement = Measurement.ofLine(line);
        if (measurement != null) {
          last = measurement;
          measured++;
        }
      }
    }
    if (measured != ContenderProcess.PASSES) {
      throw new UserException(
          "%s failed; see %s.".formatted(contender.title(), logs.resolve("errors.log")));
    }
    return last;
  }

  private List<String> jvmOptions(Contender contender) {
    List<String> jvmOptions = new ArrayList<>(CONTENDER_OPTIONS);
    if (profile != null) {
      jvmOptions.addAll(
          List.of(
              "-Xlog:jfr*=off",
              "-XX:+UnlockDiagnosticVMOptions",
              "-XX:+DebugNonSafepoints",
              "-XX:StartFlightRecording=settings=profile,filename="
                  + profile.resolve(contender + ".jfr")));
    }
    return jvmOptions;
  }

  private static void requireCheckpoints(Contender contender, Measurement measured) {
    if (contender.takesCheckpoints() && measured.lacksCheckpoints(FlinkRun.CHECKPOINT_EVERY)) {
      throw new UserException(
          "No checkpoint of %s completed in %.0f s, although one begins every %d s."
              .formatted(
                  contender.title(), measured.seconds(), FlinkRun.CHECKPOINT_EVERY.toSeconds()));
    }
  }

  private void compare(Contender contender, Path own, Aggregates expected) throws IOException {
    if (!contender.aggregates()) {
      return;
    }
    Optional<String> difference =
        Aggregates.read(ContenderProcess.rows(own), events).differenceFrom(expected);
    if (difference.isPresent()) {
      throw new UserException(
          "The rows of %s are wrong: %s.".formatted(contender.title(), difference.get()));
    }
  }
}
