package io.tidewatch.local.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch rules …}: what people are told about, changed while the job runs. */
@Command(
    name = "rules",
    description = {
      "Checks rules, tries them on history, and changes them while the job runs.",
      "An applied rule stands in for the one of its name in alerts.yaml until it is removed."
    },
    subcommands = {
      RulesValidateCommand.class,
      RulesApplyCommand.class,
      RulesRemoveCommand.class,
      RulesListCommand.class,
      RulesHistoryCommand.class,
      RulesBacktestCommand.class
    })
public final class RulesCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to do: validate, apply, remove, list, history or backtest");
  }
}
