package io.tidewatch.ingest;

/**
 * What reading one record says about the quality of its source. Sums over records give completeness
 * (present ÷ expected properties) and accuracy (events passing the value rules ÷ checked).
 *
 * @param expected required fields of the record's events
 * @param present those that were there
 * @param checked events whose values were checked
 * @param passed those with no value rejected or flagged
 * @param unknownTypes events of a type outside the catalogue
 */
public record ReadingQuality(int expected, int present, int checked, int passed, int unknownTypes) {

  /** A record that gave no event to check. */
  public static final ReadingQuality NONE = new ReadingQuality(0, 0, 0, 0, 0);
}
