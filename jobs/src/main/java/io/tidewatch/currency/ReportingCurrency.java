package io.tidewatch.currency;

import java.util.List;
import java.util.stream.Stream;

/**
 * The currency that money is reported in.
 *
 * @param code ISO 4217
 * @param rates those of the configured file, or all that are known when the job begins
 */
public record ReportingCurrency(String code, List<FxRate> rates) {

  /** With rates that were told elsewhere, too. */
  public ReportingCurrency with(List<FxRate> told) {
    return new ReportingCurrency(code, Stream.concat(rates.stream(), told.stream()).toList());
  }
}
