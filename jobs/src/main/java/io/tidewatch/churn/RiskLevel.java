package io.tidewatch.churn;

/** How likely a customer is to leave, in a word. */
public enum RiskLevel {
  LOW("Low", 0),
  MEDIUM("Medium", 0.2),
  HIGH("High", 0.5),
  CRITICAL("Critical", 0.8);

  private final String label;
  private final double from;

  RiskLevel(String label, double from) {
    this.label = label;
    this.from = from;
  }

  public String label() {
    return label;
  }

  /**
   * @param probability of churn, 0 to 1
   */
  public static RiskLevel of(double probability) {
    RiskLevel level = LOW;
    for (RiskLevel candidate : values()) {
      if (probability >= candidate.from) {
        level = candidate;
      }
    }
    return level;
  }
}
