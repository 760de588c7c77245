package io.tidewatch.revenue;

/** Whether a subscription brings in money. */
public enum SubscriptionStatus {
  ACTIVE(true),
  PAST_DUE(true),
  TRIALING(false),
  PAUSED(false),
  UNPAID(false),
  INCOMPLETE(false),
  CANCELED(false);

  private final boolean recurring;

  SubscriptionStatus(boolean recurring) {
    this.recurring = recurring;
  }

  /** Whether its amount counts as monthly recurring revenue. */
  public boolean isRecurring() {
    return recurring;
  }
}
