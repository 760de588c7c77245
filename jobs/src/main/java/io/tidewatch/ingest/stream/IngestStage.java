package io.tidewatch.ingest.stream;

import static io.tidewatch.operator.Operators.identify;
import static io.tidewatch.operator.Operators.union;

import io.tidewatch.event.Event;
import io.tidewatch.ingest.DeadLetter;
import io.tidewatch.ingest.Deduplication;
import io.tidewatch.ingest.LateEvent;
import io.tidewatch.ingest.QualityFlag;
import io.tidewatch.ingest.RecordEnd;
import io.tidewatch.ingest.RecordIdentity;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.metrics.MissedWindows;
import io.tidewatch.operator.EventSerializer;
import io.tidewatch.operator.OperatorIds;
import io.tidewatch.time.WatermarkedProcess;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.functions.FilterFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.Collector;

/**
 * From what was read to accepted events: route, deduplicate, enrich, check, accept.
 *
 * <p>Each record that came ends as exactly one of accepted, rejected, duplicate, no consent or
 * erased, and says so in {@link Outputs#recordEvents()}.
 */
public final class IngestStage {

  private static final String ENRICHED = "enriched";
  private static final String PUBLISHED = "published";

  private final Settings settings;
  private final List<DataStream<DeadLetter>> deadLetters = new ArrayList<>();
  private final List<DataStream<QualityFlag>> flags = new ArrayList<>();
  private final List<DataStream<LateEvent>> late = new ArrayList<>();
  private final Map<String, DataStream<Event>> recordEvents = new LinkedHashMap<>();
  private final List<DataStream<Event>> ofCampaigns = new ArrayList<>();
  private final Map<String, DataStream<Event>> branches = new LinkedHashMap<>();

  private IngestStage(Settings settings) {
    this.settings = settings;
  }

  /**
   * @param customerTimeToLive how long a silent customer's profile, or campaign's plan, is kept
   * @param tellsOfRecords whether anybody wants to know that records came and were accepted; where
   *     nobody does, the streams of record events are there and nearly empty
   * @param replay whether event time comes from a recording alone
   */
  public record Settings(
      ZoneId zone,
      MissedWindows.Factory windows,
      Duration customerTimeToLive,
      boolean tellsOfRecords,
      boolean replay) {}

  /**
   * @param branches accepted events; apart, because a source that is neither deduplicated nor
   *     enriched stays in one chain with what comes next
   * @param recordEvents what became of the records, by where it became known; apart for the same
   *     reason
   */
  public record Outputs(
      Map<String, DataStream<Event>> branches,
      List<DataStream<DeadLetter>> deadLetters,
      List<DataStream<QualityFlag>> flags,
      List<DataStream<LateEvent>> lateEvents,
      Map<String, DataStream<Event>> recordEvents) {

    /** What another job has ingested; what became of the records is that job's to say. */
    public static Outputs of(DataStream<PublishedEvent> published) {
      DataStream<Event> events =
          identify(
                  published.transform(
                      OperatorIds.TAKE_PUBLISHED,
                      EventSerializer.TYPE,
                      new WatermarkedProcess<>(new TakePublished())),
                  OperatorIds.TAKE_PUBLISHED)
              .setParallelism(published.getParallelism());
      return new Outputs(Map.of(PUBLISHED, events), List.of(), List.of(), List.of(), Map.of());
    }
  }

  /** One source with what came out of it. */
  public record Input(SourceSettings source, DataStream<Arrival> arrivals) {}

  public static Outputs apply(List<Input> inputs, Settings settings) {
    return new IngestStage(settings).build(inputs);
  }

  private Outputs build(List<Input> inputs) {
    List<DataStream<Event>> withCustomer = new ArrayList<>();
    for (Input input : inputs) {
      SourceSettings source = input.source();
      DataStream<Event> events = route(source, input.arrivals());
      if (source.deduplicationHorizon() != null) {
        events = deduplicate(source, events);
      }
      if (source.enrichment()) {
        withCustomer.add(
            select(events, event -> event.customerId() != null, OperatorIds.WITH_CUSTOMER, source));
        events =
            select(
                events, event -> event.customerId() == null, OperatorIds.WITHOUT_CUSTOMER, source);
      }
      branches.put(source.name(), accept(source.name(), events));
    }
    union(withCustomer)
        .ifPresent(events -> branches.put(ENRICHED, accept(ENRICHED, enrich(events))));
    checkCampaigns();
    return new Outputs(branches, deadLetters, flags, late, recordEvents);
  }

