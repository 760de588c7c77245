package io.tidewatch.metrics.stream;

import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.operator.SerializedType;
import io.tidewatch.operator.WrittenByHandSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Accumulators write and read themselves, with the version of their format in front. */
public final class MetricAccumulatorSerializer extends WrittenByHandSerializer<MetricAccumulator> {

  static final MetricAccumulatorSerializer INSTANCE = new MetricAccumulatorSerializer();

  static final TypeInformation<MetricAccumulator> TYPE =
      new SerializedType<>(MetricAccumulator.class, () -> INSTANCE);

  @Override
  public void serialize(MetricAccumulator accumulator, DataOutputView target) throws IOException {
    accumulator.write(target);
  }

  @Override
  public MetricAccumulator deserialize(DataInputView source) throws IOException {
    return MetricAccumulator.read(source);
  }

  @Override
  public TypeSerializerSnapshot<MetricAccumulator> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says that state was written by this serializer. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<MetricAccumulator> {
    public Snapshot() {
      super(() -> (TypeSerializer<MetricAccumulator>) INSTANCE);
    }
  }
}
