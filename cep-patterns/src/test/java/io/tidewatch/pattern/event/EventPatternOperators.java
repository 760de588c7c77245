package io.tidewatch.pattern.event;

import io.tidewatch.alert.Alert;
import io.tidewatch.event.Event;
import io.tidewatch.pattern.MatchOperators;
import io.tidewatch.pattern.RunningPattern;
import io.tidewatch.pattern.Unchanged;
import io.tidewatch.pattern.stream.JudgeBudgets;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;

/** The operators of one rule as in the job, on RocksDB. */
final class EventPatternOperators implements RunningPattern<Event> {

  private final EventPattern pattern;
  private final MatchOperators<SeriesEvent> operators;

  /** Null for a pattern that is shown events as they are. */
  private final KeyedTwoInputStreamOperatorTestHarness<String, SeriesEvent, String, SeriesEvent>
      judge;

  /** What a checkpoint keeps. */
  private record Snapshot(OperatorSubtaskState judge, MatchOperators.Snapshot match) {}

  EventPatternOperators(EventPattern pattern) throws Exception {
    this(pattern, null);
  }

  private EventPatternOperators(EventPattern pattern, Snapshot snapshot) throws Exception {
    this.pattern = pattern;
    operators =
        new MatchOperators<>(
            pattern,
            SeriesEvent.class,
            SeriesEvent::series,
            event -> event.knownAt().toEpochMilli(),
            snapshot == null ? null : snapshot.match());
    judge = pattern instanceof CampaignOverspend overspend ? judge(overspend, snapshot) : null;
  }

  private static KeyedTwoInputStreamOperatorTestHarness<String, SeriesEvent, String, SeriesEvent>
      judge(CampaignOverspend pattern, Snapshot snapshot) throws Exception {
    KeyedTwoInputStreamOperatorTestHarness<String, SeriesEvent, String, SeriesEvent> judge =
        new KeyedTwoInputStreamOperatorTestHarness<>(
            new CoBroadcastWithKeyedOperator<>(
                new JudgeBudgets<>(new Unchanged<>(pattern.ratio()), ZoneOffset.UTC),
                List.of(Unchanged.DOCUMENTS)),
            SeriesEvent::series,
            change -> "",
            Types.STRING);
    judge.setStateBackend(new EmbeddedRocksDBStateBackend());
    if (snapshot != null) {
      judge.initializeState(snapshot.judge());
    }
    judge.open();
    return judge;
  }

  @Override
  public void feed(Event event) throws Exception {
    SeriesEvent element = pattern.elementOf(event).orElse(null);
    if (element != null && judge != null) {
      judge.processElement1(element, Long.MIN_VALUE);
    } else if (element != null) {
      operators.feed(element);
    }
  }

  @Override
  public void advanceTo(long watermark) throws Exception {
    if (judge != null) {
      judge.processBothWatermarks(new Watermark(watermark));
      for (Object told = judge.getOutput().poll(); told != null; told = judge.getOutput().poll()) {
        if (told instanceof StreamRecord<?> streamRecord) {
          operators.feed((SeriesEvent) streamRecord.getValue());
        }
      }
    }
    operators.advanceTo(watermark);
  }

  @Override
  public List<Alert> alerts() {
    return operators.alerts();
  }

  @Override
  public RunningPattern.Start<Event> checkpoint() throws Exception {
    Snapshot snapshot =
        new Snapshot(judge == null ? null : judge.snapshot(1, 1), operators.snapshot());
    return () -> new EventPatternOperators(pattern, snapshot);
  }

  @Override
  public int remains() throws Exception {
    return operators.remains() + (judge == null ? 0 : MatchOperators.remains(judge));
  }

  @Override
  public void close() throws Exception {
    operators.close();
    if (judge != null) {
      judge.close();
    }
  }
}
