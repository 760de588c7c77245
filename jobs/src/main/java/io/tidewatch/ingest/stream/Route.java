package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.Reading;
import io.tidewatch.ingest.ReadingQuality;
import io.tidewatch.ingest.RecordEnd;
import io.tidewatch.time.FollowsWatermark;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;

/**
 * Sends what was read where it belongs: events on, with the watermark that decides on their
 * lateness, dead letters and flags aside; and says of each record that it came and, where reading
 * ended it, how.
 *
 * <p>State: the watermark of each subtask. A restored job gets no watermark before its first
 * events, and what was late before the failure would be in time after it. The values move with the
 * partitions: each subtask its own, or at another parallelism the least of those that come to it.
 * Each writes it as often as there may be subtasks, so that none goes without. As one list that all
 * subtasks see, they would let a stop with a savepoint fail: Flink refuses such a list if some
 * subtasks of a source have reached their end at the savepoint and others have not, and which have
 * is left to chance.
 */
public final class Route extends ProcessFunction<Arrival, Event>
    implements CheckpointedFunction, FollowsWatermark {

  static final OutputTag<DeadLetter> DEAD_LETTERS =
      new OutputTag<>("dead-letters", TypeInformation.of(DeadLetter.class));
  static final OutputTag<QualityFlag> FLAGS =
      new OutputTag<>("flags", TypeInformation.of(QualityFlag.class));

  private final String source;
  private final boolean tellsOfRecords;

  private transient ListState<Long> progress;

  /** Records of one source are mostly alike. */
  private transient ReadingQuality quality;

  private transient Map<String, String> propertiesOfQuality;
  private transient long watermark;

  /**
   * @param tellsOfRecords whether anybody wants to know that a record came and how it ended
   */
  public Route(String source, boolean tellsOfRecords) {
    this.source = source;
    this.tellsOfRecords = tellsOfRecords;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    progress =
        context
            .getOperatorStateStore()
            .getListState(new ListStateDescriptor<>("watermark", Types.LONG));
    watermark = Event.NEVER_LATE;
    for (long reached : progress.get()) {
      watermark = watermark == Event.NEVER_LATE ? reached : Math.min(watermark, reached);
    }
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    progress.update(
        watermark == Event.NEVER_LATE
            ? List.of()
            : Collections.nCopies(
                getRuntimeContext().getTaskInfo().getMaxNumberOfParallelSubtasks(), watermark));
  }

  @Override
  public void watermarkReached(long watermark) {
    this.watermark = Math.max(this.watermark, watermark);
  }

  @Override
  public void processElement(Arrival arrival, Context context, Collector<Event> out) {
    if (tellsOfRecords) {
      tellOf(arrival, context);
    }
    if (arrival.mark() != null) {
      return;
    }
    Reading reading = arrival.reading();
    if (reading.deadLetter() != null) {
      context.output(DEAD_LETTERS, reading.deadLetter());
    }
    for (QualityFlag flag : reading.flags()) {
      context.output(FLAGS, flag);
    }
    for (Event event : reading.events()) {
      out.collect(event.withWatermark(watermark));
    }
  }

  private void tellOf(Arrival arrival, Context context) {
    Instant receivedAt = arrival.receivedAt();
    if (arrival.mark() != null) {
      context.output(RecordEvents.TAG, RecordEvents.marked(arrival.mark(), receivedAt));
      return;
    }
    Reading reading = arrival.reading();
    context.output(
        RecordEvents.TAG, RecordEvents.received(source, receivedAt, properties(reading.quality())));
    if (!reading.events().isEmpty()) {
      context.output(
          RecordEvents.TAG, RecordEvents.timed(source, receivedAt, reading.events().get(0).time()));
    }
    if (reading.end() != RecordEnd.ACCEPTED) {
      context.output(
          RecordEvents.TAG, RecordEvents.ended(source, receivedAt, reading.end(), false));
    }
  }

  private Map<String, String> properties(ReadingQuality quality) {
    if (!quality.equals(this.quality)) {
      this.quality = quality;
      propertiesOfQuality = RecordEvents.properties(quality);
    }
    return propertiesOfQuality;
  }
}
