package io.tidewatch.lifetime;

/**
 * How long a customer was seen to stay.
 *
 * @param months above 0
 * @param left whether it left then; otherwise it was still there when last seen
 */
public record Observation(double months, boolean left) {

  public Observation {
    if (!(months > 0)) {
      throw new IllegalArgumentException("nobody is observed for " + months + " months");
    }
  }
}
