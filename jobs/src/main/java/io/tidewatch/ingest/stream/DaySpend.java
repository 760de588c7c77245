package io.tidewatch.ingest.stream;

import java.math.BigDecimal;

/** What a campaign spent on one local day in one currency, and whether that was flagged. */
public record DaySpend(BigDecimal amount, boolean flagged) {

  static final DaySpend NOTHING = new DaySpend(BigDecimal.ZERO, false);

  DaySpend plus(BigDecimal more) {
    return new DaySpend(amount.add(more), flagged);
  }

  DaySpend asFlagged() {
    return new DaySpend(amount, true);
  }
}
