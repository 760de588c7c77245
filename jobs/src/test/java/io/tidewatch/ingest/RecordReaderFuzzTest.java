package io.tidewatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.event.Event;
import java.math.BigDecimal;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whatever bytes arrive, reading ends them one way and lets nothing pass that tables refuse. */
class RecordReaderFuzzTest {

  private static final int RECORDS = 100_000;

  /** Codes that reading a single record by these formats can give. */
  private static final Set<ReasonCode> POSSIBLE =
      EnumSet.complementOf(EnumSet.of(ReasonCode.FX_RATE_INVALID, ReasonCode.READER_FAILED));

  private final MutatedRecords mutations = new MutatedRecords(20_260_301);
  private final List<RecordReader> readers =
      List.of(
          Records.reader(),
          new RecordReader(
              SourceSettings.flat("flat", new FlatOptions(null, "type", Map.of(), Map.of())),
              IngestSettings.defaults(Records.KEY)),
          StripeRecords.reader());

  @Test
  @Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void endsEachOfManyMutatedRecordsOneWay() {
    Map<RecordEnd, Integer> ends = new EnumMap<>(RecordEnd.class);
    Set<ReasonCode> codes = new HashSet<>();
    Set<String> types = new HashSet<>();
    for (int i = 0; i < RECORDS; i++) {
      Reading reading = readers.get(i % readers.size()).read(Records.record(mutations.next()));
      ends.merge(reading.end(), 1, Integer::sum);
      switch (reading.end()) {
        case ACCEPTED -> {
          assertThat(reading.events()).hasSize(1);
          assertThat(reading.deadLetter()).isNull();
          assertHeldByTables(reading.events().get(0));
          types.add(reading.events().get(0).type());
        }
        case REJECTED -> {
          assertThat(reading.events()).isEmpty();
          codes.add(ReasonCode.valueOf(reading.deadLetter().reasonCode()));
          assertHeldByTables(reading.deadLetter());
        }
        case NO_CONSENT -> {
          assertThat(reading.events()).isEmpty();
          assertThat(reading.deadLetter()).isNull();
        }
        case DUPLICATE, ERASED -> throw new AssertionError("reading alone can't tell " + reading);
      }
    }
    assertThat(ends.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(RECORDS);
    // the mutations reach what they are meant to reach
    assertThat(ends).containsOnlyKeys(RecordEnd.ACCEPTED, RecordEnd.REJECTED, RecordEnd.NO_CONSENT);
    assertThat(codes).isEqualTo(POSSIBLE);
    assertThat(types)
        .contains("api.request", "subscription.changed", "payment.refunded", "stripe.unheard.of");
  }

  // What tables hold, told without the classes under test.

  private static final Instant FIRST = Instant.parse("1900-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2300-01-01T00:00:00Z");
  private static final BigDecimal MONEY_LIMIT = new BigDecimal("100000000000000");
  private static final Pattern EMAIL =
      Pattern.compile("[A-Za-z0-9._+-]{1,64}@[A-Za-z0-9-]+\\.[A-Za-z]{2,}");

  private static void assertHeldByTables(Event event) {
    assertTime(event.time());
    assertTime(event.receivedAt());
    assertThat(event.type()).isNotEmpty();
    assertThat(event.id()).isNotEmpty();
    List<String> texts = new ArrayList<>();
    texts.add(event.source());
    texts.add(event.id());
    texts.add(event.type());
    texts.add(event.customerId());
    texts.add(event.userId());
    texts.add(event.anonymousId());
    texts.add(event.sessionId());
    assertThat(event.properties().size()).isLessThanOrEqualTo(1_002);
    event
        .properties()
        .forEach(
            (name, text) -> {
              texts.add(name);
              texts.add(text);
            });
    for (String text : texts) {
      if (text != null) {
        assertText(text);
      }
    }
    if (event.amount() != null) {
      assertThat(event.amount().scale()).isBetween(0, 4);
      assertThat(event.amount()).isBetween(BigDecimal.ZERO, MONEY_LIMIT);
    }
    if (event.currency() != null) {
      assertThat(event.currency()).matches("[A-Z]{3}");
    }
  }

  private static void assertHeldByTables(DeadLetter deadLetter) {
    assertTime(deadLetter.receivedAt());
    assertText(deadLetter.payload());
    assertText(deadLetter.reason());
    assertThat(deadLetter.payload().length()).isLessThanOrEqualTo(65_536);
  }

  private static void assertTime(Instant time) {
    assertThat(time).isBetween(FIRST, END);
    assertThat(time.getNano() % 1_000_000).isZero();
  }

  private static void assertText(String text) {
    if (text.length() > 70_000) {
      throw new AssertionError("a text of " + text.length() + " characters");
    }
    if (text.indexOf('\0') >= 0 || text.contains("@") && EMAIL.matcher(text).find()) {
      throw new AssertionError("no table may hold " + text);
    }
    try {
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
    } catch (CharacterCodingException halfAPair) {
      throw new AssertionError("no UTF-8 for " + text, halfAPair);
    }
  }
}
