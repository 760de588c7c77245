package io.tidewatch.rules.stream;

import io.tidewatch.event.Event;

/** An event that a rule watches, and the series that it belongs to. */
public record WatchedEvent(String rule, String series, Event event) {

  /** A rule's name has no bar in it. */
  String key() {
    return rule + '|' + series;
  }

  static String ruleOf(String key) {
    return key.substring(0, key.indexOf('|'));
  }

  static String seriesOf(String key) {
    return key.substring(key.indexOf('|') + 1);
  }
}
