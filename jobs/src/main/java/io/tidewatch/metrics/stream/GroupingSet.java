package io.tidewatch.metrics.stream;

import io.tidewatch.event.Event;
import io.tidewatch.metrics.MetricDefinition;
import io.tidewatch.metrics.SeriesKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Metrics that share dimensions, within one layout.
 *
 * @param index among the layout's grouping sets
 * @param firstDimension reads the first of the dimensions
 * @param namer names an event's series
 */
record GroupingSet(
    int index,
    List<String> dimensions,
    Function<Event, String> firstDimension,
    Function<Event, String> namer,
    List<Placed> metrics) {

  private static final String ABSENT = "\0";

  /** A metric where it stands in a grouping set, with the index of that grouping among its own. */
  record Placed(MetricDefinition metric, int grouping) {}

  void put(MetricDefinition metric, int grouping) {
    metrics.add(new Placed(metric, grouping));
  }

  static GroupingSet of(int index, List<String> dimensions) {
    return new GroupingSet(
        index,
        dimensions,
        dimensions.isEmpty() ? event -> null : Event.reader(dimensions.get(0)),
        SeriesKey.namer(dimensions),
        new ArrayList<>());
  }

  /** What tells the event's row from others. */
  String keyOf(Event event) {
    return switch (dimensions.size()) {
      case 0 -> SeriesKey.TOTAL;
      case 1 -> {
        String value = firstDimension.apply(event);
        yield value == null ? ABSENT : value;
      }
      default -> seriesOf(event);
    };
  }

  /** The name of the event's row. */
  String seriesOf(Event event) {
    return namer.apply(event);
  }

  /** Where the metric stands; negative if it isn't in the set. */
  int placeOf(MetricDefinition metric) {
    for (int place = 0; place < metrics.size(); place++) {
      if (metrics.get(place).metric() == metric) {
        return place;
      }
    }
    return -1;
  }
}
