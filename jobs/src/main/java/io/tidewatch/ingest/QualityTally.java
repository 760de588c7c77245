package io.tidewatch.ingest;

/** Counts up the quality of one record while it is read. */
final class QualityTally {

  private int expected;
  private int present;
  private int checked;
  private int passed;
  private int unknownTypes;

  void expect(boolean isPresent) {
    expected++;
    if (isPresent) {
      present++;
    }
  }

  void checked(boolean hasPassed) {
    checked++;
    if (hasPassed) {
      passed++;
    }
  }

  void unknownType() {
    unknownTypes++;
  }

  ReadingQuality total() {
    return new ReadingQuality(expected, present, checked, passed, unknownTypes);
  }
}
