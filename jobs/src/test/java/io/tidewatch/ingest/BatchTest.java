package io.tidewatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A record of several events, in a format of the test's own: one letter for each event. */
class BatchTest {

  @Test
  void childrenAreNumberedAndTheFirstCounts() {
    List<Event> events = read("ok ok ok").events();
    assertThat(events).extracting(Event::id).containsExactly("b#0", "b#1", "b#2");
    assertThat(events).filteredOn(e -> RecordIdentity.countsRecord(e.id())).hasSize(1);
  }

  @Test
  void oneBadChildRejectsTheWholeBatch() {
    Reading reading = read("ok bad ok");
    RecordReaderTest.assertRejected(reading, ReasonCode.FIELD_MISSING);
  }

  @Test
  void theFirstChildsEndIsTheRecords() {
    Reading reading = read("denied ok");
    assertThat(reading.end()).isEqualTo(RecordEnd.NO_CONSENT);
    assertThat(reading.events()).extracting(Event::id).containsExactly("b#1");
    assertThat(reading.events()).noneMatch(e -> RecordIdentity.countsRecord(e.id()));

    assertThat(read("ok denied").end()).isEqualTo(RecordEnd.ACCEPTED);
  }

  @ParameterizedTest
  @CsvSource({"e,e", "e#0,e#0", "e#1,e#1#0", "e#10,e#10#0", "e#01,e#01", "#,#", "e#x1,e#x1"})
  void aProducersOwnIdAlwaysCounts(String given, String id) {
    assertThat(RecordIdentity.single(given)).isEqualTo(id);
    assertThat(RecordIdentity.countsRecord(id)).isTrue();
  }

  private static Reading read(String words) {
    EventFormat format =
        value -> {
          List<Candidate> candidates = new ArrayList<>();
          for (String word : words.split(" ")) {
            Candidate candidate = new Candidate();
            candidate.type = word.equals("bad") ? null : "t";
            candidate.time = Instant.EPOCH;
            candidate.analyticsDenied = word.equals("denied");
            candidates.add(candidate);
          }
          return new EventFormat.Batch("b", true, candidates);
        };
    return new RecordReader(
            SourceSettings.tidewatch("shop"),
            IngestSettings.defaults(Records.KEY),
            format,
            (record, failure) -> {})
        .read(Records.record("x"));
  }
}
