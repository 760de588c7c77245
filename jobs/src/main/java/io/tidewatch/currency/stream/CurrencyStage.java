package io.tidewatch.currency.stream;

import static io.tidewatch.operator.Operators.identify;
import static io.tidewatch.operator.Operators.union;

import io.tidewatch.currency.Conversion;
import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.operator.EventSerializer;
import io.tidewatch.operator.OperatorIds;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * Events to events whose money is in the reporting currency. Only what needs conversion leaves the
 * chain of its branch.
 */
public final class CurrencyStage {

  private static final String CONVERTED = "converted";

  private CurrencyStage() {}

  /**
   * What there is to convert to, and by.
   *
   * @param rates records of the topic {@code fx-rates}, which hold back no event time
   */
  public record Input(ReportingCurrency currency, DataStream<RawRecord> rates) {}

  /**
   * @param remembered how long after it rates are needed for late events
   */
  public record Settings(ZoneId zone, Duration remembered) {}

  /**
   * @param branches accepted events, those that were converted in a branch of their own
   * @param rates those that were told, for {@code fx_rates}
   */
  public record Outputs(
      Map<String, DataStream<Event>> branches,
      DataStream<FxRate> rates,
      DataStream<QualityFlag> flags,
      DataStream<DeadLetter> deadLetters) {}

  public static Outputs apply(
      Map<String, DataStream<Event>> branches, Input input, Settings settings) {
    String code = input.currency().code();
    Conversion conversion = new Conversion(code);
    SingleOutputStreamOperator<FxRate> told =
        identify(input.rates().process(new ReadRates(code)), OperatorIds.READ_RATES)
            .setParallelism(1);
    Map<String, DataStream<Event>> all = new LinkedHashMap<>();
    List<DataStream<Event>> foreign = new ArrayList<>();
    branches.forEach(
        (branch, events) -> {
          all.put(
              branch,
              select(events, event -> !conversion.concerns(event), OperatorIds.OWN_MONEY + branch));
          foreign.add(select(events, conversion::concerns, OperatorIds.FOREIGN_MONEY + branch));
        });
    SingleOutputStreamOperator<Event> converted =
        identify(
            union(foreign)
                .orElseThrow()
                .connect(told.broadcast(ConvertMoney.RATES))
                .process(new ConvertMoney(input.currency(), settings.zone(), settings.remembered()))
                .returns(EventSerializer.TYPE),
            OperatorIds.CONVERT_MONEY);
    all.put(CONVERTED, converted);
    return new Outputs(
        all,
        told,
        converted.getSideOutput(ConvertMoney.FLAGS),
        told.getSideOutput(ReadRates.DEAD_LETTERS));
  }

  private static DataStream<Event> select(
      DataStream<Event> events, FilterFunction<Event> wanted, String id) {
    return identify(events.filter(wanted), id).setParallelism(events.getParallelism());
  }
}
