package io.tidewatch.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Count, sum and maximum by dimension, key and window, as they come out of a contender; what comes
 * later about the same window takes the place of what came before.
 */
final class Aggregates {

  /** What the requests are aggregated by. */
  enum Dimension {
    CUSTOMER,
    ENDPOINT
  }

  /** The three figures; -1 where one has not come yet. */
  enum Figure {
    COUNT,
    SUM,
    MAX
  }

  record Series(Dimension dimension, String key, long windowStart) implements Comparable<Series> {

    @Override
    public int compareTo(Series other) {
      int byDimension = dimension.compareTo(other.dimension);
      int byKey = byDimension == 0 ? key.compareTo(other.key) : byDimension;
      return byKey == 0 ? Long.compare(windowStart, other.windowStart) : byKey;
    }
  }

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Map<Series, long[]> figures = new HashMap<>();
  private final long[] counted = new long[Dimension.values().length];
  private final long complete;
  private int missing;
  private long lastNews = System.nanoTime();

  /**
   * @param requests how many requests each dimension must account for to be complete
   */
  Aggregates(long requests) {
    this.complete = requests;
  }

  synchronized void put(Series series, long count, long sum, long max) {
    put(series, Figure.COUNT, count);
    put(series, Figure.SUM, sum);
    put(series, Figure.MAX, max);
  }

  /** Takes one figure; windows that begin at the workload's end or later are nobody's concern. */
  synchronized void put(Series series, Figure figure, long value) {
    if (series.windowStart() >= Workload.END.toEpochMilli()) {
      return;
    }
    long[] row = figures.get(series);
    if (row == null) {
      row = new long[] {-1, -1, -1};
      figures.put(series, row);
      missing += row.length;
    }
    long before = row[figure.ordinal()];
    if (before < 0) {
      missing--;
    }
    if (figure == Figure.COUNT) {
      counted[series.dimension().ordinal()] += value - Math.max(before, 0);
    }
    row[figure.ordinal()] = value;
    lastNews = System.nanoTime();
    if (isComplete()) {
      notifyAll();
    }
  }

  /**
   * Waits for a while for all requests to be in.
   *
   * @return whether they are
   * @throws IllegalStateException if nothing has come for {@link #PATIENCE}
   */
  synchronized boolean awaitComplete(Duration atMost) throws InterruptedException {
    if (!isComplete()) {
      wait(atMost.toMillis());
    }
    if (!isComplete() && System.nanoTime() - lastNews > PATIENCE.toNanos()) {
      throw new IllegalStateException("nothing more comes: " + progress());
    }
    return isComplete();
  }

  synchronized int size() {
    return figures.size();
  }

  /** How many requests have been counted, for who waits. */
  synchronized String progress() {
    return "%,d and %,d of %,d requests counted, %,d figures missing"
        .formatted(counted[0], counted[1], complete, missing);
  }

  private boolean isComplete() {
    for (long requests : counted) {
      if (requests != complete) {
        return false;
      }
    }
    return missing == 0;
  }

  /** Where the two differ first; empty if they are equal. */
  synchronized Optional<String> differenceFrom(Aggregates expected) {
    TreeMap<Series, long[]> all = new TreeMap<>(expected.figures);
    all.putAll(figures);
    for (Series series : all.keySet()) {
      String ours = text(figures.get(series));
      String theirs = text(expected.figures.get(series));
      if (!ours.equals(theirs)) {
        return Optional.of(series + " is " + ours + ", expected " + theirs);
      }
    }
    return Optional.empty();
  }

  private static String text(long[] row) {
    return row == null ? "not there" : "count %d, sum %d, max %d".formatted(row[0], row[1], row[2]);
  }

  /** Tab-separated, sorted. */
  synchronized void write(Path file) throws IOException {
    try (PrintStream out = new PrintStream(Files.newOutputStream(file))) {
      new TreeMap<>(figures)
          .forEach(
              (series, row) ->
                  out.printf(
                      "%s\t%s\t%d\t%d\t%d\t%d%n",
                      series.dimension(),
                      series.key(),
                      series.windowStart(),
                      row[0],
                      row[1],
                      row[2]));
    }
  }

  static Aggregates read(Path file, long requests) throws IOException {
    Aggregates read = new Aggregates(requests);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] columns = line.split("\t");
        read.put(
            new Series(Dimension.valueOf(columns[0]), columns[1], Long.parseLong(columns[2])),
            Long.parseLong(columns[3]),
            Long.parseLong(columns[4]),
            Long.parseLong(columns[5]));
      }
    }
    return read;
  }
}
