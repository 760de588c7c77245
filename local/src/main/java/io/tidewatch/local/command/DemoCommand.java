package io.tidewatch.local.command;

import io.tidewatch.local.StopRequest;
import io.tidewatch.local.UserException;
import io.tidewatch.local.demo.Demo;
import io.tidewatch.local.preview.PreviewServer;
import io.tidewatch.local.stack.LocalStack;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch demo}: a stack with a synthetic company that lives on it. */
@Command(
    name = "demo",
    description = {
      "Starts everything with a synthetic company that lives before your eyes.",
      "It gets five weeks of history, then goes on, with incidents whose truth is in",
      "DIR/truth.jsonl.",
      "Begins afresh: replaces the data of an earlier demo, and no others; servers named by",
      "KAFKA_BOOTSTRAP and CLICKHOUSE_URL must be empty.",
      "Ends with a summary; exits with 0 if the stack worked, whatever it noticed."
    })
public final class DemoCommand implements Callable<Integer> {

  private static final Pattern DURATION = Pattern.compile("(\\d{1,6})([smh])");
  private static final double FASTEST = 100;

  @Mixin private CommonOptions options;
  @Mixin private PortOptions ports;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      description = "How long to live on, such as 90s or 3m (default: until Ctrl-C).")
  private String length;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = {
        "Another company for each number (default: ${DEFAULT-VALUE}).",
        "The same one for the same number and customers, all day (UTC), at the usual speed."
      },
      defaultValue = "1")
  private long seed;

  @Option(
      names = "--customers",
      paramLabel = "N",
      description = "How many customers it begins with (default: ${DEFAULT-VALUE}).",
      defaultValue = "300")
  private int customers;

  @Option(
      names = "--speed",
      paramLabel = "N",
      description = {
        "How many times as fast as we the company lives (default: ${DEFAULT-VALUE}).",
        "Its history ends in the past then; after TIME, or 10 minutes, it is in the present.",
        "Until then incidents pass as many times faster, too.",
        "Figures of an open hour or day come once it is less than 5 minutes behind."
      },
      defaultValue = "1")
  private double speed;

  @Override
  public Integer call() throws InterruptedException {
    boolean terminal = System.console() != null;
    if (terminal) {
      keepLogOffTheTerminal();
    }
    Optional<Duration> time = Optional.ofNullable(length).map(DemoCommand::parse);
    require(customers >= 1, "--customers must be at least 1.");
    require(speed >= 1 && speed <= FASTEST, "--speed must lie between 1 and 100.");
    try (LocalStack stack = options.startDemoStack(ports.ports(), System.out);
        PreviewServer preview = ports.startPreview(stack, System.out)) {
      stack.startAlertmanager();
      Demo demo =
          new Demo(
              stack,
              new Demo.Options(seed, customers, speed, time),
              preview.url(),
              System.out,
              terminal,
              StopRequest.ofSignals());
      return demo.run() ? 0 : 1;
    }
  }

  /** What it draws would be torn by lines of others. Nothing was logged so far. */
  private static void keepLogOffTheTerminal() {
    System.setProperty("tidewatch.console", "OFF");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new UserException(message);
    }
  }

  private static Duration parse(String time) {
    Matcher matcher = DURATION.matcher(time);
    require(matcher.matches(), "--for must be a time such as 90s or 3m, not '%s'.".formatted(time));
    long number = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      default -> Duration.ofHours(number);
    };
  }
}
