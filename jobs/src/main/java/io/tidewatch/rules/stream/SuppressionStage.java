package io.tidewatch.rules.stream;

import static io.tidewatch.operator.Operators.identify;

import io.tidewatch.alert.Alert;
import io.tidewatch.operator.OperatorIds;
import java.time.ZoneId;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;

/** Alerts of all rules to those that are to be heard: neither muted ones nor too many at once. */
public final class SuppressionStage {

  private SuppressionStage() {}

  /**
   * @param zone whose hours rules are muted in
   */
  public static DataStream<Alert> apply(DataStream<Alert> alerts, ZoneId zone) {
    return identify(
        DataStreamUtils.reinterpretAsKeyedStream(
                identify(
                    alerts.keyBy(SuppressionStage::ruleOf).process(new MuteAlerts(zone)),
                    OperatorIds.MUTE_ALERTS),
                SuppressionStage::ruleOf,
                Types.STRING)
            .process(new CapAlerts()),
        OperatorIds.CAP_ALERTS);
  }

  private static String ruleOf(Alert alert) {
    return alert.profile().rule();
  }
}
