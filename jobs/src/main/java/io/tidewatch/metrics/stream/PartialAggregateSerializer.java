package io.tidewatch.metrics.stream;

import io.tidewatch.operator.SerializedType;
import io.tidewatch.operator.WrittenByHandSerializer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** For the exchange between combiner and windows; it is never part of state. */
public final class PartialAggregateSerializer extends WrittenByHandSerializer<PartialAggregate> {

  static final PartialAggregateSerializer INSTANCE = new PartialAggregateSerializer();

  static final TypeInformation<PartialAggregate> TYPE =
      new SerializedType<>(PartialAggregate.class, () -> INSTANCE);

  @Override
  public void serialize(PartialAggregate partial, DataOutputView target) throws IOException {
    target.writeUTF(partial.definition());
    target.writeUTF(partial.grouping());
    target.writeUTF(partial.window());
    target.writeLong(partial.start());
    target.writeLong(partial.end());
    target.writeLong(partial.countsFrom());
    target.writeLong(partial.latest());
    target.writeInt(partial.series().size());
    for (PartialAggregate.OfSeries one : partial.series()) {
      StringValue.writeString(one.series(), target);
      one.accumulator().write(target);
    }
  }

  @Override
  public PartialAggregate deserialize(DataInputView source) throws IOException {
    return new PartialAggregate(
        source.readUTF(),
        source.readUTF(),
        source.readUTF(),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        source.readLong(),
        readSeries(source));
  }

  private static List<PartialAggregate.OfSeries> readSeries(DataInputView source)
      throws IOException {
    int size = source.readInt();
    List<PartialAggregate.OfSeries> series = new ArrayList<>(size);
    for (int i = 0; i < size; i++) {
      series.add(
          new PartialAggregate.OfSeries(
              StringValue.readString(source),
              MetricAccumulatorSerializer.INSTANCE.deserialize(source)));
    }
    return series;
  }

  @Override
  public TypeSerializerSnapshot<PartialAggregate> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says that bytes were written by this serializer. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartialAggregate> {
    public Snapshot() {
      super(() -> (TypeSerializer<PartialAggregate>) INSTANCE);
    }
  }
}
