package io.tidewatch.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.ingest.JsonCursor.Type;
import io.tidewatch.ingest.PlainCursor.NotPlain;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainCursorTest {

  private final PlainCursor cursor = new PlainCursor();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " { } ",
        "{\"a\":1}",
        "\t{\r\n\"a\" : \"x\" , \"b\" : { \"c\" : null } , \"d\" : true }\n",
        "{\"a\":-0,\"b\":0.10,\"c\":1e5,\"d\":-12.5E-3,\"e\":12345678901234567890}",
        "{\"a\":{},\"b\":{\"a\":{\"a\":false}}}",
        "{\"\":\"\",\"größe\":\"日本 🌊\"}",
        "{\"a text far longer than those that are remembered\":\"and so is this one, of course\"}"
      })
  void readsPlainRecordsLikeTheStrictParser(String json) throws Exception {
    assertThat(readPlain(json)).isEqualTo(readStrict(json));
    assertThat(readPlain(json)).as("texts remembered").isEqualTo(readStrict(json));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":2}",
        "{\"a\":{\"b\":1,\"b\":2}}",
        "{\"a\":\"\\u0041\"}",
        "{\"a\\n\":1}",
        "{\"a\":[1]}",
        "{\"a\":{\"b\":{\"c\":{\"d\":{}}}}}",
        "{\"a\":01}",
        "{\"a\":1.}",
        "{\"a\":.5}",
        "{\"a\":+1}",
        "{\"a\":1e}",
        "{\"a\":-}",
        "{\"a\":NaN}",
        "{\"a\":1 2}",
        "{\"a\":truth}",
        "{\"a\":tru",
        "{\"a\":nul}",
        "{\"a\":\"line\nbreak\"}",
        "{\"a\":\"open}",
        "{\"a\" 1}",
        "{\"a\":1,}",
        "{,\"a\":1}",
        "{\"a\":1 \"b\":2}",
        "{a:1}",
        "{'a':1}",
        "{\"a\":}",
        "{\"a\":1",
        "{\"a\":1}}",
        "{\"a\":1} {}",
        "{\"a\":1}/*x*/",
        "{\"a\":{\"b\":1}",
        "[1]",
        "1",
        " ",
        ""
      })
  void leavesEverythingElse(String json) {
    assertThatThrownBy(() -> readPlain(json)).isInstanceOf(NotPlain.class);
  }

  @Test
  void whateverItTakesTheStrictParserTakesTheSameWay() throws Exception {
    MutatedRecords records = new MutatedRecords(11);
    int plain = 0;
    for (int i = 0; i < 100_000; i++) {
      byte[] record = records.next();
      if (record == null || record.length > Limits.RECORD_BYTES || !Utf8.isValid(record)) {
        continue;
      }
      String read;
      try {
        read = read(record);
      } catch (NotPlain left) {
        continue;
      }
      plain++;
      assertThat(read)
          .as(() -> new String(record, StandardCharsets.UTF_8))
          .isEqualTo(StrictJson.readObject(record, parser -> all(new StrictCursor(parser))));
    }
    assertThat(plain).isGreaterThan(10_000);
  }

  @Test
  void aNumberEndsWithItsLastDigitWhateverFollows() throws Exception {
    for (int digits = 1; digits <= 20; digits++) {
      for (char next = 1; next < 256; next++) {
        String json = "{\"a\":%s%s           }".formatted("9".repeat(digits), next);
        if (next >= '0' && next <= '9' || "\t\n\r ".indexOf(next) >= 0) {
          assertThat(readPlain(json)).isEqualTo(readStrict(json));
        } else {
          assertThatThrownBy(() -> readPlain(json)).isInstanceOf(NotPlain.class);
        }
      }
    }
  }

  @Test
  void aRecordThatWasLeftHalfReadDoesNotTouchTheNext() throws Exception {
    assertThatThrownBy(() -> readPlain("{\"a\":{\"b\":1,\"c\":[]}}")).isInstanceOf(NotPlain.class);
    assertThat(readPlain("{\"b\":2}")).isEqualTo("b INTEGER 2\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1,"x":2}       | {"x":1}             | {"x":1,"x":2}
          {"a":1,"b":{"a":2}} | {"a":1,"b":{"a":2}} | {"a":1,"b":2,"a":3}
          {"a":{"b":1}}       | {"a":{"b":1}}       | {"a":{"b":1,"b":2}}
          {"a":{"b":1},"c":1} | {"a":{"b":1},"c":1} | {"a":{"b":1},"a":1}
          """)
  void aNameThatIsTwiceIsSeenWhateverCameBefore(String first, String second, String twice)
      throws Exception {
    readPlain(first);
    assertThat(readPlain(second)).isEqualTo(readStrict(second));
    assertThatThrownBy(() -> readPlain(twice)).isInstanceOf(NotPlain.class);
    assertThat(readPlain(second)).isEqualTo(readStrict(second));
  }

  @Test
  void textIsCleanUnlessSomethingInItMustBeLookedAt() throws Exception {
    for (String within : List.of("", "@", "%", "é", "\u007f")) {
      for (int before = 0; before < 20; before++) {
        String text = "x".repeat(before) + within + "y";
        cursor.enter(("{\"a\":\"" + text + "\",\"b\":\"@\"}").getBytes(StandardCharsets.UTF_8));
        cursor.nextName();
        boolean mayStay = within.isEmpty() || within.equals("\u007f");
        assertThat(cursor.isClean()).as(text).isEqualTo(mayStay);
        cursor.nextName();
        assertThat(cursor.isClean()).isFalse();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0,0",
    "-1,-1",
    "1767571200000,1767571200000",
    "999999999999999999,999999999999999999",
    "9223372036854775807,9223372036854775807",
    "-9223372036854775808,-9223372036854775808",
    "9223372036854775808,9223372036854775807",
    "-99999999999999999999,-9223372036854775808"
  })
  void integersBeyondALongAreItsLimits(String written, long expected) throws Exception {
    byte[] record = ("{\"a\":" + written + "}").getBytes(StandardCharsets.UTF_8);
    cursor.enter(record);
    cursor.nextName();
    assertThat(cursor.integer()).isEqualTo(expected);
    long strict =
        StrictJson.readObject(
            record,
            parser -> {
              StrictCursor object = new StrictCursor(parser);
              object.nextName();
              long integer = object.integer();
              object.nextName();
              return integer;
            });
    assertThat(strict).isEqualTo(expected);
  }

  private String readPlain(String json) throws IOException {
    return read(json.getBytes(StandardCharsets.UTF_8));
  }

  private String read(byte[] record) throws IOException {
    cursor.enter(record);
    String read = all(cursor);
    cursor.leave();
    return read;
  }

  private static String readStrict(String json) throws Rejection {
    return StrictJson.readObject(
        json.getBytes(StandardCharsets.UTF_8), parser -> all(new StrictCursor(parser)));
  }

  private static String all(JsonCursor object) throws IOException {
    StringBuilder all = new StringBuilder();
    String name;
    while ((name = object.nextName()) != null) {
      all.append(name).append(' ').append(object.type());
      if (object.type() == Type.OBJECT) {
        all.append(" {\n").append(all(object)).append('}');
      } else if (object.type() == Type.ARRAY) {
        all.append(' ').append(object.array(name));
      } else {
        all.append(' ').append(object.text());
        assertThat(object.commonText()).isEqualTo(object.text());
        assertThat(object.isClean() && !object.text().matches("[ -$&-?A-\\x7f]*")).isFalse();
      }
      all.append('\n');
    }
    return all.toString();
  }
}
