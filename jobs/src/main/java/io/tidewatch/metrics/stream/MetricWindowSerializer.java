package io.tidewatch.metrics.stream;

import io.tidewatch.metric.MetricWindow;
import io.tidewatch.operator.ExchangeSerializer;
import io.tidewatch.operator.SerializedType;
import java.io.IOException;
import java.time.Instant;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** For rows of metrics on their way to sinks and rules. Times are of milliseconds. */
public final class MetricWindowSerializer extends ExchangeSerializer<MetricWindow> {

  static final MetricWindowSerializer INSTANCE = new MetricWindowSerializer();

  static final TypeInformation<MetricWindow> TYPE =
      new SerializedType<>(MetricWindow.class, () -> INSTANCE);

  @Override
  public void serialize(MetricWindow row, DataOutputView target) throws IOException {
    write(row.metric(), target);
    write(row.window(), target);
    write(row.series(), target);
    target.writeLong(row.windowStart().toEpochMilli());
    target.writeLong(row.windowEnd().toEpochMilli());
    write(row.dims(), target);
    target.writeDouble(row.value());
    write(row.amount(), target);
    target.writeLong(row.samples());
    target.writeBoolean(row.isFinal());
    target.writeLong(row.version());
  }

  @Override
  public MetricWindow deserialize(DataInputView source) throws IOException {
    return new MetricWindow(
        readText(source),
        readText(source),
        readText(source),
        Instant.ofEpochMilli(source.readLong()),
        Instant.ofEpochMilli(source.readLong()),
        readTexts(source),
        source.readDouble(),
        readNumber(source),
        source.readLong(),
        source.readBoolean(),
        source.readLong());
  }

  @Override
  public TypeSerializerSnapshot<MetricWindow> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says that bytes were written by this serializer. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<MetricWindow> {
    public Snapshot() {
      super(() -> (TypeSerializer<MetricWindow>) INSTANCE);
    }
  }
}
