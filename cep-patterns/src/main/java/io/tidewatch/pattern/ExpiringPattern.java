package io.tidewatch.pattern;

import io.tidewatch.alert.Alert;
import java.util.List;
import java.util.Map;

/**
 * A sequence that is also to be known when it was begun and not completed in time.
 *
 * @param <E> the element
 */
public interface ExpiringPattern<E> extends AlertPattern<E> {

  /** The alert of what has matched when the pattern's time is up. */
  Alert onExpiry(Map<String, List<E>> begun);
}
