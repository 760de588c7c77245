package io.tidewatch.bench;

import io.tidewatch.bench.Aggregates.Dimension;
import io.tidewatch.bench.Aggregates.Series;
import java.time.Duration;

/** What must come out, worked out plainly from the workload. */
final class Oracle {

  private static final long MINUTE = Duration.ofMinutes(1).toMillis();
  private static final int WINDOWS = (int) Workload.SPAN.toMinutes();

  private final long[][][] byCustomer = new long[Workload.CUSTOMERS][WINDOWS][];
  private final long[][][] byEndpoint = new long[Workload.ENDPOINTS][WINDOWS][];

  private Oracle() {}

  static Aggregates expect(Workload workload) {
    Oracle oracle = new Oracle();
    for (long number = 0; number < workload.requests(); number++) {
      oracle.add(workload.request(number));
    }
    return oracle.result(workload);
  }

  private void add(Request request) {
    int window = (int) ((request.time() - Workload.BEGIN.toEpochMilli()) / MINUTE);
    add(byCustomer[request.customer()], window, request);
    add(byEndpoint[request.endpoint()], window, request);
  }

  private static void add(long[][] windows, int window, Request request) {
    if (windows[window] == null) {
      windows[window] = new long[3];
    }
    long[] row = windows[window];
    row[0]++;
    row[1] += request.responseTimeMs();
    row[2] = Math.max(row[2], request.responseTimeMs());
  }

  private Aggregates result(Workload workload) {
    Aggregates result = new Aggregates(workload.requests());
    for (int i = 0; i < byCustomer.length; i++) {
      put(result, Dimension.CUSTOMER, Request.customerId(i), byCustomer[i]);
    }
    for (int i = 0; i < byEndpoint.length; i++) {
      put(result, Dimension.ENDPOINT, Request.endpointPath(i), byEndpoint[i]);
    }
    return result;
  }

  private static void put(Aggregates to, Dimension dimension, String key, long[][] windows) {
    for (int window = 0; window < windows.length; window++) {
      long[] row = windows[window];
      if (row != null) {
        long start = Workload.BEGIN.toEpochMilli() + window * MINUTE;
        to.put(new Series(dimension, key, start), row[0], row[1], row[2]);
      }
    }
  }
}
