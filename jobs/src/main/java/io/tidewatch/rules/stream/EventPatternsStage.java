package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.pattern.cep.ElementClock;
import io.tidewatch.pattern.event.CampaignOverspend;
import io.tidewatch.pattern.event.EventPattern;
import io.tidewatch.pattern.event.SeriesEvent;
import io.tidewatch.pattern.stream.JudgeBudgets;
import io.tidewatch.pattern.stream.Live;
import io.tidewatch.rules.EventPatternRule;
import io.tidewatch.rules.RuleMessage;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.util.Collector;

/**
 * Events to alerts, by rules that name a pattern of events.
 *
 * <pre>
 * events ─▶ select ─(series)▶ [judge budgets ─▶] match ──(rule, series)▶ follow ─▶ tell ─▶ alerts
 *              └──────────────────────┴─▶ endings ──────(rule, series)──────┘
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
      DataStream<SeriesEvent> selected = select(events, pattern);
      KeyedStream<SeriesEvent, String> bySeries = selected.keyBy(SeriesEvent::series);
      ElementClock<SeriesEvent> clock = event -> event.knownAt().toEpochMilli();
      if (pattern instanceof CampaignOverspend) {
        matched.add(judge(bySeries, rule, live, zone), SeriesEvent::series, clock, pattern);
      } else {
        matched.add(selected, bySeries, clock, pattern);
      }
    }
    return matched.follow(EVENTS, live);
  }

  private static DataStream<SeriesEvent> select(DataStream<Event> events, EventPattern pattern) {
    return identify(
        events
            .flatMap(
                (Event event, Collector<SeriesEvent> out) ->
                    pattern.elementOf(event).ifPresent(out::collect))
            .returns(TypeInformation.of(SeriesEvent.class)),
        OperatorIds.SELECT_PATTERN_EVENTS + pattern.profile().rule());
  }

  private static DataStream<SeriesEvent> judge(
      KeyedStream<SeriesEvent, String> events,
      EventPatternRule rule,
      RulesStage.Outputs live,
      ZoneId zone) {
    Live<BigDecimal, RuleMessage> ratios =
        LiveThresholds.of(
            live.book(),
            EventPatternRule.class,
            rule,
            inForce -> ((CampaignOverspend) inForce.pattern(zone)).ratio());
    return identify(
        events.connect(live.changes()).process(new JudgeBudgets<>(ratios, zone)),
        OperatorIds.JUDGE_BUDGETS + rule.name());
  }
}
