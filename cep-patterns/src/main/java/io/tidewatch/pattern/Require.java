package io.tidewatch.pattern;

/** Refuses parameters that make no sense. */
public final class Require {

  private Require() {}

  public static void that(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
