package io.tidewatch.rules.stream;

import io.tidewatch.anomaly.AnomalyDetector;
import io.tidewatch.operator.SerializedType;
import io.tidewatch.operator.WrittenByHandSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Detectors as they write themselves, at most 8 KB, their version in front. */
public final class AnomalyDetectorSerializer extends WrittenByHandSerializer<AnomalyDetector> {

  static final AnomalyDetectorSerializer INSTANCE = new AnomalyDetectorSerializer();

  static final TypeInformation<AnomalyDetector> TYPE =
      new SerializedType<>(AnomalyDetector.class, () -> INSTANCE);

  @Override
  public void serialize(AnomalyDetector detector, DataOutputView target) throws IOException {
    detector.write(target);
  }

  @Override
  public AnomalyDetector deserialize(DataInputView source) throws IOException {
    return AnomalyDetector.read(source);
  }

  @Override
  public TypeSerializerSnapshot<AnomalyDetector> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says that state was written by this serializer. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<AnomalyDetector> {
    public Snapshot() {
      super(() -> (TypeSerializer<AnomalyDetector>) INSTANCE);
    }
  }
}
