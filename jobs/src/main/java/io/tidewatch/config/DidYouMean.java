package io.tidewatch.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.JaroWinklerSimilarity;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds the name that was probably meant. */
public final class DidYouMean {

  private static final double SIMILAR = 0.8;
  private static final JaroWinklerSimilarity SIMILARITY = new JaroWinklerSimilarity();
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

  private DidYouMean() {}

  /** The known name most like {@code name}, if any is like it. */
  public static Optional<String> closest(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> SIMILARITY.apply(name, candidate) >= SIMILAR)
        .max(
            Comparator.comparingDouble((String candidate) -> SIMILARITY.apply(name, candidate))
                .thenComparing(Comparator.reverseOrder()));
  }

  /** The end of a sentence, {@code ; did you mean 'x'?}, or nothing. */
  public static String hint(String name, Collection<String> known) {
    return closest(name, known).map(meant -> "; did you mean '" + meant + "'?").orElse("");
  }

  /** The known name that {@code name} misses by one letter missing, added, changed or swapped. */
  public static Optional<String> oneEditAway(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> isOneEdit(name, candidate))
        .min(Comparator.naturalOrder());
  }

  private static boolean isOneEdit(String a, String b) {
    if (Math.abs(a.length() - b.length()) > 1) {
      return false;
    }
    int distance = DISTANCE.apply(a, b);
    return distance == 1 || (distance == 2 && isAdjacentSwap(a, b));
  }

  private static boolean isAdjacentSwap(String a, String b) {
    if (a.length() != b.length()) {
      return false;
    }
    int first = 0;
    while (a.charAt(first) == b.charAt(first)) {
      first++;
    }
    return a.charAt(first) == b.charAt(first + 1)
        && a.charAt(first + 1) == b.charAt(first)
        && a.substring(first + 2).equals(b.substring(first + 2));
  }
}
