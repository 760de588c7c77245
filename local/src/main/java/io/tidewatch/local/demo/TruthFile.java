package io.tidewatch.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.local.company.Incident;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What really befell the company, one JSON object per line:
 *
 * <pre>{"incident": "outage-1793365200", "kind": "outage", "rules": ["high_error_rate", …],
 * "series": ["", "endpoint=/inference", …], "started_at": "…", "ended_at": "…"}</pre>
 *
 * <p>An alert is of the incident if it is of one of the rules and of one of the series, and fired
 * while it lasted or shortly after; a {@code *} at the end of a series stands for any value. Rules
 * that it is too short for are left out, though several of a kind, one soon after the other, may
 * together fire those as well.
 *
 * <p>An incident is written when it begins, with its end to come; when the company ends, so do
 * those that still last.
 */
final class TruthFile {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private int written;

  TruthFile(Path path) {
    this.path = path;
    append("");
  }

  static Path in(Path dataDirectory) {
    return dataDirectory.resolve("truth.jsonl");
  }

  Path path() {
    return path;
  }

  /** Adds those that are not yet in it. */
  void write(List<Incident> incidents) {
    for (Incident incident : incidents.subList(written, incidents.size())) {
      append(line(incident, Instant.MAX) + "\n");
      written++;
    }
  }

  /** Writes all of them once more, none of them beyond the company's end. */
  void end(List<Incident> incidents, Instant end) {
    try {
      Files.write(path, incidents.stream().map(incident -> line(incident, end)).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String line(Incident incident, Instant end) {
    Instant endedAt = incident.endedAt().isBefore(end) ? incident.endedAt() : end;
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("incident", incident.name());
    line.put("kind", incident.kind().name().toLowerCase(Locale.ROOT));
    line.put("rules", incident.rules());
    line.put("series", incident.series());
    line.put("started_at", incident.startedAt().toString());
    line.put("ended_at", endedAt.toString());
    try {
      return JSON.writeValueAsString(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void append(String text) {
    try {
      Files.writeString(path, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
