package io.tidewatch.operator;

import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Gives operators their identity. */
public final class Operators {

  private Operators() {}

  public static <T> SingleOutputStreamOperator<T> identify(
      SingleOutputStreamOperator<T> operator, String id) {
    return operator.uid(id).name(id);
  }

  public static <T> DataStreamSink<T> identify(DataStreamSink<T> sink, String id) {
    return sink.uid(id).name(id);
  }
}
