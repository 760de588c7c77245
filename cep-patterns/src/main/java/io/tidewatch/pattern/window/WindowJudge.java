package io.tidewatch.pattern.window;

import java.io.Serializable;
import java.time.Duration;

/**
 * Says of each window of a series whether it is as it should be.
 *
 * <p>Windows come in the order of their ends, each once. One of which nothing can be said neither
 * begins nor ends anything.
 */
public interface WindowJudge extends Serializable {

  Judgement judge(SeriesWindow window, SeriesPast past);

  /** Of a window that is not to be judged, and no part of what is usual. */
  Judgement skip(SeriesPast past);

  /** Whether it wants to know the value of the same time last week. */
  boolean asksForLastWeek();

  /** How long after its last window a silent series is remembered. */
  Duration memory(SeriesWindow last);
}
