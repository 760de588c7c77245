package io.tidewatch.local.stack;

import io.tidewatch.local.TerminalText;
import java.io.PrintStream;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Starts a stack's ClickHouse engine again when it has ended; the job waits for it meanwhile. */
public final class EngineWatch implements AutoCloseable {

  private static final long LOOK_EVERY_SECONDS = 1;

  private final LocalStack stack;
  private final PrintStream progress;
  private String lastProblem;
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "engine-watch");
            thread.setDaemon(true);
            return thread;
          });

  public EngineWatch(LocalStack stack, PrintStream progress) {
    this.stack = stack;
    this.progress = progress;
    looks.scheduleWithFixedDelay(
        this::look, LOOK_EVERY_SECONDS, LOOK_EVERY_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      if (stack.reviveEngine()) {
        progress.println("ClickHouse had ended and was started again");
      }
    } catch (RuntimeException e) {
      // the next look may succeed
      say("ClickHouse could not be started again: " + e.getMessage());
    }
  }

  /** Once, however often it is found. */
  private void say(String problem) {
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      progress.println(TerminalText.printable(problem));
    }
  }

  /** From now on the engine may end. */
  @Override
  public void close() throws InterruptedException {
    looks.shutdownNow();
    looks.awaitTermination(1, TimeUnit.MINUTES);
  }
}
