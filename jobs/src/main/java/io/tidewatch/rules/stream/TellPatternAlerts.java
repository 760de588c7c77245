package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Endings;
import io.tidewatch.rules.Rule;
import io.tidewatch.rules.RuleBook;
import io.tidewatch.rules.RuleMessage;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells alerts of patterns as their rules are now, keyed by rule and series: with their severity
 * and receivers, and not at all while they are off. What patterns look for was compiled when the
 * job started and goes on in front of this.
 *
 * <p>State: the alert that was told, or that one is not told, until it ends, as each does in front
 * of this.
 */
final class TellPatternAlerts
    extends KeyedBroadcastProcessFunction<String, Alert, RuleMessage, Alert> {

  private static final ValueStateDescriptor<Alert> TOLD =
      new ValueStateDescriptor<>("told", TypeInformation.of(Alert.class));

  private static final ValueStateDescriptor<Boolean> UNTOLD =
      new ValueStateDescriptor<>("untold", Types.BOOLEAN);

  private final LiveRules<Rule, Map<String, Rule>> rules;

  private transient ValueState<Alert> told;
  private transient ValueState<Boolean> untold;

  TellPatternAlerts(RuleBook book) {
    this.rules = new LiveRules<>(book, Rule.class, TellPatternAlerts::byName);
  }

  private static Map<String, Rule> byName(List<Rule> rules) {
    return rules.stream().collect(Collectors.toMap(Rule::name, rule -> rule));
  }

  @Override
  public void open(OpenContext context) {
    told = getRuntimeContext().getState(TOLD);
    untold = getRuntimeContext().getState(UNTOLD);
  }

  @Override
  public void processElement(Alert alert, ReadOnlyContext context, Collector<Alert> out)
      throws Exception {
    if (alert.status() == AlertStatus.FIRING) {
      fire(alert, rules.arranged(context.getBroadcastState(LiveRules.APPLIED)), out);
      return;
    }
    Alert fired = told.value();
    if (untold.value() == null) {
      out.collect(fired == null ? alert : alert.withProfile(fired.profile()));
    }
    told.clear();
    untold.clear();
  }

  @Override
  public void processBroadcastElement(RuleMessage change, Context context, Collector<Alert> out)
      throws Exception {
    LiveRules.Change<Rule> taken = rules.take(change, context.getBroadcastState(LiveRules.APPLIED));
    if (taken.before() != null && taken.after() == null) {
      context.applyToKeyedState(
          TOLD,
          (key, firing) -> {
            Alert alert = firing.value();
            if (alert.profile().rule().equals(change.name())) {
              out.collect(Endings.ruleRemovedAt(alert, change.time()));
              untold.update(true);
              firing.clear();
            }
          });
    }
  }

  private void fire(Alert alert, Map<String, Rule> inForce, Collector<Alert> out) throws Exception {
    Rule rule = inForce.get(alert.profile().rule());
    if (rule == null) {
      untold.update(true);
      return;
    }
    Alert now = alert.withProfile(rule.profile());
    told.update(now);
    out.collect(now);
  }
}
