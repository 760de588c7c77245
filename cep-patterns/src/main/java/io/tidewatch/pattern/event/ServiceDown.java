package io.tidewatch.pattern.event;

import io.tidewatch.alert.Alert;
import io.tidewatch.alert.AlertProfile;
import io.tidewatch.alert.Figures;
import io.tidewatch.event.Event;
import io.tidewatch.pattern.EventWording;
import io.tidewatch.pattern.Lifetime;
import io.tidewatch.pattern.Require;
import io.tidewatch.pattern.Spans;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * A service whose heartbeat stays away. It fires when the time is up and ends with a heartbeat; one
 * that stays silent is given up after a week.
 *
 * <p>The alert starts with the last heartbeat. A heartbeat that comes late counts from when it
 * came, unless it is older than the time: then it says nothing.
 */
public final class ServiceDown extends EventPattern {

  public static final String NAME = "service-down";

  private static final String HEARTBEAT = "heartbeat";
  private static final String NEXT = "next";
  private static final String SERVICE = "service";

  private static final Duration GIVEN_UP_AFTER = Duration.ofDays(7);

  private static final SimpleCondition<SeriesEvent> ANY = SimpleCondition.of(event -> true);

  private final Parameters parameters;

  public ServiceDown(AlertProfile profile, EventWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
  }

  /**
   * @param absent how long without a heartbeat
   * @param only these services; empty for all
   * @param except not these
   */
  public record Parameters(Duration absent, List<String> only, List<String> except)
      implements EventPatternParameters {

    public Parameters {
      Require.that(absent.compareTo(Duration.ZERO) > 0, "absent: more than 0");
      only = List.copyOf(only);
      except = List.copyOf(except);
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of("absent", absent, "services", only, "except", except);
    }

    @Override
    public List<String> of() {
      return List.of(SERVICE);
    }

    @Override
    public EventPattern watching(AlertProfile profile, EventWording wording) {
      return new ServiceDown(profile, wording, this);
    }
  }

  @Override
  Map<String, String> dimensionsOf(Event event) {
    String service = event.type().equals("service.heartbeat") ? event.get(SERVICE) : null;
    boolean watched =
        service != null
            && (parameters.only().isEmpty() || parameters.only().contains(service))
            && !parameters.except().contains(service);
    return watched ? Map.of(SERVICE, service) : Map.of();
  }

  @Override
  List<String> properties() {
    return List.of(SERVICE);
  }

  @Override
  boolean concerns(SeriesEvent event) {
    return event.knownAt().isBefore(event.time().plus(parameters.absent()));
  }

  @Override
  public String version() {
    return "v1-within-" + parameters.absent();
  }

  @Override
  public Lifetime lifetime() {
    return Lifetime.atMost(GIVEN_UP_AFTER);
  }

  @Override
  public Pattern<SeriesEvent, ?> pattern() {
    return Pattern.<SeriesEvent>begin(HEARTBEAT, AfterMatchSkipStrategy.noSkip())
        .where(ANY)
        .notFollowedBy(NEXT)
        .where(ANY)
        .within(Spans.upTo(parameters.absent()));
  }

  @Override
  public Alert onMatch(Map<String, List<SeriesEvent>> match) {
    SeriesEvent last = match.get(HEARTBEAT).get(0);
    return alert(
        List.of(last),
        last.knownAt().plus(parameters.absent()),
        Figures.NONE,
        "%s is down: no heartbeat for %s; the last was %s."
            .formatted(
                last.get(SERVICE),
                wording().length(parameters.absent()),
                wording().moment(last.time())));
  }

  @Override
  Optional<String> recovery(SeriesEvent heartbeat) {
    return Optional.of(
        "%s is back, with a heartbeat %s."
            .formatted(heartbeat.get(SERVICE), wording().moment(heartbeat.time())));
  }
}
