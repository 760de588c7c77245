package io.tidewatch.bench;

import java.io.Serializable;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/** Hands rows over to the one result that this process works on. */
final class CollectingSink<T> implements Sink<T> {

  private static volatile Aggregates result;

  private final Reader<T> reader;

  CollectingSink(Reader<T> reader) {
    this.reader = reader;
  }

  /** Puts a row where it belongs. */
  interface Reader<T> extends Serializable {
    void read(T row, Aggregates result);
  }

  static void collectInto(Aggregates aggregates) {
    result = aggregates;
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    Aggregates into = result;
    return new SinkWriter<>() {
      @Override
      public void write(T row, Context context) {
        reader.read(row, into);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
