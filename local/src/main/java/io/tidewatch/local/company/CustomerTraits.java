package io.tidewatch.local.company;

import java.util.List;

/**
 * What does not change about a customer.
 *
 * @param size of its use; the mean customer's is 1
 * @param people how many work with the product
 * @param minuteOfDay when its day's usage is charged
 * @param committed whether its work rests on the product; who could do without uses it less and is
 *     soon in trouble
 */
record CustomerTraits(
    String name,
    String industry,
    String country,
    String channel,
    double size,
    int people,
    int minuteOfDay,
    boolean committed) {

  private static final int MINUTES_OF_DAY = 24 * 60;
  private static final int MOST_PEOPLE = 40;

  /** Of the customers of less than mean size; the others all are. */
  private static final double COMMITTED = 0.75;

  private static final List<String> FIRST =
      List.of(
          "Alder",
          "Baltic",
          "Cobalt",
          "Delta",
          "Ember",
          "Fjord",
          "Granite",
          "Harbor",
          "Indigo",
          "Juniper",
          "Kestrel",
          "Lumen",
          "Meridian",
          "North",
          "Opal",
          "Pier",
          "Quartz",
          "Reef",
          "Summit",
          "Tundra");
  private static final List<String> SECOND =
      List.of(
          "Analytics",
          "Bank",
          "Care",
          "Dynamics",
          "Energy",
          "Foods",
          "Games",
          "Health",
          "Labs",
          "Logistics",
          "Media",
          "Mobility",
          "Research",
          "Retail",
          "Robotics",
          "Software");
  private static final List<String> INDUSTRIES =
      List.of("software", "finance", "retail", "health", "media", "manufacturing", "education");

  static CustomerTraits draw(Dice dice, String country, String channel, double size) {
    int people = (int) Math.min(MOST_PEOPLE, 1 + Math.round(dice.skewed(4 * Math.sqrt(size), 0.4)));
    return new CustomerTraits(
        dice.oneOf(FIRST) + " " + dice.oneOf(SECOND),
        dice.oneOfRanked(INDUSTRIES),
        country,
        channel,
        size,
        people,
        dice.between(0, MINUTES_OF_DAY - 1),
        dice.chance(COMMITTED) || size >= 1);
  }
}
