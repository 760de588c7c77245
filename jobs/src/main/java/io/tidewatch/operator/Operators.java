package io.tidewatch.operator;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/** Joins streams and gives operators their identity. */
public final class Operators {

  private Operators() {}

  public static <T> SingleOutputStreamOperator<T> identify(
      SingleOutputStreamOperator<T> operator, String id) {
    return operator.uid(id).name(id);
  }

  /** All elements of some streams in one; empty if there are none. */
  public static <T> Optional<DataStream<T>> union(Collection<DataStream<T>> streams) {
    return streams.stream().reduce(DataStream::union);
  }

  /**
   * Unites several branches in one operator. Selections made from its output are chained to it, so
   * that an element crosses the network once, and not once for each selection.
   */
  public static <T> DataStream<T> gather(Collection<DataStream<T>> branches, String id) {
    DataStream<T> union = union(branches).orElseThrow();
    return identify(union.map(element -> element).returns(union.getType()), id);
  }

  /**
   * Unites several branches likewise, but first filters each of them in the chain that produces it,
   * so that an element that no selection takes does not cross the network at all.
   *
   * @param branches by name; the names complete the uids of the filters
   * @param wanted whether at least one selection takes the element
   */
  public static <T> DataStream<T> gather(
      Map<String, DataStream<T>> branches, FilterFunction<T> wanted, String id) {
    List<DataStream<T>> selected = new ArrayList<>();
    branches.forEach(
        (name, branch) ->
            selected.add(
                identify(branch.filter(wanted), id + '-' + name)
                    .setParallelism(branch.getParallelism())));
    return gather(selected, id);
  }

  public static <T> DataStreamSink<T> identify(DataStreamSink<T> sink, String id) {
    return sink.uid(id).name(id);
  }
}
