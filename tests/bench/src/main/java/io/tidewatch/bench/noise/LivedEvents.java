package io.tidewatch.bench.noise;

import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.RawRecord;
import io.tidewatch.ingest.RecordReader;
import io.tidewatch.ingest.SourceSettings;
import io.tidewatch.ingest.stream.Arrival;
import io.tidewatch.local.company.Company;
import io.tidewatch.local.company.CompanyEvent;
import java.time.Instant;
import org.apache.flink.connector.datagen.source.GeneratorFunction;

/**
 * What one source hears of a company, from its beginning on; then a mark that all has come.
 *
 * <p>It lives the company's life anew for itself, so that no event has to be kept.
 */
final class LivedEvents implements GeneratorFunction<Long, Arrival> {

  private final Life life;
  private final SourceSettings source;
  private final IngestSettings settings;
  private final long events;

  private transient Company company;
  private transient RecordReader reader;

  LivedEvents(Life life, SourceSettings source, IngestSettings settings, long events) {
    this.life = life;
    this.source = source;
    this.settings = settings;
    this.events = events;
  }

  @Override
  public Arrival map(Long index) {
    if (index == events) {
      return Arrival.mark(life.end(), life.end());
    }
    if (company == null) {
      company = life.begin();
      reader = new RecordReader(source, settings);
    }
    CompanyEvent event = company.next();
    while (!source.topics().contains(event.topic())) {
      event = company.next();
    }
    Instant time = event.time();
    return Arrival.of(
        reader.read(new RawRecord(source.name(), event.topic(), 0, index, time, event.json())),
        time);
  }
}
