package io.tidewatch.local.command;

import io.tidewatch.local.train.ChurnTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch train churn}. */
@Command(
    name = "churn",
    description = {
      "Learns who cancels within 90 days, tests it on the newest customers of whom that is known,",
      "and says how well it did. Needs 210 days of history."
    })
public final class TrainChurnCommand implements Runnable {

  @Mixin private TrainingOptions options;

  @Override
  public void run() {
    options.run(
        (settings, history, asOf, files) -> new ChurnTraining(history).train(asOf).document());
  }
}
