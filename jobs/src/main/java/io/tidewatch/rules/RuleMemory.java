package io.tidewatch.rules;

import io.tidewatch.anomaly.AnomalyDetector;
import java.util.Map;

/** What rules remember of one series; {@link SeriesWatch} says what. */
public interface RuleMemory extends WindowHistory {

  /** How far it has been judged; null at first. */
  SeriesProgress progress();

  void keepProgress(SeriesProgress progress);

  /** Where a rule stands; null where there is nothing to remember. */
  MetricAlertState alert(String rule);

  /**
   * @param state null where there is nothing to remember
   */
  void keepAlert(String rule, MetricAlertState state);

  /** Where each rule stands that has something to remember, as of now. */
  Map<String, MetricAlertState> alerts();

  /** The first final value of the window that ended then, epoch milliseconds. */
  void keepValue(long end, double value);

  void forgetValuesBefore(long end);

  /** What was learnt of what is odd in the series; null at first. */
  AnomalyDetector detector();

  /**
   * @param detector null where nothing is to be remembered
   */
  void keepDetector(AnomalyDetector detector);

  /** Forgets all of it. */
  void clear();
}
