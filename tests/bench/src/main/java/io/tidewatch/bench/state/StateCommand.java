package io.tidewatch.bench.state;

import io.tidewatch.bench.BenchOptions;
import io.tidewatch.local.UserException;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private BenchOptions options;

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

  @Override
  public Integer call() throws Exception {
    CustomerLives lives = new CustomerLives(customers, days);
    if (customers < 1 || days < 1 || lives.events() > Integer.MAX_VALUE) {
      throw new UserException("There must be a customer and a day, and fewer than 2^31 events.");
    }
    StateRun.Result result =
        options.inOwnDirectory("state-", own -> StateRun.measure(options.conf(), own, lives));
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
  }
}
