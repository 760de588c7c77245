package io.tidewatch.pattern;

/** Refuses parameters that make no sense. */
final class Require {

  private Require() {}

  static void that(boolean holds, String rule) {
    if (!holds) {
      throw new IllegalArgumentException(rule);
    }
  }
}
