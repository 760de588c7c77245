package io.tidewatch.metrics.stream;

import io.tidewatch.metrics.MetricAccumulator;
import io.tidewatch.operator.SerializedType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/** Accumulators write and read themselves, with the version of their format in front. */
public final class MetricAccumulatorSerializer extends TypeSerializerSingleton<MetricAccumulator> {

  static final MetricAccumulatorSerializer INSTANCE = new MetricAccumulatorSerializer();

  static final TypeInformation<MetricAccumulator> TYPE =
      new SerializedType<>(MetricAccumulator.class, () -> INSTANCE);

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public MetricAccumulator createInstance() {
    return null;
  }

  @Override
  public MetricAccumulator copy(MetricAccumulator from) {
    try {
      DataOutputSerializer written = new DataOutputSerializer(256);
      from.write(written);
      return MetricAccumulator.read(new DataInputDeserializer(written.getSharedBuffer()));
    } catch (IOException e) {
      throw new IllegalStateException("an accumulator in memory can always be copied", e);
    }
  }

  @Override
  public MetricAccumulator copy(MetricAccumulator from, MetricAccumulator reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(MetricAccumulator accumulator, DataOutputView target) throws IOException {
    accumulator.write(target);
  }

  @Override
  public MetricAccumulator deserialize(DataInputView source) throws IOException {
    return MetricAccumulator.read(source);
  }

  @Override
  public MetricAccumulator deserialize(MetricAccumulator reuse, DataInputView source)
      throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    deserialize(source).write(target);
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
