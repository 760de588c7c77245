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
import java.util.stream.Stream;
import org.apache.flink.cep.nfa.aftermatch.AfterMatchSkipStrategy;
import org.apache.flink.cep.pattern.Pattern;
import org.apache.flink.cep.pattern.conditions.SimpleCondition;

/**
 * So many failed logins in a row, and then one that succeeds: somebody has guessed a password.
 *
 * <p>It fires with the login that succeeded, and ends when it has not happened again for some time.
 * Failed logins of the same series between are more of the same; a successful one begins anew.
 */
public final class BruteForce extends EventPattern {

  public static final String NAME = "brute-force";

  private static final String FAILED = "failed";
  private static final String SUCCEEDED = "succeeded";
  private static final String IP = "ip";

  private static final SimpleCondition<SeriesEvent> LOGIN_FAILED =
      SimpleCondition.of(event -> event.is("auth.failed"));
  private static final SimpleCondition<SeriesEvent> LOGIN_SUCCEEDED =
      SimpleCondition.of(event -> event.is("auth.succeeded"));

  private final Parameters parameters;

  public BruteForce(AlertProfile profile, EventWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
  }

  /**
   * @param failures how many in a row
   * @param within at most this lies between the first of them and the login that succeeded
   * @param of whose logins they are
   * @param quiet how long without another one ends it
   */
  public record Parameters(int failures, Duration within, List<String> of, Duration quiet)
      implements EventPatternParameters {

    public Parameters {
      Require.that(failures >= 2, "failures: at least 2");
      Require.that(within.compareTo(Duration.ZERO) > 0, "within: more than 0");
      Require.that(!of.isEmpty(), "of: at least one key");
      Require.that(quiet.compareTo(Duration.ZERO) > 0, "quiet: more than 0");
      of = List.copyOf(of);
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of("failures", failures, "within", within, "of", of, "quiet", quiet);
    }

    @Override
    public EventPattern watching(AlertProfile profile, EventWording wording) {
      return new BruteForce(profile, wording, this);
    }
  }

  @Override
  Map<String, String> dimensionsOf(Event event) {
    if (!event.type().equals("auth.failed") && !event.type().equals("auth.succeeded")) {
      return Map.of();
    }
    return parameters.of().stream()
        .filter(key -> event.get(key) != null)
        .findFirst()
        .map(key -> Map.of(key, event.get(key)))
        .orElse(Map.of());
  }

  @Override
  List<String> properties() {
    return List.of(IP);
  }

  @Override
  public String version() {
    return "v1-%d-within-%s".formatted(parameters.failures(), parameters.within());
  }

  @Override
  public Lifetime lifetime() {
    return Lifetime.untilQuietFor(parameters.quiet());
  }

  @Override
  public Pattern<SeriesEvent, ?> pattern() {
    return Pattern.<SeriesEvent>begin(FAILED, AfterMatchSkipStrategy.skipPastLastEvent())
        .where(LOGIN_FAILED)
        .times(parameters.failures())
        .consecutive()
        .next(SUCCEEDED)
        .where(LOGIN_SUCCEEDED)
        .within(Spans.upTo(parameters.within()));
  }

  @Override
  public Alert onMatch(Map<String, List<SeriesEvent>> match) {
    List<SeriesEvent> failed = match.get(FAILED);
    SeriesEvent login = match.get(SUCCEEDED).get(0);
    String ip = login.get(IP);
    return alert(
        Stream.concat(failed.stream(), Stream.of(login)).toList(),
        login.knownAt(),
        new Figures((double) failed.size(), null, (double) parameters.failures()),
        "A password of %s seems guessed: after %d failed logins within %s one succeeded %s%s."
            .formatted(
                subject(login.series()),
                failed.size(),
                wording().length(Duration.between(failed.get(0).time(), login.time())),
                wording().moment(login.time()),
                ip == null ? "" : ", from " + ip));
  }

  @Override
  Optional<String> recovery(SeriesEvent event) {
    return Optional.empty();
  }

  /** Such as {@code user_id u-17}. */
  private static String subject(String series) {
    return series.replaceFirst("=", " ");
  }
}
