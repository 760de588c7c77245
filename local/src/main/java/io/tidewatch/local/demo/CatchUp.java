package io.tidewatch.local.demo;

import io.tidewatch.clickhouse.ClickHouseException;
import io.tidewatch.local.StopRequest;
import io.tidewatch.local.UserException;
import io.tidewatch.local.stack.JobWatch;
import io.tidewatch.local.stack.LiveJob;
import io.tidewatch.time.DurationWords;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Follows the job while it reads the company's history. */
final class CatchUp {

  private static final Duration LOOK = Duration.ofSeconds(1);

  /** Each of the job's tasks is asked for its watermark, which slows down a job that is busy. */
  private static final int LOOKS_PER_WATERMARK = 20;

  private static final Duration TOLERATED_STANDSTILL = Duration.ofMinutes(5);

  /** What a job that has caught up is behind by our clock, as it waits 10 s for late arrivals. */
  private static final Duration NEAR = Duration.ofSeconds(14);

  private static final double NEARLY_ALL = 0.99;

  /** Rows of the past are written every few seconds. */
  private static final int LOOKS_PER_RATE = 8;

  private final LiveJob job;
  private final JobWatch watch;
  private final CompanyFeed feed;
  private final Warehouse warehouse;
  private final Screen screen;
  private final Clock clock;

  /** Events written as of the last looks, the newest last. */
  private final Deque<Long> lately = new ArrayDeque<>(List.of(0L));

  private long written;

  CatchUp(
      LiveJob job,
      JobWatch watch,
      CompanyFeed feed,
      Warehouse warehouse,
      Screen screen,
      Clock clock) {
    this.job = job;
    this.watch = watch;
    this.feed = feed;
    this.warehouse = warehouse;
    this.screen = screen;
    this.clock = clock;
  }

  /**
   * Waits until the job has caught up.
   *
   * @return false if it was stopped before
   * @throws UserException if the job does not get on, as when it fails again and again
   */
  boolean await(StopRequest stop) {
    screen.progress("job starts …");
    Instant began = clock.instant();
    Standstill standstill = new Standstill(clock, TOLERATED_STANDSTILL);
    boolean running = false;
    for (int looks = 1; !stop.await(LOOK); looks++) {
      watch.look();
      feed.failIfStopped();
      running = running || job.isRunning();
      if (running) {
        countWritten();
      }
      boolean nearlyAll = written >= NEARLY_ALL * expected();
      if (nearlyAll || looks % LOOKS_PER_WATERMARK == 0) {
        Instant reached = job.reached().orElse(Instant.MIN);
        if (nearlyAll && reached.isAfter(feed.now().minus(NEAR))) {
          sayHowLong(Duration.between(began, clock.instant()));
          return true;
        }
        failIf(standstill.at(reached));
      }
    }
    return false;
  }

  private void failIf(boolean standsStill) {
    if (standsStill) {
      throw new UserException(
          "The job has not got on for %s: %s"
              .formatted(
                  DurationWords.of(TOLERATED_STANDSTILL),
                  job.lastFailure().orElse("its log may say why")));
    }
  }

  private void countWritten() {
    try {
      written = warehouse.factsWritten();
    } catch (ClickHouseException e) {
      screen.progress("ClickHouse does not answer; it is asked again …");
      return;
    }
    double perLook = (double) (written - lately.getFirst()) / lately.size();
    lately.addLast(written);
    if (lately.size() > LOOKS_PER_RATE) {
      lately.removeFirst();
    }
    screen.progress(
        "job reads the history: %d %%, %.1f thousand events per s"
            .formatted(100 * written / expected(), perLook / LOOK.toSeconds() / 1000));
  }

  private void sayHowLong(Duration length) {
    screen.say(
        "Job         has read the history in %s: %.1f thousand events per s"
            .formatted(
                DurationWords.of(length), expected() / 1000.0 / Math.max(1, length.toSeconds())));
  }

  private long expected() {
    return feed.sent() - feed.repeated();
  }
}
