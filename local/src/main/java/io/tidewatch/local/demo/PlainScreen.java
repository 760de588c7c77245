package io.tidewatch.local.demo;

import io.tidewatch.local.TerminalText;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A file or a pipe: lines are added, and there are not too many of them. */
final class PlainScreen implements Screen {

  /** Those of the hour and the day come seconds after the job has caught up. */
  private static final Duration FIRST_FIGURES_AFTER = Duration.ofSeconds(10);

  private static final Duration FIGURES_EVERY = Duration.ofSeconds(30);
  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(5);

  private final PrintStream out;
  private final Clock clock;
  private Instant nextProgress = Instant.MIN;
  private Instant nextFigures = Instant.MAX;
  private int alertsSaid;

  PlainScreen(PrintStream out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  @Override
  public void say(String line) {
    out.println(TerminalText.printable(line));
  }

  @Override
  public void progress(String line) {
    Instant now = clock.instant();
    if (!now.isBefore(nextProgress)) {
      out.println(line);
      nextProgress = now.plus(PROGRESS_EVERY);
    }
  }

  @Override
  public void show(Picture picture) {
    List<AlertMessage> alerts = picture.alerts();
    List<AlertMessage> untold = alerts.subList(alertsSaid, alerts.size());
    Layout.alerts(untold, untold.size()).forEach(out::println);
    alertsSaid = alerts.size();
    Instant now = clock.instant();
    if (nextFigures.equals(Instant.MAX)) {
      nextFigures = now.plus(FIRST_FIGURES_AFTER);
    }
    if (!now.isBefore(nextFigures)) {
      Layout.figures(picture).forEach(line -> out.println(Layout.fit(line)));
      nextFigures = now.plus(FIGURES_EVERY);
    }
  }
}
