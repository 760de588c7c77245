package io.tidewatch.local.command;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.UserException;
import io.tidewatch.local.train.LifetimeTraining;
import java.math.BigDecimal;
import java.util.Optional;
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
      description =
          "Of revenue, after the costs of serving"
              + " (default: unit_economics.gross_margin of tidewatch.yaml).")
  private BigDecimal grossMargin;

  @Override
  public void run() {
    if (grossMargin != null
        && (grossMargin.signum() <= 0 || grossMargin.compareTo(BigDecimal.ONE) > 0)) {
      throw new UserException("--gross-margin must be above 0 and at most 1.");
    }
    options.run(
        (settings, history, asOf, files) ->
            new LifetimeTraining(history, files.models().segments(), grossMargin(settings))
                .train(asOf)
                .document());
  }

  private BigDecimal grossMargin(TidewatchSettings settings) {
    return Optional.ofNullable(grossMargin)
        .or(() -> settings.reporting().economics().grossMargin())
        .filter(margin -> margin.signum() > 0)
        .orElseThrow(
            () ->
                new UserException(
                    "tidewatch.yaml has no unit_economics.gross_margin above 0: set it, or give"
                        + " --gross-margin."));
  }
}
