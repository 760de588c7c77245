package io.tidewatch.bench.state;

import io.tidewatch.local.UserException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.flink.util.FileUtils;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code tidewatch bench state}: what a customer costs in state. */
@Command(
    name = "state",
    mixinStandardHelpOptions = true,
    description = {
      "Sends the lives of many customers, who use the product every day, through the stage that"
          + " keeps customers, on RocksDB in 2 subtasks; each is scored at each midnight.",
      "Counts the bytes of a savepoint: keys, values and timers, neither shared nor compressed. More"
          + " than 2 KB per customer ends it with 1."
    })
public final class StateCommand implements Callable<Integer> {

  private static final int MOST_BYTES = 2048;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description = "How many there are (default: ${DEFAULT-VALUE}).",
      defaultValue = "100000")
  private long customers;

  @Option(
      names = "--days",
      paramLabel = "N",
      description = "How many days they live (default: ${DEFAULT-VALUE}).",
      defaultValue = "30")
  private int days;

  @Option(
      names = "--conf",
      paramLabel = "DIR",
      description = "Where the configuration is (default: flink-conf).",
      defaultValue = "${sys:tidewatch.home:-.}/flink-conf")
  private Path conf;

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      description = "Where state is kept while it runs (default: .data/bench).",
      defaultValue = "${sys:tidewatch.home:-.}/.data/bench")
  private Path dataDirectory;

  @Override
  public Integer call() throws Exception {
    CustomerLives lives = new CustomerLives(customers, days);
    if (customers < 1 || days < 1 || lives.events() > Integer.MAX_VALUE) {
      throw new UserException("There must be a customer and a day, and fewer than 2^31 events.");
    }
    Files.createDirectories(dataDirectory);
    Path own = Files.createTempDirectory(dataDirectory.toAbsolutePath(), "state-");
    try {
      StateRun.Result result = StateRun.measure(conf, own, lives);
      System.out.printf(
          "customers=%d days=%d events=%d seconds=%.1f events_per_second=%.0f"
              + " state_bytes=%d bytes_per_customer=%d%n",
          customers,
          days,
          lives.events(),
          result.took().toMillis() / 1000.0,
          result.eventsPerSecond(),
          result.stateBytes(),
          result.bytesPerCustomer());
      return result.bytesPerCustomer() <= MOST_BYTES
          ? CommandLine.ExitCode.OK
          : CommandLine.ExitCode.SOFTWARE;
    } finally {
      FileUtils.deleteDirectoryQuietly(own.toFile());
    }
  }
}
