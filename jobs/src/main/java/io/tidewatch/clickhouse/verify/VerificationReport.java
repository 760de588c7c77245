package io.tidewatch.clickhouse.verify;

import java.util.List;
import java.util.Map;

/**
 * What a verification found.
 *
 * @param verified names of the metrics that were recomputed
 * @param skipped why a metric can't be recomputed from facts, by its name
 * @param compared windows that the job wrote as final and that were compared
 * @param open windows left out because event time had not passed their end
 * @param capped windows left out because series beyond the metric's cap were put together
 * @param differenceCount how many windows disagree
 * @param differences the first of them
 */
public record VerificationReport(
    List<String> verified,
    Map<String, String> skipped,
    long compared,
    long open,
    long capped,
    long differenceCount,
    List<Difference> differences) {

  public boolean agrees() {
    return differenceCount == 0;
  }
}
