package io.tidewatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.event.Event;
import io.tidewatch.ingest.stream.Deduplicate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Webhook events as Stripe really sent them, each against what people expect of it. */
class StripeSamplesTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private record Sample(String uid, JsonNode event) {

    /** The event under an id of its own. */
    byte[] told() {
      ObjectNode told = event.deepCopy();
      return told.put("id", uid).toString().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** A line of the table; blanks are null. */
  record Expected(
      String uid,
      String type,
      Instant time,
      String customer,
      String amount,
      Map<String, String> properties) {

    static Expected of(String line) {
      String[] columns = line.split("\\|", -1);
      return new Expected(
          columns[0].strip(),
          columns[1].strip(),
          Instant.ofEpochSecond(Long.parseLong(columns[2].strip())),
          columns[3].isBlank() ? null : columns[3].strip(),
          columns[4].isBlank() ? null : columns[4].strip(),
          Stream.of(columns[5].strip().split(" "))
              .map(property -> property.split("=", 2))
              .collect(Collectors.toMap(property -> property[0], property -> property[1])));
    }

    @Override
    public String toString() {
      return uid + " " + type;
    }
  }

  static Stream<Expected> expected() {
    return lines("expected.csv")
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .map(Expected::of);
  }

  @ParameterizedTest
  @MethodSource("expected")
  void becomesWhatItTells(Expected expected) {
    Sample sample =
        samples().stream().filter(one -> one.uid().equals(expected.uid())).findAny().orElseThrow();

    Reading reading = StripeRecords.reader().read(Records.record(sample.told()));

    assertThat(reading.deadLetter()).isNull();
    assertThat(reading.events()).hasSize(1);
    Event event = reading.events().get(0);
    assertThat(event.id()).isEqualTo(expected.uid());
    assertThat(event.type()).isEqualTo(expected.type());
    assertThat(event.time()).isEqualTo(expected.time());
    assertThat(event.customerId()).isEqualTo(expected.customer());
    assertThat(event.amount() == null ? null : event.amount() + " " + event.currency())
        .isEqualTo(expected.amount());
    assertThat(event.properties()).containsAllEntriesOf(expected.properties());
    assertThat(event.properties()).containsEntry("livemode", "false");
    assertThat(event.properties().keySet()).noneMatch(name -> name.endsWith("client_secret"));
  }

  @Test
  void eachSampleIsExpected() {
    assertThat(expected().map(Expected::uid))
        .containsExactlyInAnyOrderElementsOf(samples().stream().map(Sample::uid).toList());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void anyOrderAndAnyNumberOfDeliveriesGiveTheSameEvents(long seed) throws Exception {
    Set<Event> once = deliver(samples());
    List<Sample> deliveries = new ArrayList<>(samples());
    Random random = new Random(seed);
    for (int repeats = 0; repeats < 100; repeats++) {
      deliveries.add(samples().get(random.nextInt(samples().size())));
    }
    Collections.shuffle(deliveries, random);

    assertThat(once).hasSize(62);
    assertThat(deliver(deliveries)).isEqualTo(once);
  }

  /** What is left of deliveries; fails if anything is left twice. */
  private static Set<Event> deliver(List<Sample> deliveries) throws Exception {
    RecordReader reader = StripeRecords.reader();
    try (var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new Deduplicate(Duration.ofDays(4))),
            Deduplication::identity,
            Types.STRING)) {
      harness.open();
      for (Sample sample : deliveries) {
        for (Event event : reader.read(Records.record(sample.told())).events()) {
          harness.processElement(event, event.time().toEpochMilli());
        }
      }
      Set<Event> events = new HashSet<>(harness.extractOutputValues());
      assertThat(events).hasSameSizeAs(harness.extractOutputValues());
      return events;
    }
  }

  private static List<Sample> samples() {
    return lines("events.jsonl").map(StripeSamplesTest::sample).toList();
  }

  private static Sample sample(String line) {
    try {
      JsonNode sample = JSON.readTree(line);
      return new Sample(sample.get("uid").asText(), sample.get("event"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static Stream<String> lines(String file) {
    try (var stream = StripeSamplesTest.class.getResourceAsStream("/stripe/" + file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8).lines();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
