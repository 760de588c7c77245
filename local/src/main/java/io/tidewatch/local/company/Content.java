package io.tidewatch.local.company;

import java.util.List;

/** What the company publishes, the most read first. */
final class Content {

  static final List<String> PIECES =
      List.of(
          "small-models-big-savings",
          "quantization-explained",
          "release-notes",
          "state-of-inference",
          "customer-story-reef-bank",
          "benchmarks-autumn");

  private Content() {}

  static String pathOf(String piece) {
    return "/blog/" + piece;
  }
}
