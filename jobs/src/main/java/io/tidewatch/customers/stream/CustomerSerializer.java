package io.tidewatch.customers.stream;

import io.tidewatch.customers.Customer;
import io.tidewatch.customers.CustomerFormat;
import io.tidewatch.operator.SerializedType;
import io.tidewatch.operator.WrittenByHandSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/** Customers as {@link CustomerFormat} writes them, which has its version in front. */
public final class CustomerSerializer extends WrittenByHandSerializer<Customer> {

  static final CustomerSerializer INSTANCE = new CustomerSerializer();

  static final TypeInformation<Customer> TYPE =
      new SerializedType<>(Customer.class, () -> INSTANCE);

  @Override
  public void serialize(Customer customer, DataOutputView target) throws IOException {
    CustomerFormat.write(customer, target);
  }

  @Override
  public Customer deserialize(DataInputView source) throws IOException {
    return CustomerFormat.read(source);
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
