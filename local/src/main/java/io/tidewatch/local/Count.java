package io.tidewatch.local;

/** Numbers of things as people write them. */
public final class Count {

  private Count() {}

  /** Such as {@code 1 event} or {@code 2,000 events}. */
  public static String of(long number, String thing) {
    return "%,d %s%s".formatted(number, thing, number == 1 ? "" : "s");
  }
}
