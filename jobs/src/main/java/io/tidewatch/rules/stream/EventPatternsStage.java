package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.pattern.event.CampaignOverspend;
import io.tidewatch.pattern.event.EventPattern;
import io.tidewatch.pattern.event.SeriesEvent;
import io.tidewatch.pattern.stream.JudgeBudgets;
import io.tidewatch.rules.EventPatternRule;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.util.Collector;

/**
 * Events to alerts, by rules that name a pattern of events.
 *
 * <pre>
 * events ─▶ select ─(series)▶ [judge budgets ─▶] match ───(rule, series)▶ follow ─▶ tell ─▶ alerts
 *                                        └─────▶ endings ──────────────────┘
 * </pre>
 *
 * <p>All but the last run once per rule, for what a pattern is compiled from is the rule's own.
 */
public final class EventPatternsStage {

  /** Names the operator that follows the alerts. */
  private static final String EVENTS = "of-events";

  private EventPatternsStage() {}

  /**
   * @param rules those that the job is started with
   * @param live what changes them
   */
  public static DataStream<Alert> apply(
      DataStream<Event> events,
      List<EventPatternRule> rules,
      RulesStage.Outputs live,
      ZoneId zone) {
    MatchedPatterns matched = new MatchedPatterns();
    for (EventPatternRule rule : rules) {
      EventPattern pattern = rule.pattern(zone);
      matched.add(
          judged(select(events, pattern), pattern, zone),
          event -> event.knownAt().toEpochMilli(),
          pattern);
    }
    return matched.follow(EVENTS, live);
  }

  private static KeyedStream<SeriesEvent, String> select(
      DataStream<Event> events, EventPattern pattern) {
    return identify(
            events
                .flatMap(
                    (Event event, Collector<SeriesEvent> out) ->
                        pattern.elementOf(event).ifPresent(out::collect))
                .returns(TypeInformation.of(SeriesEvent.class)),
            OperatorIds.SELECT_PATTERN_EVENTS + pattern.profile().rule())
        .keyBy(SeriesEvent::series);
  }

  private static KeyedStream<SeriesEvent, String> judged(
      KeyedStream<SeriesEvent, String> events, EventPattern pattern, ZoneId zone) {
    return pattern instanceof CampaignOverspend overspend
        ? DataStreamUtils.reinterpretAsKeyedStream(
            identify(
                events.process(new JudgeBudgets(overspend.ratio(), zone)),
                OperatorIds.JUDGE_BUDGETS + pattern.profile().rule()),
            SeriesEvent::series,
            Types.STRING)
        : events;
  }
}
