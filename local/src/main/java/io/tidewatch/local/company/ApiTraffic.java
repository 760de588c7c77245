package io.tidewatch.local.company;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** The requests that customers' programs make. */
final class ApiTraffic implements Part {

  /** Of a customer of mean size on a working day. */
  static final double REQUESTS_PER_DAY = 6;

  private static final int REQUESTS_PER_RUN = 4;
  private static final Duration RUN = Duration.ofSeconds(20);
  private static final double ASKS_ELSEWHERE = 0.1;
  private static final double FAILING = 0.0015;
  private static final double REFUSED = 0.02;

  private final Clientele clientele;
  private final Randomness randomness;

  ApiTraffic(Clientele clientele, Randomness randomness) {
    this.clientele = clientele;
    this.randomness = randomness;
  }

  /** What the product can be asked to do, with its usual time. */
  private record Endpoint(String path, String method, double milliseconds) {}

  private static final List<Endpoint> ENDPOINTS =
      List.of(
          new Endpoint("/inference", "POST", 70),
          new Endpoint("/analyze", "POST", 55),
          new Endpoint("/models", "GET", 15),
          new Endpoint("/quantize", "POST", 85),
          new Endpoint("/batch-process", "POST", 90),
          new Endpoint("/datasets", "GET", 22));

  @Override
  public void live(Hour hour, Feed feed) {
    if (hour.number() == 0) {
      return;
    }
    Dice dice = randomness.dice("api", hour.number());
    Crowd crowd = clientele.crowd(hour.start());
    double expected = crowd.use() * REQUESTS_PER_DAY / 24 * Rhythm.MACHINES.at(hour);
    dice.times(hour, expected / REQUESTS_PER_RUN)
        .forEach(start -> run(crowd.draw(dice), start, dice, feed));
  }

  /** Programs don't ask once: they work through something and are silent again. */
  private static void run(Customer customer, Instant start, Dice dice, Feed feed) {
    Endpoint endpoint = dice.oneOfRanked(ENDPOINTS);
    int requests = dice.between(1, 2 * REQUESTS_PER_RUN - 1);
    for (int i = 0; i < requests; i++) {
      Endpoint asked = dice.chance(ASKS_ELSEWHERE) ? dice.oneOfRanked(ENDPOINTS) : endpoint;
      feed.tell(request(customer, asked, dice.within(start, RUN), dice));
    }
  }

  private static Draft request(Customer customer, Endpoint endpoint, Instant time, Dice dice) {
    double luck = dice.between(0.0, 1.0);
    int status = luck < FAILING ? 500 : luck < FAILING + REFUSED ? 429 : 200;
    return request(customer, time, endpoint.path(), endpoint.method(), status)
        .with("response_time_ms", tenths(dice.skewed(endpoint.milliseconds(), 0.28)))
        .with("bytes_processed", (long) dice.skewed(20_000, 1));
  }

  static Draft request(Customer customer, Instant time, String path, String method, int status) {
    return Draft.at(time, "api.request")
        .customer(customer.id())
        .with("endpoint", path)
        .with("method", method)
        .with("status_code", status)
        .with("country", customer.traits().country());
  }

  static double tenths(double number) {
    return Math.round(number * 10) / 10.0;
  }
}
