package io.tidewatch.currency.stream;

import io.tidewatch.currency.Conversion;
import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.FxRates;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.QualityCheck;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.QualityFlags;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.state.BroadcastState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.functions.co.BroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Converts the money of events at the rate of their local date, as far as it is known by then: a
 * rate that comes later converts what comes after it. An event without a rate goes on without its
 * money and is flagged.
 *
 * <p>State: the rates that were told, each until one of its currency comes that is {@code
 * remembered} younger.
 */
final class ConvertMoney extends BroadcastProcessFunction<Event, FxRate, Event> {

  static final OutputTag<QualityFlag> FLAGS =
      new OutputTag<>("conversion-flags", TypeInformation.of(QualityFlag.class));

  /** By currency, then by day. */
  static final MapStateDescriptor<String, Map<Long, FxRate>> RATES =
      new MapStateDescriptor<>(
          "fx-rates", Types.STRING, Types.MAP(Types.LONG, TypeInformation.of(FxRate.class)));

  private final Conversion conversion;
  private final List<FxRate> configured;
  private final ZoneId zone;
  private final long daysRemembered;

  /** All rates by date; null when it is to be made anew. */
  private transient FxRates known;

  ConvertMoney(ReportingCurrency currency, ZoneId zone, Duration remembered) {
    this.conversion = new Conversion(currency.code());
    this.configured = currency.rates();
    this.zone = zone;
    this.daysRemembered = remembered.toDays();
  }

  @Override
  public void processElement(Event event, ReadOnlyContext context, Collector<Event> out)
      throws Exception {
    if (known == null) {
      known = new FxRates();
      configured.forEach(known::add);
      for (Map.Entry<String, Map<Long, FxRate>> told :
          context.getBroadcastState(RATES).immutableEntries()) {
        told.getValue().values().forEach(known::add);
      }
    }
    LocalDate date = event.time().atZone(zone).toLocalDate();
    Optional<BigDecimal> rate = known.at(event.currency(), date);
    if (rate.isPresent()) {
      out.collect(conversion.converted(event, rate.get()));
      return;
    }
    context.output(
        FLAGS,
        QualityFlags.about(
            event,
            QualityCheck.FX_RATE_MISSING,
            "currency",
            "there is no rate of %s to %s on %s or up to %d days before; its money is in no total"
                .formatted(event.currency(), conversion.currency(), date, FxRates.MOST_DAYS_OLD)));
    out.collect(conversion.withoutMoney(event));
  }

  @Override
  public void processBroadcastElement(FxRate rate, Context context, Collector<Event> out)
      throws Exception {
    BroadcastState<String, Map<Long, FxRate>> told = context.getBroadcastState(RATES);
    Map<Long, FxRate> days = new HashMap<>();
    if (told.contains(rate.currency())) {
      days.putAll(told.get(rate.currency()));
    }
    days.merge(rate.epochDay(), rate, FxRate::orNewer);
    days.keySet().removeIf(day -> day < rate.epochDay() - daysRemembered);
    told.put(rate.currency(), days);
    known = null;
  }
}
