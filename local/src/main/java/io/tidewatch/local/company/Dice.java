package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** One stream of chance. */
final class Dice {

  private final SplittableRandom random;

  Dice(SplittableRandom random) {
    this.random = random;
  }

  boolean chance(double probability) {
    return random.nextDouble() < probability;
  }

  double between(double from, double to) {
    return from + (to - from) * random.nextDouble();
  }

  /** From {@code from} to {@code to}, both included. */
  int between(int from, int to) {
    return random.nextInt(from, to + 1);
  }

  Duration between(Duration from, Duration to) {
    return Duration.ofMillis((long) between((double) from.toMillis(), (double) to.toMillis()));
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** Prefers the first ones: each is chosen as often as all that follow it, about. */
  <T> T oneOfRanked(List<T> all) {
    double rank = -Math.log(1 - random.nextDouble()) * all.size() / 3;
    return all.get((int) Math.min(rank, all.size() - 1));
  }

  /** Around the median; two thirds within a factor of e^spread. */
  double skewed(double median, double spread) {
    return median * Math.exp(spread * random.nextGaussian());
  }

  /** How often something happens that is expected so many times. */
  int count(double expected) {
    if (expected > 50) {
      return (int) Math.max(0, Math.round(expected + Math.sqrt(expected) * random.nextGaussian()));
    }
    double limit = Math.exp(-expected);
    int count = 0;
    for (double product = random.nextDouble(); product > limit; product *= random.nextDouble()) {
      count++;
    }
    return count;
  }

  /** When something happens that is expected so many times within the hour; in no order. */
  Stream<Instant> times(Hour hour, double expected) {
    return Stream.generate(() -> within(hour)).limit(count(expected));
  }

  Instant within(Hour hour) {
    return within(hour.start(), Hour.LENGTH);
  }

  Instant within(Instant start, Duration length) {
    return start.plusMillis(random.nextLong(length.toMillis()));
  }
}
