package io.tidewatch.local.command;

import io.tidewatch.local.train.SegmentTraining;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch train segments}. */
@Command(
    name = "segments",
    description = "Finds five clusters among the customers who pay, and names them.")
public final class TrainSegmentsCommand implements Runnable {

  @Mixin private TrainingOptions options;

  @Override
  public void run() {
    options.run(
        (settings, history, asOf, files) -> new SegmentTraining(history).train(asOf).document());
  }
}
