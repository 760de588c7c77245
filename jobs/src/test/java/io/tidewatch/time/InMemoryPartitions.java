package io.tidewatch.time;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.ReaderOutput;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.api.connector.source.SourceReader;
import org.apache.flink.api.connector.source.SourceReaderContext;
import org.apache.flink.api.connector.source.SourceSplit;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.core.io.InputStatus;
import org.apache.flink.core.io.SimpleVersionedSerializer;
import org.apache.flink.util.function.SerializableFunction;

/**
 * Partitions of text in memory, read as those of a topic are: partition i by subtask i modulo the
 * parallelism, each through an output of its own.
 */
public final class InMemoryPartitions<T>
    implements Source<T, InMemoryPartitions.Partition, Set<Integer>> {

  private final List<List<String>> partitions;
  private final SerializableFunction<String, T> reading;
  private final Boundedness boundedness;

  private InMemoryPartitions(
      List<List<String>> partitions,
      SerializableFunction<String, T> reading,
      Boundedness boundedness) {
    this.partitions = new ArrayList<>();
    partitions.forEach(texts -> this.partitions.add(new ArrayList<>(texts)));
    this.reading = reading;
    this.boundedness = boundedness;
  }

  /** They end after their last text. */
  public static <T> InMemoryPartitions<T> ending(
      List<List<String>> partitions, SerializableFunction<String, T> reading) {
    return new InMemoryPartitions<>(partitions, reading, Boundedness.BOUNDED);
  }

  /** They fall silent after their last text. */
  public static <T> InMemoryPartitions<T> open(
      List<List<String>> partitions, SerializableFunction<String, T> reading) {
    return new InMemoryPartitions<>(partitions, reading, Boundedness.CONTINUOUS_UNBOUNDED);
  }

  /** One of them. */
  public record Partition(int number) implements SourceSplit {
    @Override
    public String splitId() {
      return Integer.toString(number);
    }
  }

  @Override
  public Boundedness getBoundedness() {
    return boundedness;
  }

  @Override
  public SplitEnumerator<Partition, Set<Integer>> createEnumerator(
      SplitEnumeratorContext<Partition> context) {
    return new Enumerator(context);
  }

  @Override
  public SplitEnumerator<Partition, Set<Integer>> restoreEnumerator(
      SplitEnumeratorContext<Partition> context, Set<Integer> assigned) {
    return new Enumerator(context);
  }

  @Override
  public SourceReader<T, Partition> createReader(SourceReaderContext context) {
    return new Reader();
  }

  @Override
  public SimpleVersionedSerializer<Partition> getSplitSerializer() {
    return new AsText<>() {
      @Override
      String write(Partition partition) {
        return partition.splitId();
      }

      @Override
      Partition read(String text) {
        return new Partition(Integer.parseInt(text));
      }
    };
  }

  @Override
  public SimpleVersionedSerializer<Set<Integer>> getEnumeratorCheckpointSerializer() {
    return new AsText<>() {
      @Override
      String write(Set<Integer> assigned) {
        return "";
      }

      @Override
      Set<Integer> read(String text) {
        return Set.of();
      }
    };
  }

  private final class Enumerator implements SplitEnumerator<Partition, Set<Integer>> {

    private final SplitEnumeratorContext<Partition> context;

    private Enumerator(SplitEnumeratorContext<Partition> context) {
      this.context = context;
    }

    @Override
    public void start() {}

    @Override
    public void addReader(int subtask) {
      IntStream.range(0, partitions.size())
          .filter(partition -> partition % context.currentParallelism() == subtask)
          .forEach(partition -> context.assignSplit(new Partition(partition), subtask));
      if (boundedness == Boundedness.BOUNDED) {
        context.signalNoMoreSplits(subtask);
      }
    }

    @Override
    public void handleSplitRequest(int subtask, String host) {}

    @Override
    public void addSplitsBack(List<Partition> splits, int subtask) {}

    @Override
    public Set<Integer> snapshotState(long checkpointId) {
      return new HashSet<>();
    }

    @Override
    public void close() {}
  }

  private final class Reader implements SourceReader<T, Partition> {

    private final Map<Partition, Queue<String>> unread = new HashMap<>();
    private CompletableFuture<Void> available = new CompletableFuture<>();
    private boolean complete;

    @Override
    public void start() {}

    @Override
    public InputStatus pollNext(ReaderOutput<T> output) {
      for (Map.Entry<Partition, Queue<String>> partition : unread.entrySet()) {
        String text = partition.getValue().poll();
        if (text != null) {
          output.createOutputForSplit(partition.getKey().splitId()).collect(reading.apply(text));
          return InputStatus.MORE_AVAILABLE;
        }
      }
      if (complete) {
        return InputStatus.END_OF_INPUT;
      }
      available = new CompletableFuture<>();
      return InputStatus.NOTHING_AVAILABLE;
    }

    @Override
    public CompletableFuture<Void> isAvailable() {
      return available;
    }

    @Override
    public void addSplits(List<Partition> splits) {
      for (Partition partition : splits) {
        unread.put(partition, new ArrayDeque<>(partitions.get(partition.number())));
      }
      available.complete(null);
    }

    @Override
    public void notifyNoMoreSplits() {
      complete = true;
      available.complete(null);
    }

    @Override
    public List<Partition> snapshotState(long checkpointId) {
      return List.copyOf(unread.keySet());
    }

    @Override
    public void close() {}
  }

  private abstract static class AsText<V> implements SimpleVersionedSerializer<V> {

    abstract String write(V value);

    abstract V read(String text);

    @Override
    public int getVersion() {
      return 1;
    }

    @Override
    public byte[] serialize(V value) {
      return write(value).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public V deserialize(int version, byte[] bytes) {
      return read(new String(bytes, StandardCharsets.UTF_8));
    }
  }
}
