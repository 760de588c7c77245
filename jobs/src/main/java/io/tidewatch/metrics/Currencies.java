package io.tidewatch.metrics;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * Currencies of some amounts: none, one, or two of several, as a second is all there is to know.
 */
final class Currencies {

  private static final int MOST = 2;

  private final TreeSet<String> some = new TreeSet<>();

  void add(String currency) {
    some.add(currency);
    if (some.size() > MOST) {
      some.pollLast();
    }
  }

  Set<String> some() {
    return Collections.unmodifiableSet(some);
  }
}
