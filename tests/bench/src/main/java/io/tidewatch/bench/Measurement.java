package io.tidewatch.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one run took.
 *
 * @param seconds by the wall clock, from the start of reading to the complete result
 * @param cpuSeconds of the contender's process alone; the broker is another
 * @param peakMegabytes the most memory the process had resident, over its life
 * @param checkpoints those that completed meanwhile; 0 where none are taken
 */
record Measurement(
    long requests, double seconds, double cpuSeconds, double peakMegabytes, long checkpoints) {

  private static final String WORD = "measured";
  private static final double NANOS = 1e9;

  double requestsPerSecond() {
    return requests / seconds;
  }

  double cpuSecondsPerMillion() {
    return cpuSeconds * 1e6 / requests;
  }

  /** The same, in which so many checkpoints completed. */
  Measurement with(long checkpoints) {
    return new Measurement(requests, seconds, cpuSeconds, peakMegabytes, checkpoints);
  }

  /**
   * Whether no checkpoint completed although the first had as long for it as there is between two.
   *
   * @param every how often one begins
   */
  boolean lacksCheckpoints(Duration every) {
    return checkpoints == 0 && seconds > 2 * every.toSeconds();
  }

  /** Measures what this process does between two moments. */
  static final class Stopwatch {

    private final OperatingSystemMXBean system =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    private long cpu;
    private long started;

    void start() {
      cpu = system.getProcessCpuTime();
      started = System.nanoTime();
    }

    Measurement stop(long requests) throws IOException {
      return new Measurement(
          requests,
          (System.nanoTime() - started) / NANOS,
          (system.getProcessCpuTime() - cpu) / NANOS,
          residentPeak(),
          0);
    }
  }

  /** By each figure on its own, the one in the middle. */
  static Measurement median(List<Measurement> runs) {
    return new Measurement(
        runs.get(0).requests(),
        middle(runs, Measurement::seconds),
        middle(runs, Measurement::cpuSeconds),
        middle(runs, Measurement::peakMegabytes),
        (long) middle(runs, Measurement::checkpoints));
  }

  private static double middle(List<Measurement> runs, ToDoubleFunction<Measurement> figure) {
    return runs.stream()
        .sorted(Comparator.comparingDouble(figure))
        .mapToDouble(figure)
        .toArray()[runs.size() / 2];
  }

  String toLine() {
    return "%s %d %s %s %s %d"
        .formatted(WORD, requests, seconds, cpuSeconds, peakMegabytes, checkpoints);
  }

  /** Null for a line that is none of ours. */
  static Measurement ofLine(String line) {
    String[] words = line.split(" ");
    return words[0].equals(WORD)
        ? new Measurement(
            Long.parseLong(words[1]),
            Double.parseDouble(words[2]),
            Double.parseDouble(words[3]),
            Double.parseDouble(words[4]),
            Long.parseLong(words[5]))
        : null;
  }

  private static double residentPeak() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
              .filter(line -> line.startsWith("VmHWM:"))
              .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
              .sum()
          / 1024.0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
