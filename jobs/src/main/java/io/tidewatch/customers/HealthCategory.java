package io.tidewatch.customers;

/** What a health score is called. */
public enum HealthCategory {
  EXCELLENT("Excellent"),
  GOOD("Good"),
  AT_RISK("At Risk"),
  CRITICAL("Critical");

  private final String label;

  HealthCategory(String label) {
    this.label = label;
  }

  /** As tables, events and dashboards name it. */
  public String label() {
    return label;
  }
}
