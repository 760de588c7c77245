package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.pattern.window.DropJudge;
import io.tidewatch.pattern.window.Finding;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.pattern.window.WindowJudge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.IterativeCondition;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * So many declines in a row, or one fall against the same time last week.
 *
 * <p>It fires with the last decline or with the fall, and ends with the first normal window. A fall
 * after declines is the fall alone. After a match the next one begins anew, past its last window:
 * six declines in a row are two matches of three, of which the second falls into the alert of the
 * first. Windows that cannot be judged neither break nor prolong the row.
 */
public final class RevenueDrop implements WindowPattern {

  public static final String NAME = "revenue-drop";

  private static final String DECLINES = "declines";
  private static final String LAST = "last";

  private static final SimpleCondition<JudgedWindow> DECLINED =
      SimpleCondition.of(judged -> judged.finding() == Finding.DECLINED);
  private static final IterativeCondition<JudgedWindow> FALLEN_OR_LAST_DECLINE =
      new FallenOrLastDecline();

  private final AlertProfile profile;
  private final WatchedMetric watched;
  private final Parameters parameters;

  public RevenueDrop(AlertProfile profile, WatchedMetric watched, Parameters parameters) {
    this.profile = profile;
    this.watched = watched;
    this.parameters = parameters;
  }

  /**
   * @param declines how many in a row; at least two
   * @param declineBy a window declined if it is less than the one before by this part of it, at
   *     least
   * @param belowRatio a window fell if it is less than this part of last week's
   * @param minimum what is compared with less than this has neither declined nor fallen
   * @param within less than this lies between the end of the first decline and that of the last
   */
  public record Parameters(
      int declines, double declineBy, double belowRatio, double minimum, Duration within)
      implements WindowPatternParameters {

    public Parameters {
      Require.that(declines >= 2, "declines: at least 2");
      Require.that(declineBy > 0 && declineBy <= 1, "declineBy: above 0, up to 1");
      Require.that(belowRatio > 0 && belowRatio <= 1, "belowRatio: above 0, up to 1");
      Require.that(minimum > 0, "minimum: above 0");
      Require.that(within.compareTo(Duration.ZERO) > 0, "within: more than 0");
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of("declines", declines, "within", within);
    }

    @Override
    public WindowPattern watching(WatchedMetric metric, AlertProfile profile) {
      return new RevenueDrop(profile, metric, this);
    }
  }

  private static final class FallenOrLastDecline extends IterativeCondition<JudgedWindow> {

    @Override
    public boolean filter(JudgedWindow judged, Context<JudgedWindow> context) throws Exception {
      boolean fellAlone = judged.finding() == Finding.FALLEN;
      boolean afterDeclines = context.getEventsForPattern(DECLINES).iterator().hasNext();
      return afterDeclines ? judged.finding() == Finding.DECLINED : fellAlone;
    }
  }

  @Override
  public AlertProfile profile() {
    return profile;
  }

  @Override
  public WindowJudge judge() {
    return new DropJudge(parameters.declineBy(), parameters.belowRatio(), parameters.minimum());
  }

  @Override
  public String version() {
    return "v1-%d-within-%s".formatted(parameters.declines(), parameters.within());
  }

  @Override
  public Pattern<JudgedWindow, ?> pattern() {
    return Pattern.<JudgedWindow>begin(DECLINES, AfterMatchSkipStrategy.skipPastLastEvent())
        .where(DECLINED)
        .times(parameters.declines() - 1)
        .consecutive()
        .optional()
        .next(LAST)
        .where(FALLEN_OR_LAST_DECLINE)
        .within(parameters.within());
  }

  @Override
  public Alert onMatch(Map<String, List<JudgedWindow>> match) {
    List<JudgedWindow> windows =
        Stream.concat(match.getOrDefault(DECLINES, List.of()).stream(), match.get(LAST).stream())
            .toList();
    JudgedWindow first = windows.get(0);
    JudgedWindow last = windows.get(windows.size() - 1);
    SeriesWindow started = first.window();
    return Alert.firing(
        profile,
        started.series(),
        started.customerId(),
        started.endTime(),
        started.endTime(),
        last.window().endTime(),
        new Figures(last.window().value(), first.expected(), last.limit()),
        last.finding() == Finding.FALLEN ? fall(last) : declines(first, last),
        watched.evidence(windows));
  }

  @Override
  public Optional<AlertEnding> endingOf(JudgedWindow judged) {
    return watched.endingOf(profile, judged);
  }

  /** Such as: net_revenue fell 3 days in a row: 540.00 on Monday 2 Mar, from 1,000.00 before. */
  private String declines(JudgedWindow first, JudgedWindow last) {
    return "%s fell %s: %s, from %s before."
        .formatted(
            watched.subject(last.window()),
            watched.inARow(parameters.declines()),
            watched.measured(last.window()),
            watched.wording().figure(first.expected()));
  }

  /** Such as: net_revenue fell: 540.00 on Monday 2 Mar, 54 % of the 1,000.00 a week before. */
  private String fall(JudgedWindow fallen) {
    double value = fallen.window().value();
    return "%s fell: %s, %d %% of the %s a week before."
        .formatted(
            watched.subject(fallen.window()),
            watched.measured(fallen.window()),
            Math.round(100 * value / fallen.expected()),
            watched.wording().figure(fallen.expected()));
  }
}
