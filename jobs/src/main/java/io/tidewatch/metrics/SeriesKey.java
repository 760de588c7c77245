package io.tidewatch.metrics;

import io.tidewatch.event.Event;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The name of one series of a metric: empty for the total, else {@code k=v,k2=v2} sorted by key.
 *
 * <p>A missing dimension is {@code k=}; {@code %}, {@code ,} and {@code =} are percent-encoded.
 */
public final class SeriesKey {

  /** The value of every dimension of the series that takes what is beyond a metric's cap. */
  public static final String OTHER = "~other";

  /** The series of the total. */
  public static final String TOTAL = "";

  private static final String CUSTOMER = "customer_id";

  private SeriesKey() {}

  /** The series of an event; the dimensions are in ascending order. */
  public static String of(List<String> dimensions, Event event) {
    return namer(dimensions).apply(event);
  }

  /** What names the series of events; see {@link #of(List, Event)}. */
  public static Function<Event, String> namer(List<String> dimensions) {
    List<Function<Event, String>> readers = dimensions.stream().map(Event::reader).toList();
    return event -> {
      StringBuilder key = new StringBuilder();
      for (int i = 0; i < readers.size(); i++) {
        append(key, dimensions.get(i), readers.get(i).apply(event));
      }
      return key.toString();
    };
  }

  /** The series of these dimensions. */
  public static String of(Map<String, String> dimensions) {
    StringBuilder key = new StringBuilder();
    new TreeMap<>(dimensions).forEach((name, value) -> append(key, name, value));
    return key.toString();
  }

  /** The series that takes what is beyond the cap; the dimensions are in ascending order. */
  public static String overflow(List<String> dimensions) {
    StringBuilder key = new StringBuilder();
    for (String dimension : dimensions) {
      append(key, dimension, OTHER);
    }
    return key.toString();
  }

  /** Whether the series takes what is beyond the cap. */
  public static boolean isOverflow(String series) {
    return series.endsWith('=' + OTHER);
  }

  /** The dimensions of a series with their values, sorted by name. */
  public static Map<String, String> parse(String series) {
    if (series.isEmpty()) {
      return Map.of();
    }
    if (series.indexOf(',') < 0) {
      int equals = equalsSign(series);
      return Map.of(decode(series.substring(0, equals)), decode(series.substring(equals + 1)));
    }
    Map<String, String> dimensions = new TreeMap<>();
    for (String pair : series.split(",")) {
      int equals = equalsSign(pair);
      dimensions.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
    }
    return Collections.unmodifiableMap(dimensions);
  }

  /** The customer that a series is of; null if it is of no single one, or of none. */
  public static String customerOf(String series) {
    String customer = parse(series).get(CUSTOMER);
    return customer == null || customer.isEmpty() || customer.equals(OTHER) ? null : customer;
  }

  private static int equalsSign(String pair) {
    int equals = pair.indexOf('=');
    if (equals < 0) {
      throw new IllegalArgumentException("not a series key: " + pair);
    }
    return equals;
  }

  private static void append(StringBuilder key, String dimension, String value) {
    if (!key.isEmpty()) {
      key.append(',');
    }
    encode(key, dimension);
    key.append('=');
    if (value != null) {
      encode(key, value);
    }
  }

  private static void encode(StringBuilder key, String text) {
    int begin = 0;
    for (int i = 0; i < text.length(); i++) {
      String code =
          switch (text.charAt(i)) {
            case '%' -> "%25";
            case ',' -> "%2C";
            case '=' -> "%3D";
            default -> null;
          };
      if (code != null) {
        key.append(text, begin, i).append(code);
        begin = i + 1;
      }
    }
    if (begin == 0) {
      key.append(text);
    } else {
      key.append(text, begin, text.length());
    }
  }

  private static String decode(String text) {
    return text.indexOf('%') < 0
        ? text
        : text.replace("%2C", ",").replace("%3D", "=").replace("%25", "%");
  }
}
