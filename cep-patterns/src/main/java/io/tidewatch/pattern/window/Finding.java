package io.tidewatch.pattern.window;

/** What was found of a window. */
public enum Finding {
  /** Nothing can be said: too little is known of the series. */
  UNKNOWN,
  /** As it should be. */
  NORMAL,
  /** Above what is usual. */
  ABOVE,
  /** Less than the window just before. */
  DECLINED,
  /** Less than the same time last week, which says enough even where it declined too. */
  FALLEN,
  /** No window came any more. */
  SILENT;

  /** Whether something is wrong. */
  public boolean isBreach() {
    return switch (this) {
      case ABOVE, DECLINED, FALLEN -> true;
      case UNKNOWN, NORMAL, SILENT -> false;
    };
  }
}
