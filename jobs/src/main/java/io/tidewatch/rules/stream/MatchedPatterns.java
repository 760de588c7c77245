package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;
import static io.tidewatch.operator.Operators.union;

import io.tidewatch.alert.Alert;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.pattern.AlertEnding;
import io.tidewatch.pattern.AlertPattern;
import io.tidewatch.pattern.ExpiringPattern;
import io.tidewatch.pattern.Lifetime;
import io.tidewatch.pattern.cep.ElementClock;
import io.tidewatch.pattern.cep.PatternMatches;
import io.tidewatch.pattern.stream.FollowAlerts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.functions.KeySelector;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/** The matches of several patterns, and what ends their alerts. */
final class MatchedPatterns {

  private final List<DataStream<Alert>> matches = new ArrayList<>();
  private final List<DataStream<AlertEnding>> endings = new ArrayList<>();
  private final Map<String, Lifetime> lifetimes = new HashMap<>();

  /**
   * Matches one more pattern, in the chain of what makes its elements.
   *
   * @param elements each where its key belongs
   */
  <E> void add(
      DataStream<E> elements,
      KeySelector<E, String> key,
      ElementClock<E> clock,
      AlertPattern<E> pattern) {
    add(
        elements,
        DataStreamUtils.reinterpretAsKeyedStream(elements, key, Types.STRING),
        clock,
        pattern);
  }

  /**
   * Matches one more pattern.
   *
   * @param elements as they come
   * @param byKey the same, each where its key belongs
   */
  <E> void add(
      DataStream<E> elements,
      KeyedStream<E, String> byKey,
      ElementClock<E> clock,
      AlertPattern<E> pattern) {
    String rule = pattern.profile().rule();
    SingleOutputStreamOperator<Alert> matched =
        identify(
            PatternMatches.in(byKey, pattern, clock),
            OperatorIds.MATCH + rule + '-' + pattern.version());
    matches.add(matched);
    if (pattern instanceof ExpiringPattern<E>) {
      matches.add(matched.getSideOutput(PatternMatches.EXPIRED));
    }
    endings.add(
        identify(
            elements
                .flatMap(
                    (E element, Collector<AlertEnding> out) ->
                        pattern.endingOf(element).ifPresent(out::collect))
                .returns(TypeInformation.of(AlertEnding.class)),
            OperatorIds.ENDINGS + rule));
    lifetimes.put(rule, pattern.lifetime());
  }

  /**
   * The alerts of all of them, from firing to end.
   *
   * @param name of the operator
   * @param live what changes them
   */
  DataStream<Alert> follow(String name, RulesStage.Outputs live) {
    DataStream<Alert> followed =
        identify(
            union(matches)
                .orElseThrow()
                .connect(union(endings).orElseThrow())
                .keyBy(FollowAlerts::keyOf, FollowAlerts::keyOf, Types.STRING)
                .process(new FollowAlerts(lifetimes)),
            OperatorIds.FOLLOW_ALERTS + name);
    return identify(
        DataStreamUtils.reinterpretAsKeyedStream(followed, FollowAlerts::keyOf, Types.STRING)
            .connect(live.changes())
            .process(new TellPatternAlerts(live.book())),
        OperatorIds.TELL_ALERTS + name);
  }
}
