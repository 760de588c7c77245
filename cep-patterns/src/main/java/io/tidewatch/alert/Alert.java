package io.tidewatch.alert;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * Something that somebody has to know, from its firing to its end: a row of {@code alerts}.
 *
 * <p>All times are event time, so a restart or a replay makes the same alert again and not a second
 * one.
 *
 * @param id see {@link #idOf}
 * @param series whose figures are wrong, as metrics name it; empty for the total
 * @param customerId whom it is about; null if it is about no single customer
 * @param updatedAt when it changed last
 * @param endedAt null while it fires
 * @param summary a sentence that a person understands
 * @param resolution null while it fires
 * @param version grows with each change
 * @param contributors the parts that made most of the change, the largest first
 */
public record Alert(
    String id,
    AlertProfile profile,
    AlertStatus status,
    String series,
    String customerId,
    Instant startedAt,
    Instant updatedAt,
    Instant endedAt,
    Figures figures,
    String summary,
    List<Evidence> evidence,
    Resolution resolution,
    long version,
    List<Contributor> contributors) {

  private static final int ID_BYTES = 16;

  public Alert {
    // state that was kept before there were any has none
    contributors = contributors == null ? List.of() : List.copyOf(contributors);
  }

  /**
   * A new alert.
   *
   * @param idTime what tells it from other alerts of this rule and series
   */
  public static Alert firing(
      AlertProfile profile,
      String series,
      String customerId,
      Instant idTime,
      Instant startedAt,
      Instant now,
      Figures figures,
      String summary,
      List<Evidence> evidence) {
    return new Alert(
        idOf(profile.rule(), series, idTime),
        profile,
        AlertStatus.FIRING,
        series,
        customerId,
        startedAt,
        now,
        null,
        figures,
        summary,
        List.copyOf(evidence),
        null,
        1,
        List.of());
  }

  /** This alert with another measured value. */
  public Alert withValue(double value) {
    Figures measured = new Figures(value, figures.baseline(), figures.threshold());
    return with(profile, updatedAt, measured, summary, version, contributors);
  }

  /** This alert with what made most of the change, and the sentence that says so. */
  public Alert explainedBy(List<Contributor> contributors, String summary) {
    return with(profile, updatedAt, figures, summary, version, contributors);
  }

  /** This alert, told as another profile has it. */
  public Alert withProfile(AlertProfile profile) {
    return with(profile, updatedAt, figures, summary, version, contributors);
  }

  /** This alert as it was heard of at that time. */
  public Alert asOf(Instant time) {
    return with(profile, time, figures, summary, version, contributors);
  }

  /** This alert as a later change of what is known by its id. */
  public Alert withVersion(long version) {
    return with(profile, updatedAt, figures, summary, version, contributors);
  }

  /** This alert at its end. */
  public Alert resolved(Resolution resolution, Instant endedAt, Instant now, String summary) {
    return new Alert(
        id,
        profile,
        AlertStatus.RESOLVED,
        series,
        customerId,
        startedAt,
        now,
        endedAt,
        figures,
        summary,
        evidence,
        resolution,
        version + 1,
        contributors);
  }

  private Alert with(
      AlertProfile profile,
      Instant updatedAt,
      Figures figures,
      String summary,
      long version,
      List<Contributor> contributors) {
    return new Alert(
        id,
        profile,
        status,
        series,
        customerId,
        startedAt,
        updatedAt,
        endedAt,
        figures,
        summary,
        evidence,
        resolution,
        version,
        contributors);
  }

  /**
   * The first 32 hex digits of SHA-256 of rule, series and epoch milliseconds, one per line: the
   * same for the same trouble, whoever finds it and however often.
   */
  public static String idOf(String rule, String series, Instant time) {
    String identity = rule + '\n' + series + '\n' + time.toEpochMilli();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(identity.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
