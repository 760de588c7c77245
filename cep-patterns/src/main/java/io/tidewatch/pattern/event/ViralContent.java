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
 * A piece of content that is shared so many times within a time. It fires with the last of them and
 * ends when it has not been shared as often again for as long.
 */
public final class ViralContent extends EventPattern {

  public static final String NAME = "viral-content";

  private static final String SHARED = "shared";
  private static final String CONTENT = "content";

  private static final SimpleCondition<SeriesEvent> IS_SHARED =
      SimpleCondition.of(event -> event.is("content.shared"));

  private final Parameters parameters;

  public ViralContent(AlertProfile profile, EventWording wording, Parameters parameters) {
    super(profile, wording);
    this.parameters = parameters;
  }

  /**
   * @param shares how many; each is kept until it is too long ago
   * @param within at most this lies between the first and the last
   */
  public record Parameters(int shares, Duration within) implements EventPatternParameters {

    public Parameters {
      Require.that(shares >= 2, "shares: at least 2");
      Require.that(within.compareTo(Duration.ZERO) > 0, "within: more than 0");
    }

    @Override
    public String pattern() {
      return NAME;
    }

    @Override
    public Map<String, Object> compiled() {
      return Map.of("shares", shares, "within", within);
    }

    @Override
    public List<String> of() {
      return List.of(CONTENT);
    }

    @Override
    public EventPattern watching(AlertProfile profile, EventWording wording) {
      return new ViralContent(profile, wording, this);
    }
  }

  @Override
  Map<String, String> dimensionsOf(Event event) {
    String content = event.type().equals("content.shared") ? event.get(CONTENT) : null;
    return content == null ? Map.of() : Map.of(CONTENT, content);
  }

  @Override
  List<String> properties() {
    return List.of(CONTENT);
  }

  @Override
  public String version() {
    return "v1-%d-within-%s".formatted(parameters.shares(), parameters.within());
  }

  @Override
  public Lifetime lifetime() {
    return Lifetime.untilQuietFor(parameters.within());
  }

  @Override
  public Pattern<SeriesEvent, ?> pattern() {
    return Pattern.<SeriesEvent>begin(SHARED, AfterMatchSkipStrategy.skipPastLastEvent())
        .where(IS_SHARED)
        .times(parameters.shares())
        .consecutive()
        .within(Spans.upTo(parameters.within()));
  }

  @Override
  public Alert onMatch(Map<String, List<SeriesEvent>> match) {
    List<SeriesEvent> shared = match.get(SHARED);
    SeriesEvent first = shared.get(0);
    SeriesEvent last = shared.get(shared.size() - 1);
    return alert(
        shared,
        last.knownAt(),
        new Figures((double) shared.size(), null, (double) parameters.shares()),
        "%s goes viral: shared %d times within %s, the last time %s."
            .formatted(
                last.get(CONTENT),
                shared.size(),
                wording().length(Duration.between(first.time(), last.time())),
                wording().moment(last.time())));
  }

  @Override
  Optional<String> recovery(SeriesEvent event) {
    return Optional.empty();
  }
}
