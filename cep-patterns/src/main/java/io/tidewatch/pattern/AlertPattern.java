package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.cep.pattern.Pattern;

/**
 * A sequence of elements that somebody has to know about.
 *
 * <p>Elements are matched by series in the order of event time; what comes later than the watermark
 * is not matched. An alert fires with the last element of the match and lasts until the first
 * element that ends it; a match while it fires is the same trouble.
 *
 * @param <E> the element
 */
public interface AlertPattern<E> extends Serializable {

  AlertProfile profile();

  /**
   * Names all that {@link #pattern()} is compiled from. Partial matches belong to it: those of
   * another version are not read.
   */
  String version();

  Pattern<E, ?> pattern();

  /** The alert of a match; it started with the first matched element. */
  Alert onMatch(Map<String, List<E>> match);

  /** How long an alert goes on that no element ends. */
  default Lifetime lifetime() {
    return Lifetime.UNLIMITED;
  }

  /** What the element ends. */
  Optional<AlertEnding> endingOf(E element);
}
