package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.pattern.window.Finding;
import io.tidewatch.pattern.window.JudgedWindow;
import io.tidewatch.pattern.window.SeriesWindow;
import io.tidewatch.pattern.window.SpikeJudge;
import io.tidewatch.pattern.window.WindowJudge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * So many windows in a row above what is usual, after a normal one.
 *
 * <p>It fires with the last of them and ends with the first normal window. A spike that goes on is
 * one match, for it has one first window; one whose windows lie too far apart is none, however long
 * it goes on. Missing windows neither break nor prolong the row.
 */
public final class MetricSpike implements WindowPattern {

  public static final String NAME = "metric-spike";

  private static final String FIRST = "first";
  private static final String FURTHER = "further";

  private static final SimpleCondition<JudgedWindow> ABOVE_AFTER_NORMAL =
      SimpleCondition.of(judged -> judged.finding() == Finding.ABOVE && judged.first());
  private static final SimpleCondition<JudgedWindow> STILL_ABOVE =
      SimpleCondition.of(judged -> judged.finding() == Finding.ABOVE && !judged.first());

  private final AlertProfile profile;
  private final WatchedMetric watched;
  private final Parameters parameters;

  public MetricSpike(AlertProfile profile, WatchedMetric watched, Parameters parameters) {
    this.profile = profile;
    this.watched = watched;
    this.parameters = parameters;
  }

  /**
   * @param windows how many in a row
   * @param ratio so many times the usual is too much
   * @param floor nothing up to this is too much, however little is usual
   * @param usualOf the usual is the median of so many normal windows, the last ones
   * @param minimumHistory and is known when there are so many
   * @param within less than this lies between the end of the first window and that of the last
   */
  public record Parameters(
      int windows, double ratio, double floor, int usualOf, int minimumHistory, Duration within)
      implements WindowPatternParameters {

    public Parameters {
      Require.that(windows >= 1, "windows: at least 1");
      Require.that(ratio >= 1, "ratio: at least 1");
      Require.that(floor >= 0, "floor: at least 0");
      Require.that(usualOf >= 1, "usualOf: at least 1");
      Require.that(
          minimumHistory >= 1 && minimumHistory <= usualOf, "minimumHistory: from 1 to usualOf");
      Require.that(within.compareTo(Duration.ZERO) > 0, "within: more than 0");
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of("windows", windows, "within", within);
    }

    @Override
    public WindowPattern watching(WatchedMetric metric, AlertProfile profile) {
      return new MetricSpike(profile, metric, this);
    }
  }

  @Override
  public AlertProfile profile() {
    return profile;
  }

  @Override
  public WindowJudge judge() {
    return new SpikeJudge(
        parameters.ratio(), parameters.floor(), parameters.usualOf(), parameters.minimumHistory());
  }

  @Override
  public String version() {
    return "v1-%d-within-%s".formatted(parameters.windows(), parameters.within());
  }

  @Override
  public Pattern<JudgedWindow, ?> pattern() {
    Pattern<JudgedWindow, JudgedWindow> first =
        Pattern.<JudgedWindow>begin(FIRST, AfterMatchSkipStrategy.skipPastLastEvent())
            .where(ABOVE_AFTER_NORMAL);
    if (parameters.windows() == 1) {
      return first;
    }
    return first
        .next(FURTHER)
        .where(STILL_ABOVE)
        .times(parameters.windows() - 1)
        .consecutive()
        .within(parameters.within());
  }

  @Override
  public Alert onMatch(Map<String, List<JudgedWindow>> match) {
    List<JudgedWindow> windows =
        Stream.concat(match.get(FIRST).stream(), match.getOrDefault(FURTHER, List.of()).stream())
            .toList();
    SeriesWindow first = windows.get(0).window();
    JudgedWindow last = windows.get(windows.size() - 1);
    return Alert.firing(
        profile,
        first.series(),
        first.customerId(),
        first.endTime(),
        first.endTime(),
        last.window().endTime(),
        new Figures(last.window().value(), last.expected(), last.limit()),
        summary(last),
        watched.evidence(windows));
  }

  @Override
  public Optional<AlertEnding> endingOf(JudgedWindow judged) {
    return watched.endingOf(profile, judged);
  }

  /**
   * Such as: api_errors spiked: 412 from 10:04 to 10:05, 3 minutes in a row above 70; usual is 35.
   */
  private String summary(JudgedWindow last) {
    Wording wording = watched.wording();
    String row = parameters.windows() == 1 ? "" : watched.inARow(parameters.windows()) + ' ';
    return "%s spiked: %s, %sabove %s; usual is %s."
        .formatted(
            watched.subject(last.window()),
            watched.measured(last.window()),
            row,
            wording.figure(last.limit()),
            wording.figure(last.expected()));
  }
}
