package io.tidewatch.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.CompanyEvent;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** What happened in a synthetic company until a time, the last minutes of it troubled. */
final class SyntheticHistory {

  private static final long SEED = 7;
  private static final Duration TROUBLED = Duration.ofMinutes(5);

  private SyntheticHistory() {}

  /** Writes its events to a file, in order of time. */
  static Path write(Path file, int customers, Duration length, Instant end) throws IOException {
    Company company = Company.founded(SEED, customers, end.minus(length), length);
    company.planIncidents(end.minus(TROUBLED));
    try (BufferedWriter writer = Files.newBufferedWriter(file)) {
      while (company.nextTime().isBefore(end)) {
        CompanyEvent event = company.next();
        if (event.time().isBefore(end)) {
          writer.write(new String(event.json(), UTF_8));
          writer.newLine();
        }
      }
    }
    return file;
  }
}
