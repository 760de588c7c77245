package io.tidewatch.local.company;

import java.time.Duration;

/**
 * The experiments that run. Their effect is known: it is what an analysis should find.
 *
 * <p>Half of the persons are in {@code treatment}, by their id; who is exposed again is in the same
 * variant.
 */
enum Experiments {
  /** In the product: does a checklist get people to finish what they came for? It does. */
  CHECKLIST("onboarding-checklist", 0.20, 0.27),
  /** On the web: does another headline sell? It does not. */
  HEADLINE("pricing-headline", 0.12, 0.12);

  private static final double VALUE = 20;

  private final String label;
  private final double control;
  private final double treatment;

  /**
   * @param control share of the exposed that convert without it
   * @param treatment the same with it
   */
  Experiments(String label, double control, double treatment) {
    this.label = label;
    this.control = control;
    this.treatment = treatment;
  }

  /** A person meets the experiment, and may do what it hopes for. */
  void meet(Draft exposure, String person, Dice dice, Feed feed) {
    boolean treated = Math.floorMod((label + person).hashCode() * 31, 97) % 2 == 1;
    boolean converts = dice.chance(treated ? treatment : control);
    Duration delay = dice.between(Duration.ofSeconds(30), Duration.ofMinutes(20));
    feed.tell(
        exposure.with("experiment", label).with("variant", treated ? "treatment" : "control"));
    if (converts) {
      feed.tell(
          exposure
              .later(delay, "experiment.converted")
              .with("experiment", label)
              .money("value", VALUE));
    }
  }
}
