package io.tidewatch.job;

import static java.util.stream.StreamSupport.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.currency.ReportingCurrency;
import io.tidewatch.currency.stream.CurrencyStage;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.stream.Arrival;
import io.tidewatch.ingest.stream.IngestStage;
import io.tidewatch.models.Models;
import io.tidewatch.rules.RuleMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.streaming.api.graph.StreamNode;
import org.apache.flink.streaming.runtime.partitioner.ForwardPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobGraphTest {

  private static final TidewatchSettings SETTINGS = ShippedSettings.load();

  private final StreamExecutionEnvironment environment =
      StreamExecutionEnvironment.createLocalEnvironment(2);

  @Test
  void everyOperatorOfTheLiveJobHasAnIdentity() {
    new TidewatchJob(SETTINGS, EnumSet.allOf(Stage.class)).defineLive(environment);
    StreamGraph graph = environment.getStreamGraph();
    assertThat(complaints(graph)).isEmpty();
    assertThat(uids(graph))
        .contains("source-api", "route-api", "combine-events-api", "tumbling-windows-events")
        .doesNotContain("source-replay");
  }

  @Test
  void sourcesWithoutAHorizonAreNotDeduplicated() {
    new TidewatchJob(SETTINGS, EnumSet.allOf(Stage.class)).defineLive(environment);
    assertThat(uids(environment.getStreamGraph()))
        .contains("deduplicate-billing")
        .doesNotContain("deduplicate-api");
  }

  /** From where else they came, each would take all events over the network. */
  @Test
  void selectionsOfEventsAreInOneChain() {
    new TidewatchJob(SETTINGS, EnumSet.allOf(Stage.class)).defineLive(environment);
    StreamGraph graph = environment.getStreamGraph();
    int gathered = node(graph, "gather-events").getId();
    assertThat(
            List.of(
                "select-intervals", "select-subscriptions", "select-pattern-events-brute_force"))
        .allSatisfy(
            selection ->
                assertThat(node(graph, selection).getInEdges())
                    .singleElement()
                    .satisfies(edge -> assertThat(edge.getSourceId()).isEqualTo(gathered))
                    .satisfies(
                        edge ->
                            assertThat(edge.getPartitioner())
                                .isInstanceOf(ForwardPartitioner.class)));
  }

  /** What no selection takes is left out where it is made. */
  @ParameterizedTest
  @CsvSource({
    "accept-api, gather-events-api",
    "accept-enriched, gather-events-enriched",
    "tumbling-windows-events, gather-windows-events-tumbling",
    "rolling-windows-events, gather-windows-events-rolling"
  })
  void whatIsGatheredIsChosenInTheChainThatMakesIt(String made, String chosen) {
    new TidewatchJob(SETTINGS, EnumSet.allOf(Stage.class)).defineLive(environment);
    JobVertex vertex =
        stream(environment.getStreamGraph().getJobGraph().getVertices().spliterator(), false)
            .filter(task -> task.getName().contains(made + " -> "))
            .findFirst()
            .orElseThrow();
    assertThat(vertex.getName()).contains(chosen);
  }

  private static StreamNode node(StreamGraph graph, String uid) {
    return graph.getStreamNodes().stream()
        .filter(node -> uid.equals(uid(node)))
        .findFirst()
        .orElseThrow();
  }

  /** Each combination that leaves something out, with what it must and must not hold. */
  @ParameterizedTest
  @CsvSource({
    "ingest, mark-progress, published-events",
    "ingest, mark-progress, gather-events",
    "'ingest,facts', mark-progress, measure-intervals",
    "'ingest,facts', mark-progress, gather-events",
    "facts, published-events, kafka-events",
    "'revenue,customers', take-published, tumbling-windows-events",
    "metrics, combine-events-published, tumbling-windows-arrivals",
    "'metrics,alerts', watch-events, source-api",
    "'facts,revenue,customers,metrics,alerts', clickhouse-fact_events, mark-progress"
  })
  void everyOperatorOfAJobOfSomeStagesHasAnIdentity(String stages, String there, String absent) {
    new TidewatchJob(SETTINGS, Stage.parse(stages)).defineLive(environment);
    StreamGraph graph = environment.getStreamGraph();
    assertThat(complaints(graph)).isEmpty();
    assertThat(uids(graph)).contains(there).doesNotContain(absent);
  }

  @Test
  void aJobOfAllStagesWritesNoMarksForOthers() {
    new TidewatchJob(SETTINGS, EnumSet.allOf(Stage.class)).defineLive(environment);
    assertThat(uids(environment.getStreamGraph()))
        .contains("kafka-events")
        .doesNotContain("mark-progress");
  }

  @Test
  void everyOperatorOfAReplayHasAnIdentity() {
    replay();
    StreamGraph graph = environment.getStreamGraph();
    assertThat(complaints(graph)).isEmpty();
    assertThat(uids(graph)).contains("source-replay").doesNotContain("source-api");
  }

  @Test
  void everyOperatorThatConvertsHasAnIdentity() {
    SourceSettings billing = SourceSettings.tidewatch("billing", "billing-events");
    DataStream<Arrival> arrivals =
        environment
            .fromData(Arrival.mark(Instant.EPOCH, Instant.EPOCH))
            .uid("source-billing")
            .name("source-billing");
    DataStream<RawRecord> rates =
        environment
            .fromData(new RawRecord("fx-rates", "fx-rates", 0, 0, Instant.EPOCH, new byte[0]))
            .uid("source-fx-rates")
            .name("source-fx-rates");
    DataStream<byte[]> models =
        environment
            .fromData(
                Models.shippedDocuments(), PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO)
            .uid("models")
            .name("models");
    DataStream<RuleMessage> rules =
        environment
            .fromData(new RuleMessage("", "", null, "", Instant.EPOCH))
            .uid("alert-rules")
            .name("alert-rules");
    Pipeline pipeline = new Pipeline(SETTINGS, EnumSet.allOf(Stage.class), false);
    Pipeline.Outputs outputs =
        pipeline.define(
            pipeline.ingest(List.of(new IngestStage.Input(billing, arrivals))),
            new Pipeline.Controls(models, rules),
            Optional.of(new CurrencyStage.Input(new ReportingCurrency("EUR", List.of()), rates)));
    discard(outputs.metricWindows(), "windows");
    discard(outputs.windowTombstones(), "window-tombstones");
    discard(outputs.flags(), "flags");
    discard(outputs.deadLetters(), "dead-letters");
    discard(outputs.fxRates(), "fx-rates");
    StreamGraph graph = environment.getStreamGraph();
    assertThat(complaints(graph)).isEmpty();
    assertThat(uids(graph))
        .contains(
            "read-fx-rates", "convert-money", "own-money-billing", "combine-events-converted");
  }

  private static <T> void discard(List<DataStream<T>> streams, String id) {
    streams.stream()
        .reduce(DataStream::union)
        .orElseThrow()
        .sinkTo(new DiscardingSink<>())
        .uid(id)
        .name(id);
  }

  @Test
  void stateOfEveryJobIsSplitAlikeAndNeverWrittenByKryo() {
    replay();
    assertThat(environment.getMaxParallelism()).isEqualTo(TidewatchJob.MAX_PARALLELISM);
    assertThat(environment.getConfiguration().get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(environment.getStreamGraph().getStreamNodes())
        .extracting(StreamNode::getMaxParallelism)
        .containsOnly(TidewatchJob.MAX_PARALLELISM);
  }

  @Test
  void whatDecidesOnLatenessRunsWhereItIsRead() {
    replay();
    assertThat(environment.getStreamGraph().getStreamNodes())
        .filteredOn(node -> Set.of("source-replay", "route-replay").contains(uid(node)))
        .hasSize(2)
        .extracting(StreamNode::getParallelism)
        .containsOnly(1);
  }

  @Test
  void anOperatorWithoutAnIdentityIsFound() {
    environment
        .fromSequence(1, 3)
        .uid("numbers")
        .name("numbers")
        .map(number -> number + 1)
        .name("add")
        .filter(number -> number > 2)
        .uid("numbers")
        .print()
        .uid("print")
        .name("print");
    assertThat(complaints(environment.getStreamGraph()))
        .containsExactlyInAnyOrder(
            "'add' has no uid", "'numbers' is the uid of two", "'Filter' is named by Flink");
  }

  private void replay() {
    new TidewatchJob(SETTINGS, EnumSet.allOf(Stage.class))
        .defineReplay(
            environment,
            SETTINGS.sources().replay(),
            new TopicPartition("replay-events", 0),
            OffsetsInitializer.earliest());
  }

  /** What is wrong with the operators' uids and names. */
  private static List<String> complaints(StreamGraph graph) {
    List<String> complaints = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (StreamNode node : graph.getStreamNodes()) {
      String name = nameOf(node);
      if (uid(node) == null) {
        complaints.add("'" + name + "' has no uid");
      } else if (!seen.add(uid(node))) {
        complaints.add("'" + uid(node) + "' is the uid of two");
      }
      if (name.isBlank() || isFlinks(name)) {
        complaints.add("'" + name + "' is named by Flink");
      }
    }
    return complaints;
  }

  private static boolean isFlinks(String name) {
    return Set.of("Map", "Filter", "Flat Map", "Process", "KeyedProcess", "Timestamps/Watermarks")
        .contains(name);
  }

  private static String nameOf(StreamNode node) {
    return node.getOperatorName().replaceFirst("^(Source|Sink): ", "");
  }

  private static Collection<String> uids(StreamGraph graph) {
    return graph.getStreamNodes().stream().map(JobGraphTest::uid).collect(Collectors.toSet());
  }

  private static String uid(StreamNode node) {
    return node.getTransformationUID();
  }
}
