package io.tidewatch.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.job.Stage;
import io.tidewatch.job.TidewatchJob;
import io.tidewatch.local.flink.LocalFlink;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.apache.flink.api.common.JobID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The job as it runs in production, on events that happen now in two topics of many. */
class LiveJobTest {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @RegisterExtension static final LiveStack LIVE = new LiveStack();

  private final Instant minute = Instant.now().truncatedTo(MINUTES).minus(1, MINUTES);

  @Test
  void closesAMinuteThoughAllElseIsSilentAndWritesEachWindowOnce() throws Exception {
    LIVE.empty();
    Map<TopicPartition, Long> begin = windows().end();
    LocalFlink flink = LIVE.stack().flink();
    TidewatchJob definition = new TidewatchJob(LIVE.settings(), EnumSet.allOf(Stage.class));
    JobID job = flink.submit("live", definition::defineLive, Optional.empty());

    // one partition each; the other one and six topics stay silent
    send("api-events", 200, this::request);
    send("marketing-events", 5, this::click);
    awaitFinal("api_requests", 200);
    awaitFinal("ad_clicks", 5);

    String first = "api_requests|1m| " + minute + " 200 1";
    Patience.await("readers of the topic see it", PATIENCE, () -> committed(begin).contains(first));

    // a correction, after a failure
    LIVE.failTaskManager();
    send("api-events", 100, i -> request(200 + i));
    awaitFinal("api_requests", 300);
    Patience.await("the job runs as a whole", PATIENCE, () -> LIVE.checkpoint(job));
    flink.stop(job);

    assertThat(LIVE.value("SELECT count() FROM tidewatch.v_fact_events")).isEqualTo("305");
    assertThat(LIVE.value("SELECT count() FROM tidewatch.v_late_events")).isEqualTo("0");
    List<String> windows = committed(begin);
    assertThat(windows).doesNotHaveDuplicates().hasSizeGreaterThan(20);
    assertThat(windows).contains(first, "api_requests|1m| " + minute + " 300 1");
  }

  private void awaitFinal(String metric, int value) {
    Patience.await(
        metric + " of the minute is " + value,
        PATIENCE,
        () ->
            LIVE.value(
                    """
                    SELECT count() FROM tidewatch.v_metric_windows
                    WHERE metric = '%s' AND window = '1m' AND series = '' AND is_final
                      AND window_start = toDateTime64(%d, 3, 'UTC') AND value = %d
                    """
                        .formatted(metric, minute.getEpochSecond(), value))
                .equals("1"));
  }

  private String request(int number) {
    return """
        {"id":"r%d","type":"api.request","time":"%s","customer_id":"c%d","properties":{\
        "endpoint":"/analyze","method":"GET","status_code":200,"response_time_ms":12}}"""
        .formatted(number, minute.plusMillis(number * 190L), number % 5);
  }

  private String click(int number) {
    return """
        {"id":"k%d","type":"ad.click","time":"%s",\
        "properties":{"campaign":"spring","channel":"search"}}"""
        .formatted(number, minute.plusSeconds(number));
  }

  private void send(String topic, int number, IntFunction<String> event) {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of("bootstrap.servers", LIVE.kafka()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      IntStream.range(0, number)
          .mapToObj(event)
          .forEach(
              text -> producer.send(new ProducerRecord<>(topic, 0, null, text.getBytes(UTF_8))));
    }
  }

  /** Metric, window and series, start, samples and whether final, of each message since. */
  private static List<String> committed(Map<TopicPartition, Long> begin) throws IOException {
    List<String> committed = new ArrayList<>();
    OutputTopic topic = windows();
    topic.read(
        begin,
        topic.end(),
        (key, row) ->
            committed.add(
                "%s %s %s %s"
                    .formatted(
                        key,
                        Instant.parse(row.get("window_start").asText()),
                        row.get("samples").asText(),
                        row.get("is_final").asText())));
    return committed;
  }

  private static OutputTopic windows() {
    return new OutputTopic(LIVE.kafka(), "metric-windows");
  }
}
