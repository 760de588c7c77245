package io.tidewatch.operator;

import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Gives operators their identity. */
public final class Operators {

  private Operators() {}

  public static <T> SingleOutputStreamOperator<T> identify(
      SingleOutputStreamOperator<T> operator, String id) {
    return operator.uid(id).name(id);
  }

  /**
   * One operator behind a union, for what selects from it to be in one chain with: an element goes
   * over the network once, and not once for each selection.
   */
  public static <T> DataStream<T> gather(DataStream<T> union, String id) {
    return identify(union.map(element -> element).returns(union.getType()), id);
  }

  public static <T> DataStreamSink<T> identify(DataStreamSink<T> sink, String id) {
    return sink.uid(id).name(id);
  }
}
