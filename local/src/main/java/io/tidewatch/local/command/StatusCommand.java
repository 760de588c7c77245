package io.tidewatch.local.command;

import io.tidewatch.local.RunningStack;
import io.tidewatch.local.status.StackStatus;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code tidewatch status}: how the running stack is, for persons and probes. */
@Command(
    name = "status",
    description = {
      "Says how the running stack is.",
      "Exits with 0 if the job runs and completed a checkpoint in the last 5 minutes."
    })
public final class StatusCommand implements Callable<Integer> {

  @Mixin private CommonOptions options;

  @Override
  public Integer call() {
    RunningStack stack = RunningStack.on(options.dataDirectory());
    StackStatus status = StackStatus.of(stack, options.settings(), Instant.now());
    status.lines().forEach(line -> System.out.printf("%-14s  %s%n", line.name(), line.text()));
    return status.healthy() ? 0 : 1;
  }
}
