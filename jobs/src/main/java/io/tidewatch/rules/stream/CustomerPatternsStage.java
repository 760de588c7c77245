package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.pattern.customer.CustomerEvent;
import io.tidewatch.pattern.customer.CustomerPattern;
import io.tidewatch.pattern.customer.JudgingPattern;
import io.tidewatch.pattern.stream.Live;
import io.tidewatch.rules.CustomerPatternRule;
import io.tidewatch.rules.RuleMessage;
import java.time.ZoneId;
import java.util.List;
import org.apache.flink.streaming.api.datastream.DataStream;

/**
 * Events of customers to alerts, by rules that name a pattern of customers.
 *
 * <pre>
 * events ─▶ select ─▶ [judge ─▶] match ───(rule, customer)▶ follow ─▶ tell ─▶ alerts
 *                        └─────▶ endings ────────────────────┘
 * </pre>
 *
 * <p>All but the last two run once per rule, for what a pattern is compiled from is the rule's own.
 */
public final class CustomerPatternsStage {

  /** Names the operator that follows the alerts. */
  private static final String CUSTOMERS = "customers";

  private CustomerPatternsStage() {}

  /**
   * @param events each where its customer belongs, in the order they are known
   * @param rules those that the job is started with
   * @param live what changes them
   */
  public static DataStream<Alert> apply(
      DataStream<CustomerEvent> events,
      List<CustomerPatternRule> rules,
      RulesStage.Outputs live,
      ZoneId zone) {
    MatchedPatterns matched = new MatchedPatterns();
    for (CustomerPatternRule rule : rules) {
      CustomerPattern pattern = rule.pattern(zone);
      matched.add(
          judged(
              identify(
                  events.filter(pattern::concerns),
                  OperatorIds.SELECT_PATTERN_EVENTS + rule.name()),
              rule,
              live,
              zone),
          CustomerEvent::customerId,
          event -> event.knownAt().toEpochMilli(),
          pattern);
    }
    return matched.follow(CUSTOMERS, live);
  }

  private static DataStream<CustomerEvent> judged(
      DataStream<CustomerEvent> events,
      CustomerPatternRule rule,
      RulesStage.Outputs live,
      ZoneId zone) {
    if (!(rule.pattern(zone) instanceof JudgingPattern)) {
      return events;
    }
    Live<JudgingPattern, RuleMessage> patterns =
        LiveThresholds.of(
            live.book(),
            CustomerPatternRule.class,
            rule,
            inForce -> (JudgingPattern) inForce.pattern(zone));
    return identify(
        events.connect(live.changes()).process(new JudgeCustomers(patterns)),
        OperatorIds.JUDGE_CUSTOMERS + rule.name());
  }
}
