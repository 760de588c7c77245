package io.tidewatch.rules.stream;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertStatus;
import io.tidewatch.alert.Figures;
import io.tidewatch.alert.Resolution;
import io.tidewatch.rules.FiringSeries;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Tells no more alerts of a rule at once than it may fire, keyed by rule. While there are more, one
 * alert of the series {@link #CAPPED} says so. One that was not told is not told later either; when
 * a told one ends, the next to fire takes its place.
 *
 * <p>State: the ids of alerts that were told and fire, at most as many as the rule may, how many
 * were not told, and for a day the versions of those that have ended.
 */
final class CapAlerts extends KeyedProcessFunction<String, Alert, Alert> {

  /** Stands for the series that are not told. */
  static final String CAPPED = "series=~capped";

  private transient MapState<String, Boolean> told;
  private transient ValueState<FiringSeries> firing;
  private transient ToldVersions versions;

  @Override
  public void open(OpenContext context) {
    told =
        getRuntimeContext()
            .getMapState(new MapStateDescriptor<>("told", Types.STRING, Types.BOOLEAN));
    firing =
        getRuntimeContext()
            .getState(new ValueStateDescriptor<>("firing", TypeInformation.of(FiringSeries.class)));
    versions = new ToldVersions(getRuntimeContext());
  }

  @Override
  public void processElement(Alert alert, Context context, Collector<Alert> out) throws Exception {
    FiringSeries known = firing.value();
    FiringSeries before = known == null ? FiringSeries.NONE : known;
    List<Alert> heard = new ArrayList<>();
    FiringSeries after =
        alert.status() == AlertStatus.FIRING
            ? fire(alert, before, heard)
            : end(alert, before, heard);
    for (Alert one : heard) {
      out.collect(versions.next(one, context.timerService()));
    }
    if (after.isNone()) {
      firing.clear();
    } else {
      firing.update(after);
    }
  }

  @Override
  public void onTimer(long timestamp, OnTimerContext context, Collector<Alert> out)
      throws Exception {
    versions.onTimer(timestamp, context.timerService());
  }

  private FiringSeries fire(Alert alert, FiringSeries before, List<Alert> heard) throws Exception {
    if (told.contains(alert.id())) {
      heard.add(alert);
      return before;
    }
    if (before.listed() < alert.profile().mostFiring()) {
      told.put(alert.id(), true);
      heard.add(alert);
      return before.withListed();
    }
    if (before.capped() != null) {
      return before.withUnlisted(before.capped());
    }
    Alert capped = capped(alert, before.listed());
    heard.add(capped);
    return before.withUnlisted(capped);
  }

  private FiringSeries end(Alert alert, FiringSeries before, List<Alert> heard) throws Exception {
    if (told.contains(alert.id())) {
      told.remove(alert.id());
      heard.add(alert);
      return before.withoutListed();
    }
    if (before.unlisted() == 0) {
      // one that fired before there was a cap
      heard.add(alert);
      return before;
    }
    FiringSeries after = before.withoutUnlisted();
    if (after.capped() == null) {
      Instant now = alert.updatedAt();
      heard.add(
          before
              .capped()
              .resolved(
                  Resolution.RECOVERED,
                  now,
                  now,
                  "Over: all series for which %s fires are listed again."
                      .formatted(alert.profile().rule())));
    }
    return after;
  }

  private static Alert capped(Alert first, int listed) {
    Instant now = first.updatedAt();
    return Alert.firing(
        first.profile(),
        CAPPED,
        null,
        now.truncatedTo(ChronoUnit.HOURS),
        now,
        now,
        new Figures(listed + 1.0, null, (double) first.profile().mostFiring()),
        "%s fires for %d series; further ones are not listed."
            .formatted(first.profile().rule(), listed),
        List.of());
  }
}
