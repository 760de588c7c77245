package io.tidewatch.rules;

import io.tidewatch.pattern.window.Judgement;
import io.tidewatch.pattern.window.SeriesPast;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.pattern.window.WindowJudge;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;

/** Neither judges windows of holidays nor has them be part of what is usual. */
record WorkingDayJudge(WindowJudge judge, Holidays holidays, ZoneId zone) implements WindowJudge {

  private static final Period WEEK = Period.ofWeeks(1);

  @Override
  public Judgement judge(SeriesWindow window, SeriesPast past) {
    if (isOfHoliday(window.endTime())) {
      return skip(past);
    }
    boolean lastWeekCounts = !isOfHoliday(window.endTime().atZone(zone).minus(WEEK).toInstant());
    return judge.judge(
        window,
        new SeriesPast(
            past.values(),
            past.breaches(),
            past.judgedUntil(),
            lastWeekCounts ? past.lastWeek() : null));
  }

  @Override
  public Judgement skip(SeriesPast past) {
    return judge.skip(past);
  }

  @Override
  public boolean asksForLastWeek() {
    return judge.asksForLastWeek();
  }

  @Override
  public Duration memory(SeriesWindow last) {
    return judge.memory(last);
  }

  private boolean isOfHoliday(Instant end) {
    return holidays.haveWindowUntil(end, zone);
  }
}
