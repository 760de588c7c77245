package io.tidewatch.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UtcTimeTest {

  private static final DateTimeFormatter RFC_3339 =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private static final DateTimeFormatter SQL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026-03-01T10:00:05.123Z",
        "2024-02-29T23:59:59.999Z",
        "2026-01-01T00:00:00Z",
        "2026-12-31T09:08:07.006Z",
        "1970-01-01T00:00:00.001Z",
        "1969-12-31T23:59:59.999Z",
        "1900-01-01T00:00:00Z",
        "0009-10-11T12:13:14.015Z",
        "-0001-10-11T12:13:14.015Z",
        "+10000-10-11T12:13:14.015Z",
        "2026-03-01T10:00:05.123999999Z",
        "1969-12-31T23:59:59.999999999Z"
      })
  void writesWhatFormattersWrite(Instant time) {
    assertThat(UtcTime.rfc3339(time)).isEqualTo(RFC_3339.format(time));
    assertThat(UtcTime.sql(time)).isEqualTo(SQL.format(time));
  }
}
