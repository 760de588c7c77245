package io.tidewatch.currency.stream;

import io.tidewatch.currency.FxRate;
import io.tidewatch.currency.FxRateMessage;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.ReasonCode;
import java.nio.charset.StandardCharsets;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Records of the topic {@code fx-rates} to rates; what is none is a dead letter. */
final class ReadRates extends ProcessFunction<RawRecord, FxRate> {

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("fx-rate-dead-letters", TypeInformation.of(DeadLetter.class));

  private final String quoteCurrency;

  ReadRates(String quoteCurrency) {
    this.quoteCurrency = quoteCurrency;
  }

  @Override
  public void processElement(RawRecord record, Context context, Collector<FxRate> out) {
    try {
      out.collect(FxRateMessage.read(record.value(), record.offset(), quoteCurrency));
    } catch (IllegalArgumentException e) {
      context.output(DEAD_LETTERS, deadLetter(record, e.getMessage()));
    }
  }

  private static DeadLetter deadLetter(RawRecord record, String reason) {
    return new DeadLetter(
        record.source(),
        record.topic(),
        record.partition(),
        record.offset(),
        record.receivedAt(),
        ReasonCode.FX_RATE_INVALID.name(),
        reason,
        record.value() == null ? "" : new String(record.value(), StandardCharsets.UTF_8));
  }
}
