package io.tidewatch.operator;

import java.io.IOException;
import org.apache.flink.api.common.typeutils.base.TypeSerializerSingleton;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Serializes mutable objects in a format of their own; one kept in state has its version in front.
 */
public abstract class WrittenByHandSerializer<T> extends TypeSerializerSingleton<T> {

  private static final int USUAL_BYTES = 1024;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public T createInstance() {
    return null;
  }

  @Override
  public T copy(T from) {
    try {
      DataOutputSerializer written = new DataOutputSerializer(USUAL_BYTES);
      serialize(from, written);
      return deserialize(new DataInputDeserializer(written.getSharedBuffer()));
    } catch (IOException e) {
      throw new IllegalStateException("what is in memory can always be copied", e);
    }
  }

  @Override
  public T copy(T from, T reuse) {
    return copy(from);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public T deserialize(T reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }
}
