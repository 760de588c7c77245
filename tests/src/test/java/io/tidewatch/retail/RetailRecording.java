package io.tidewatch.retail;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/** Half a year of a real shop as events, in order of time. */
public final class RetailRecording {

  private static final List<String> FILES =
      List.of("/retail/2010-12_2011-02.csv.gz", "/retail/2011-03_2011-05.csv.gz");
  private static final Pattern TIME = Pattern.compile("\"time\":\"([^\"]+)\"");

  private RetailRecording() {}

  /** All of it, one JSON object each. */
  public static List<String> events() {
    ByteArrayOutputStream csv = new ByteArrayOutputStream();
    ByteArrayOutputStream events = new ByteArrayOutputStream();
    try {
      for (String file : FILES) {
        try (InputStream packed =
            Objects.requireNonNull(RetailRecording.class.getResourceAsStream(file))) {
          new GZIPInputStream(packed).transferTo(csv);
        }
      }
      RetailEvents.convert(
          new BufferedReader(new InputStreamReader(in(csv), UTF_8)),
          new PrintStream(events, false, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return events.toString(UTF_8).lines().toList();
  }

  /** Those before a time. */
  public static List<String> eventsBefore(Instant end) {
    List<String> before = new ArrayList<>(events());
    before.removeIf(event -> !timeOf(event).isBefore(end));
    return before;
  }

  /** The time of one of the events. */
  public static Instant timeOf(String event) {
    Matcher time = TIME.matcher(event);
    if (!time.find()) {
      throw new IllegalArgumentException("no time in " + event);
    }
    return Instant.parse(time.group(1));
  }

  private static InputStream in(ByteArrayOutputStream bytes) {
    return new ByteArrayInputStream(bytes.toByteArray());
  }
}
