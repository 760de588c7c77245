package io.tidewatch.local.company;

import java.util.stream.IntStream;

/** How much of something happens at an hour, compared with the mean hour of a working day. */
enum Rhythm {
  /** Programs work day and night, more so while people do. */
  MACHINES(0.55, 13, 0.85),
  /** People look around in the evening and at the weekend, too. */
  VISITORS(0.80, 15, 0.60),
  /** People at work. */
  OFFICE(0.97, 12.5, 0.20);

  private static final double HOURS = 24;

  private final double swing;
  private final double peakHour;
  private final double weekend;
  private final double mean;

  /**
   * @param swing 0: every hour is alike; 1: nothing happens at night
   * @param weekend share of a working day
   */
  Rhythm(double swing, double peakHour, double weekend) {
    this.swing = swing;
    this.peakHour = peakHour;
    this.weekend = weekend;
    this.mean = IntStream.range(0, 24).mapToDouble(this::ofDay).average().orElseThrow();
  }

  double at(Hour hour) {
    return ofDay(hour.ofDay()) / mean * (hour.isWeekend() ? weekend : 1);
  }

  private double ofDay(int hour) {
    double wave = (1 + Math.cos((hour + 0.5 - peakHour) * 2 * Math.PI / HOURS)) / 2;
    return 1 - swing + swing * wave * wave;
  }
}
