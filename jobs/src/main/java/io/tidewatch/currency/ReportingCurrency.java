package io.tidewatch.currency;

import java.util.List;

/**
 * The currency that money is reported in.
 *
 * @param code ISO 4217
 * @param rates those of the configured file
 */
public record ReportingCurrency(String code, List<FxRate> rates) {}
