package io.tidewatch.ingest.stream;

import io.tidewatch.event.Event;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.runtime.watermarkstatus.WatermarkStatus;
import org.apache.flink.util.function.SerializableSupplier;

/**
 * Adds to events that go to a topic how far event time has come, as a {@link ProgressMark} for each
 * partition. Before each checkpoint, as readers of committed records see nothing until then.
 *
 * <p>Without state: a restored job has said nothing until its watermark is known again, and until
 * then what was said before still holds.
 */
public final class MarkProgress extends AbstractStreamOperator<Event>
    implements OneInputStreamOperator<Event, Event> {

  private final SerializableSupplier<Integer> partitionCount;

  private transient int partitions;
  private transient long watermark;
  private transient boolean idle;

  /**
   * @param partitionCount how many the topic has; asked when the operator starts
   */
  public MarkProgress(SerializableSupplier<Integer> partitionCount) {
    this.partitionCount = partitionCount;
  }

  @Override
  public void open() throws Exception {
    super.open();
    partitions = partitionCount.get();
    watermark = Long.MIN_VALUE;
  }

  @Override
  public void processElement(StreamRecord<Event> event) {
    output.collect(event);
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    // the end of a job that is drained is not the end of time for those who read on
    if (!mark.equals(Watermark.MAX_WATERMARK)) {
      watermark = mark.getTimestamp();
    }
    super.processWatermark(mark);
  }

  @Override
  public void processWatermarkStatus(WatermarkStatus status) throws Exception {
    idle = status.isIdle();
    super.processWatermarkStatus(status);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    if (!idle && watermark == Long.MIN_VALUE) {
      return;
    }
    int writer = getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
    int writers = getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks();
    for (int partition = 0; partition < partitions; partition++) {
      output.collect(
          new StreamRecord<>(
              new ProgressMark(writer, writers, partition, idle ? null : watermark).toEvent()));
    }
  }
}
