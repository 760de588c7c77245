package io.tidewatch.local.command;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code tidewatch train churn|segments|lifetime}: models from what ClickHouse knows. */
@Command(
    name = "train",
    description = {
      "Learns from the customers in ClickHouse, with the stack up or stopped.",
      "Prints a model's card, keeps model and card in the data directory's folder models, and sends",
      "the model to the stack that is up."
    },
    subcommands = {TrainChurnCommand.class, TrainSegmentsCommand.class, TrainLifetimeCommand.class})
public final class TrainCommand implements Runnable {

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "Say what to train: churn, segments or lifetime");
  }
}
