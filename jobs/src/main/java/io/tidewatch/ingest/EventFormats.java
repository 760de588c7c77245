package io.tidewatch.ingest;

import java.util.Set;

/** The formats a source may speak. */
public final class EventFormats {

  public static final Set<String> NAMES = Set.of("tidewatch", "flat", "stripe");

  private EventFormats() {}

  /**
   * The reader of a source's format.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  static EventFormat of(SourceSettings source) {
    return switch (source.format()) {
      case "tidewatch" -> new TidewatchFormat();
      case "flat" -> new FlatFormat(source.flat());
      case "stripe" -> new StripeFormat();
      default ->
          throw new IllegalArgumentException(
              "source "
                  + source.name()
                  + ": unknown format "
                  + source.format()
                  + ", expected one of "
                  + NAMES);
    };
  }
}
