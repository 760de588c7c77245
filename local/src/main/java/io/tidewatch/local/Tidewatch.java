package io.tidewatch.local;

import io.tidewatch.clickhouse.ClickHouseException;
import io.tidewatch.config.ConfigurationException;
import io.tidewatch.local.command.AlertsCommand;
import io.tidewatch.local.command.DashboardsCommand;
import io.tidewatch.local.command.DemoCommand;
import io.tidewatch.local.command.DetectCommand;
import io.tidewatch.local.command.DoctorCommand;
import io.tidewatch.local.command.MigrateCommand;
import io.tidewatch.local.command.ReplayCommand;
import io.tidewatch.local.command.RulesCommand;
import io.tidewatch.local.command.SendCommand;
import io.tidewatch.local.command.SqlCommand;
import io.tidewatch.local.command.StatusCommand;
import io.tidewatch.local.command.TrainCommand;
import io.tidewatch.local.command.UpCommand;
import io.tidewatch.local.command.VerifyCommand;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The {@code tidewatch} command: exits with 0 on success, 1 on failure, 2 on wrong usage. */
@Command(
    name = "tidewatch",
    description = "Watches the tides of a subscription business as they happen.",
    footer = "%nAnother command, with libraries of its own: bench (./tidewatch bench --help).",
    subcommands = {
      DemoCommand.class,
      UpCommand.class,
      ReplayCommand.class,
      SendCommand.class,
      StatusCommand.class,
      AlertsCommand.class,
      SqlCommand.class,
      VerifyCommand.class,
      RulesCommand.class,
      TrainCommand.class,
      DetectCommand.class,
      MigrateCommand.class,
      DashboardsCommand.class,
      DoctorCommand.class
    })
public final class Tidewatch {

  private static final String NOTHING_YET =
      "No stack has ever run there: start one with 'tidewatch up', or name another directory with"
          + " --data-dir.";

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Says how to use the command and exits.")
  private boolean helpRequested;

  private Tidewatch() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  /** The command with all its subcommands, not yet run. */
  public static CommandLine commandLine() {
    return new CommandLine(new Tidewatch())
        .setExecutionExceptionHandler(Tidewatch::report)
        .setCaseInsensitiveEnumValuesAllowed(true);
  }

  private static int report(Exception failure, CommandLine command, ParseResult arguments) {
    if (speaksForItself(failure)) {
      command.getErr().println(sentence(failure));
    } else {
      LoggerFactory.getLogger(Tidewatch.class).info("{} failed", command.getCommandName(), failure);
      command.getErr().printf("%s failed unexpectedly: %s%n", command.getCommandName(), failure);
    }
    return CommandLine.ExitCode.SOFTWARE;
  }

  private static String sentence(Exception failure) {
    return failure instanceof ClickHouseException refusal && refusal.lacksTables()
        ? NOTHING_YET
        : failure.getMessage();
  }

  private static boolean speaksForItself(Exception failure) {
    return failure instanceof UserException
        || failure instanceof ConfigurationException
        || failure instanceof ClickHouseException;
  }
}
