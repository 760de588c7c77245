package io.tidewatch.local.stack;

import io.tidewatch.local.StopRequest;
import io.tidewatch.local.TerminalText;
import io.tidewatch.local.UserException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Optional;

/**
 * Follows a job from its start: tells of failures that it gets over, ends at one that it doesn't.
 */
public final class JobWatch {

  private static final Duration START_LOOK = Duration.ofMillis(200);

  private final LiveJob job;
  private final PrintStream progress;
  private Optional<String> known = Optional.empty();

  public JobWatch(LiveJob job, PrintStream progress) {
    this.job = job;
    this.progress = progress;
  }

  /**
   * Waits until each task is at work, and tells of failures meanwhile.
   *
   * @return false if it was stopped before
   * @throws UserException if the job failed for good
   */
  public boolean awaitRunning(StopRequest stop) {
    while (!job.isRunning()) {
      look();
      if (stop.await(START_LOOK)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Looks after it once.
   *
   * @throws UserException if the job failed for good
   */
  public void look() {
    failIfEnded();
    Optional<String> failure = job.lastFailure();
    if (!failure.equals(known)) {
      failure.ifPresent(
          cause ->
              progress.println(
                  "The job failed and starts again by itself: " + TerminalText.printable(cause)));
      known = failure;
    }
  }

  private void failIfEnded() {
    if (job.hasEnded()) {
      throw new UserException("The job failed for good: " + job.reasonOfEnd());
    }
  }
}
