package io.tidewatch.pattern.cep;

import io.tidewatch.alert.Alert;
import io.tidewatch.pattern.AlertPattern;
import io.tidewatch.pattern.ExpiringPattern;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.cep.functions.PatternProcessFunction;
import org.apache.flink.cep.functions.TimedOutPartialMatchHandler;
import org.apache.flink.streaming.api.datastream.KeyedStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/** Finds a pattern in a keyed stream. */
public final class PatternMatches {

  /** The alerts of an {@link ExpiringPattern} that was begun and not completed in time. */
  public static final OutputTag<Alert> EXPIRED =
      new OutputTag<>("expired", TypeInformation.of(Alert.class));

  private PatternMatches() {}

  /** The alert of each match, when the watermark has passed its last element. */
  public static <E> SingleOutputStreamOperator<Alert> in(
      KeyedStream<E, String> elements, AlertPattern<E> pattern, ElementClock<E> clock) {
    TypeSerializer<E> serializer =
        elements
            .getType()
            .createSerializer(elements.getExecutionEnvironment().getConfig().getSerializerConfig());
    return elements.transform(
        pattern.profile().rule(),
        TypeInformation.of(Alert.class),
        operator(serializer, pattern, clock));
  }

  /** For a stream that is keyed by series. */
  public static <E> OneInputStreamOperator<E, Alert> operator(
      TypeSerializer<E> serializer, AlertPattern<E> pattern, ElementClock<E> clock) {
    PatternProcessFunction<E, Alert> function =
        pattern instanceof ExpiringPattern<E> expiring
            ? new MatchOrExpiryToAlert<>(expiring)
            : new MatchToAlert<>(pattern);
    return new CompactCepOperator<E, String, Alert>(serializer, pattern.pattern(), clock, function);
  }

  private static class MatchToAlert<E> extends PatternProcessFunction<E, Alert> {

    private final AlertPattern<E> pattern;

    private MatchToAlert(AlertPattern<E> pattern) {
      this.pattern = pattern;
    }

    @Override
    public void processMatch(Map<String, List<E>> match, Context context, Collector<Alert> out) {
      out.collect(pattern.onMatch(match));
    }
  }

  private static final class MatchOrExpiryToAlert<E> extends MatchToAlert<E>
      implements TimedOutPartialMatchHandler<E> {

    private final ExpiringPattern<E> pattern;

    private MatchOrExpiryToAlert(ExpiringPattern<E> pattern) {
      super(pattern);
      this.pattern = pattern;
    }

    @Override
    public void processTimedOutMatch(Map<String, List<E>> begun, Context context) {
      context.output(EXPIRED, pattern.onExpiry(begun));
    }
  }
}
