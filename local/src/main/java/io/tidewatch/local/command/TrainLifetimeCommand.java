package io.tidewatch.local.command;

import io.tidewatch.local.UserException;
import io.tidewatch.local.train.LifetimeTraining;
import java.math.BigDecimal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code tidewatch train lifetime}. */
@Command(
    name = "lifetime",
    description = {
      "Estimates how many months customers of each plan and segment remain, and so what they are",
      "worth. Segments are those trained last, else the shipped ones."
    })
public final class TrainLifetimeCommand implements Runnable {

  @Mixin private TrainingOptions options;

  @Option(
      names = "--gross-margin",
      paramLabel = "SHARE",
      description = "Of revenue, after the costs of serving (default: ${DEFAULT-VALUE}).",
      defaultValue = "0.8")
  private BigDecimal grossMargin;

  @Override
  public void run() {
    if (grossMargin.signum() <= 0 || grossMargin.compareTo(BigDecimal.ONE) > 0) {
      throw new UserException("--gross-margin must be above 0 and at most 1.");
    }
    options.run(
        (history, asOf, files) ->
            new LifetimeTraining(history, files.models().segments(), grossMargin)
                .train(asOf)
                .document());
  }
}
