package io.tidewatch.ingest;

/** Ends the reading of one record; carries no stack trace because it reports data, not a defect. */
public final class Rejection extends Exception {

  private final ReasonCode code;

  /**
   * @param reason a sentence naming the field and what was wrong with it; holds no personal value
   */
  public Rejection(ReasonCode code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  public Rejection(ReasonCode code) {
    this(code, code.sentence());
  }

  public ReasonCode code() {
    return code;
  }
}