  private DataStream<Event> route(SourceSettings source, DataStream<Arrival> arrivals) {
    SingleOutputStreamOperator<Event> routed =
        identify(
            arrivals.transform(
                OperatorIds.ROUTE + source.name(),
                EventSerializer.TYPE,
                new WatermarkedProcess<>(new Route(source.name(), settings.tellsOfRecords()))),
            OperatorIds.ROUTE + source.name());
    // In one chain with the source: the order of a partition decides on lateness.
    routed.setParallelism(arrivals.getParallelism());
    deadLetters.add(routed.getSideOutput(Route.DEAD_LETTERS));
    flags.add(routed.getSideOutput(Route.FLAGS));
    recordEvents.put("read-" + source.name(), routed.getSideOutput(RecordEvents.TAG));
    return routed;
  }

  private DataStream<Event> deduplicate(SourceSettings source, DataStream<Event> events) {
    SingleOutputStreamOperator<Event> first =
        inOrder(
            identify(
                events
                    .keyBy(Deduplication::identity)
                    .process(new Deduplicate(source.deduplicationHorizon()))
                    .returns(EventSerializer.TYPE),
                OperatorIds.DEDUPLICATE + source.name()));
    recordEvents.put(
        "duplicate-" + source.name(),
        identify(
            first
                .getSideOutput(Deduplicate.DUPLICATES)
                .flatMap(IngestStage::endAsDuplicate)
                .returns(EventSerializer.TYPE),
            OperatorIds.DUPLICATE_ENDS + source.name()));
    return first;
  }

  private static void endAsDuplicate(Event event, Collector<Event> out) {
    if (RecordIdentity.countsRecord(event.id())) {
      out.collect(
          RecordEvents.ended(event.source(), event.receivedAt(), RecordEnd.DUPLICATE, false));
    }
  }

  private static DataStream<Event> select(
      DataStream<Event> events, FilterFunction<Event> wanted, String id, SourceSettings source) {
    // In one chain with what comes before: a customer's events stay in the order they were read.
    return identify(events.filter(wanted).returns(EventSerializer.TYPE), id + source.name())
        .setParallelism(events.getParallelism());
  }

  private DataStream<Event> enrich(DataStream<Event> events) {
    SingleOutputStreamOperator<Event> enriched =
        inOrder(
            identify(
                events
                    .keyBy(Event::customerId)
                    .process(new EnrichFromCustomer(settings.customerTimeToLive(), settings.zone()))
                    .returns(EventSerializer.TYPE),
                OperatorIds.ENRICH));
    flags.add(enriched.getSideOutput(EnrichFromCustomer.FLAGS));
    recordEvents.put(
        "referenced",
        identify(
            enriched
                .getSideOutput(EnrichFromCustomer.REFERENCES)
                .map(RecordEvents::referenced)
                .returns(EventSerializer.TYPE),
            OperatorIds.REFERENCES));
    return enriched;
  }

  private DataStream<Event> accept(String branch, DataStream<Event> events) {
    SingleOutputStreamOperator<Event> accepted =
        inOrder(
            identify(
                events
                    .process(new Accept(settings.windows(), settings.tellsOfRecords()))
                    .returns(EventSerializer.TYPE),
                OperatorIds.ACCEPT + branch));
    late.add(accepted.getSideOutput(Accept.LATE));
    recordEvents.put("accepted-" + branch, accepted.getSideOutput(RecordEvents.TAG));
    ofCampaigns.add(accepted.getSideOutput(Accept.OF_CAMPAIGNS));
    return accepted;
  }

  private void checkCampaigns() {
    flags.add(
        inOrder(
                identify(
                    union(ofCampaigns)
                        .orElseThrow()
                        .keyBy(event -> event.get("campaign"))
                        .process(
                            new CampaignChecks(settings.customerTimeToLive(), settings.zone())),
                    OperatorIds.CHECK_CAMPAIGNS))
            .getSideOutput(CampaignChecks.FLAGS));
  }

  /**
   * What depends on which events were read before gives the same for the same recording only if
   * nothing overtakes: one subtask each.
   */
  private <T> SingleOutputStreamOperator<T> inOrder(SingleOutputStreamOperator<T> operator) {
    return settings.replay() ? operator.setParallelism(1) : operator;
  }
}
