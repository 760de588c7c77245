package io.tidewatch.ingest;

import static io.tidewatch.ingest.Records.event;
import static io.tidewatch.ingest.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeidentificationTest {

  @Test
  void pseudonymsAreHmacSha256InHex() {
    // test case 2 of RFC 4231
    assertThat(
            new Pseudonyms("Jefe".getBytes(StandardCharsets.UTF_8))
                .of("what do ya want for nothing?"))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }

  @Test
  void noRawEmailLeavesWhereverItStands() {
    Event event =
        read("""
                {"id":"ann@example.com","type":"feedback.received","time":0,
                 "customer_id":"ann@example.com","user_id":"ann@example.com",
                 "properties":{"text":"write to ann@example.com, please","email":"ann@example.com",
                   "link":"/x?mail=ann%40example.com&y=1","people":[{"work":"ann@example.com"}],
                   "ann@example.com":1}}
                """)
            .events()
            .get(0);
    String pseudonym = new Pseudonyms(Records.KEY).of("ann@example.com");
    assertThat(event.toString()).doesNotContain("ann");
    assertThat(event.id()).isEqualTo(pseudonym);
    assertThat(event.customerId()).isEqualTo(pseudonym);
    assertThat(event.userId()).isEqualTo(pseudonym);
    assertThat(event.get("email")).isEqualTo(pseudonym);
    assertThat(event.get("text")).isEqualTo("write to " + pseudonym + ", please");
    assertThat(event.get("people")).isEqualTo("[{\"work\":\"" + pseudonym + "\"}]");
    assertThat(event.get(pseudonym)).isEqualTo("1");
  }

  @Test
  void configuredFieldsAreDroppedOrHashedAtAnyDepth() {
    PersonalFields personal =
        new PersonalFields(Set.of("secret", "both"), Set.of("user.name", "both"), Set.of("kept"));
    SourceSettings source =
        new SourceSettings("s", List.of(), "tidewatch", null, null, true, personal);
    Event event =
        new RecordReader(source, IngestSettings.defaults(Records.KEY))
            .read(
                Records.record(
                    event(
                        "t",
                        "{\"secret\":1,\"a\":{\"secret\":{\"b\":2}},\"both\":3,\"name\":\"n\","
                            + "\"user\":{\"name\":\"x\"},\"kept\":\"k\","
                            + "\"list\":[{\"secret\":1,\"user\":{\"name\":\"x\"},\"n\":1.50}]}")))
            .events()
            .get(0);
    String pseudonym = new Pseudonyms(Records.KEY).of("x");
    assertThat(event.properties())
        .containsOnlyKeys("name", "user.name", "kept", "list")
        .containsEntry("user.name", pseudonym)
        .containsEntry("kept", "k")
        .containsEntry("list", "[{\"user\":{\"name\":\"" + pseudonym + "\"},\"n\":1.50}]");
  }

  @Test
  void needsAKey() {
    assertThatThrownBy(() -> IngestSettings.defaults(new byte[0]))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void deadLettersMaskPersonalFields() {
    Reading reading =
        read(
            """
            {"type":"t", "time":"never", "properties":{"name":{"first":"Ann"},"phone":123,
             "email":null,"comment":"I am ann@example.com","n":1.50}}
            """);
    assertThat(reading.deadLetter().payload())
        .isEqualTo(
            "{\"type\":\"t\",\"time\":\"never\",\"properties\":{\"name\":{\"first\":\"***\"},"
                + "\"phone\":\"***\",\"email\":null,\"comment\":\"I am ***\",\"n\":1.50}}");
  }

  @Test
  void deadLettersMaskAddressesInWhatIsNoJson() {
    assertThat(read("{ann@example.com \0").deadLetter().payload()).isEqualTo("{*** \uFFFD");
    assertThat(read("{} {\"email\":\"ann@example.com\"}").deadLetter().payload())
        .isEqualTo("{} {\"email\":\"***\"}");
  }

  @Test
  void deadLettersCutLongPayloadsBetweenCharacters() {
    String payload = read("x" + "\uD83D\uDE00".repeat(40_000)).deadLetter().payload();
    assertThat(payload).hasSize(65_535).endsWith("\uDE00");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ann@example.com           | *
          <ann@mail.example.co.uk>. | <*>.
          a@b.io,c@d.io             | *,*
          ann.b+c@example.com       | *
          ünal@exämple.de           | *
          react@18.2.0              | react@18.2.0
          ann@localhost             | ann@localhost
          @example.com              | @example.com
          a@b@example.com           | a@*
          a%40b.io                  | *
          50%40                     | 50%40
          a%40b%40c.io              | *
          a%40b.io%40c%40d.io       | **
          """)
  void findsAddressesInText(String text, String replaced) {
    assertThat(EmailText.replace(text, address -> "*")).isEqualTo(replaced);
  }

  /** Walking back from each at-sign to the beginning would take an hour. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aTextOfEncodedAtSignsDoesNotHoldUpReading() {
    String text = "a%40".repeat(2_000_000);
    assertThat(EmailText.replace(text, address -> "*")).isEqualTo(text);
    assertThat(EmailText.replace(text + "b.io", address -> "*")).isEqualTo("*");
  }
}
