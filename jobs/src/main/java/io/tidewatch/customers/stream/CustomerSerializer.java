package io.tidewatch.customers.stream;

import io.tidewatch.customers.Customer;
import io.tidewatch.customers.CustomerFormat;
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

/** Customers as {@link CustomerFormat} writes them, which has its version in front. */
public final class CustomerSerializer extends TypeSerializerSingleton<Customer> {

  static final CustomerSerializer INSTANCE = new CustomerSerializer();

  static final TypeInformation<Customer> TYPE =
      new SerializedType<>(Customer.class, () -> INSTANCE);

  private static final int USUAL_BYTES = 1024;

  @Override
  public boolean isImmutableType() {
    return false;
  }

  @Override
  public Customer createInstance() {
    return null;
  }

  @Override
  public Customer copy(Customer from) {
    try {
      DataOutputSerializer written = new DataOutputSerializer(USUAL_BYTES);
      CustomerFormat.write(from, written);
      return CustomerFormat.read(new DataInputDeserializer(written.getSharedBuffer()));
    } catch (IOException e) {
      throw new IllegalStateException("a customer in memory can always be copied", e);
    }
  }

  @Override
  public Customer copy(Customer from, Customer reuse) {
    return copy(from);
  }

  @Override
  public int getLength() {
    return -1;
  }

  @Override
  public void serialize(Customer customer, DataOutputView target) throws IOException {
    CustomerFormat.write(customer, target);
  }

  @Override
  public Customer deserialize(DataInputView source) throws IOException {
    return CustomerFormat.read(source);
  }

  @Override
  public Customer deserialize(Customer reuse, DataInputView source) throws IOException {
    return deserialize(source);
  }

  @Override
  public void copy(DataInputView source, DataOutputView target) throws IOException {
    serialize(deserialize(source), target);
  }

  @Override
  public TypeSerializerSnapshot<Customer> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Says that state was written by this serializer. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<Customer> {
    public Snapshot() {
      super(() -> (TypeSerializer<Customer>) INSTANCE);
    }
  }
}
