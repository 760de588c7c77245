package io.tidewatch.ingest;

/** Counts up the quality of one record while it is read. */
final class QualityTally {

  private int expected;
  private int present;
  private int checked;
  private int passed;
  private int unknownTypes;

  /** What the record before came to: records are mostly alike. */
  private ReadingQuality total = ReadingQuality.NONE;

  /** Begins with another record. */
  void clear() {
    expected = 0;
    present = 0;
    checked = 0;
    passed = 0;
    unknownTypes = 0;
  }

  /** Fields that were expected, of which so many were there. */
  void expect(int fields, int there) {
    expected += fields;
    present += there;
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
    boolean isAsBefore =
        expected == total.expected()
            && present == total.present()
            && checked == total.checked()
            && passed == total.passed()
            && unknownTypes == total.unknownTypes();
    if (!isAsBefore) {
      total = new ReadingQuality(expected, present, checked, passed, unknownTypes);
    }
    return total;
  }
}
