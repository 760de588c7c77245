package io.tidewatch.local.company;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The service behind one endpoint answers with errors, and slowly. */
final class Outage extends Incident {

  private static final String SERVICE = "inference";
  private static final String ENDPOINT = "/inference";
  private static final double FAILING = 0.6;
  private static final double CRITICAL_ERRORS_PER_MINUTE = 3;
  private static final double UPTIME = 71.5;

  private final Span span;
  private final double retriesPerMinute;
  private final Crowd crowd;
  private final Dice dice;
  private final Randomness randomness;

  Outage(Span span, double retriesPerMinute, Crowd crowd, Dice dice, Randomness randomness) {
    super(IncidentKind.OUTAGE, span);
    this.span = span;
    this.retriesPerMinute = retriesPerMinute;
    this.crowd = crowd;
    this.dice = dice;
    this.randomness = randomness;
  }

  @Override
  List<String> ownSeries() {
    return List.of("endpoint=" + ENDPOINT, "service=" + SERVICE, "country=*");
  }

  @Override
  Optional<CompanyEvent> change(CompanyEvent event) {
    Map<String, Object> properties = event.properties();
    if (event.type().equals("api.request") && ENDPOINT.equals(properties.get("endpoint"))) {
      Dice ofEvent = randomness.dice("outage", event.id().hashCode());
      return Optional.of(event.changedTo(event.type(), answer(ofEvent)));
    }
    boolean isSample =
        SERVICE.equals(properties.get("service")) && "uptime".equals(properties.get("metric"));
    return Optional.of(isSample ? event.changedTo(event.type(), Map.of("value", UPTIME)) : event);
  }

  @Override
  void tell(Feed feed) {
    double minutes = span.length().toSeconds() / 60.0;
    span.scatter(
        retriesPerMinute * minutes,
        dice,
        time -> {
          Draft request = ApiTraffic.request(crowd.draw(dice), time, ENDPOINT, "POST", 200);
          answer(dice).forEach(request::with);
          feed.tell(request.with("bytes_processed", 0));
        });
    span.scatter(
        CRITICAL_ERRORS_PER_MINUTE * Math.min(10, minutes),
        dice,
        time -> feed.tell(Services.error(SERVICE, "critical", "no-answer-from-model-host", time)));
  }

  private static Map<String, Object> answer(Dice dice) {
    boolean fails = dice.chance(FAILING);
    double milliseconds = fails ? dice.between(5_500.0, 9_000.0) : dice.between(900.0, 3_000.0);
    return Map.of(
        "status_code", fails ? 503 : 200, "response_time_ms", ApiTraffic.tenths(milliseconds));
  }
}
