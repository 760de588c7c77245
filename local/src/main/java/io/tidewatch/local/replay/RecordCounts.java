package io.tidewatch.local.replay;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How many records came to which end, as the quality metrics say.
 *
 * @param byName such as {@code read}, {@code accepted}, {@code duplicate} or {@code late}; those
 *     that there were none of may be missing
 */
public record RecordCounts(Map<String, Long> byName) {

  /** What the names of the metrics begin with. */
  public static final String PREFIX = "events_";

  private static final String READ = "read";
  private static final String LATE = "late";
  private static final List<String> ENDS =
      List.of("accepted", "rejected", "duplicate", "no_consent", "erased");

  public long read() {
    return count(READ);
  }

  public long accepted() {
    return count(ENDS.get(0));
  }

  public long late() {
    return count(LATE);
  }

  /** The number of records that came to that end: accepted, rejected, duplicate, … */
  public long count(String name) {
    return byName.getOrDefault(name, 0L);
  }

  /** Whether each of so many records was read and came to exactly one end. */
  public boolean accountFor(long records) {
    return read() == records && ENDS.stream().mapToLong(this::count).sum() == records;
  }

  @Override
  public String toString() {
    String ends = ENDS.stream().map(end -> end + '=' + count(end)).collect(Collectors.joining(" "));
    return "%s=%d %s %s=%d".formatted(READ, read(), ends, LATE, late());
  }
}
