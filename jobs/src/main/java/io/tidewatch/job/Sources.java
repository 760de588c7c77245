package io.tidewatch.job;

import io.tidewatch.ingest.IngestSettings;
import io.tidewatch.ingest.SourceSetup;
import java.time.Duration;
import java.util.List;

/**
 * Where events come from, and how long they are waited for.
 *
 * @param ingest what is done alike to the records of all
 * @param all that are configured, the replay's too
 * @param watermarkAlignment how far, in event time, a source may run ahead of the slowest
 * @param allowedLateness how long after a window's end late events still correct it
 */
public record Sources(
    IngestSettings ingest,
    List<SourceSetup> all,
    Duration watermarkAlignment,
    Duration allowedLateness) {

  private static final String REPLAY = "replay";

  public Sources {
    all = List.copyOf(all);
  }

  /** Those that a live job reads: all but the replay's. */
  public List<SourceSetup> live() {
    return all.stream().filter(source -> !source.name().equals(REPLAY)).toList();
  }

  /**
   * The source that {@code tidewatch replay --format} uses and no other job reads.
   *
   * @throws IllegalArgumentException if it is not configured
   */
  public SourceSetup replay() {
    return named(REPLAY);
  }

  /**
   * @throws IllegalArgumentException if there is no source of that name
   */
  public SourceSetup named(String name) {
    return all.stream()
        .filter(source -> source.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no source '%s' in tidewatch.yaml; there are %s"
                        .formatted(name, all.stream().map(SourceSetup::name).toList())));
  }

  Sources alignedWithin(Duration watermarkAlignment) {
    return new Sources(ingest, all, watermarkAlignment, allowedLateness);
  }
}
