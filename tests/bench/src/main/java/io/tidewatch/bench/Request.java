package io.tidewatch.bench;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * One call of the company's interface.
 *
 * @param arrival when Kafka got it, epoch milliseconds
 * @param time event time, epoch milliseconds
 */
record Request(
    long number,
    long trace,
    long arrival,
    long time,
    int customer,
    int endpoint,
    int statusCode,
    int responseTimeMs,
    int bytes) {

  private static final int FIRST_CUSTOMER = 100_000_000;
  private static final int FIRST_ENDPOINT = 100;

  static String customerId(int customer) {
    return "customer-" + (FIRST_CUSTOMER + customer);
  }

  static String endpointPath(int endpoint) {
    return "/api/v1/resources/" + (FIRST_ENDPOINT + endpoint);
  }

  /** A customer's requests stay in order. */
  int partition() {
    return customer % Workload.PARTITIONS;
  }

  /** In Tidewatch's own format, about 250 bytes. */
  byte[] json() {
    return ("{\"id\":\""
            + HexFormat.of().toHexDigits(trace)
            + '-'
            + number
            + "\",\"type\":\"api.request\",\"time\":"
            + time
            + ",\"customer_id\":\""
            + customerId(customer)
            + "\",\"properties\":{\"endpoint\":\""
            + endpointPath(endpoint)
            + "\",\"method\":\"POST\",\"status_code\":"
            + statusCode
            + ",\"response_time_ms\":"
            + responseTimeMs
            + ",\"bytes_processed\":"
            + bytes
            + ",\"country\":\"DE\"}}")
        .getBytes(StandardCharsets.US_ASCII);
  }
}
