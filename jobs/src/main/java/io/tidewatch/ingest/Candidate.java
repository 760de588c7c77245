package io.tidewatch.ingest;

import java.time.Instant;

/**
 * An event as its producer told it, before any check. An adapter fills one in; absent values stay
 * null. An event without consent is dropped whatever else is wrong with it, so that an adapter
 * notes what is wrong and reads on.
 */
final class Candidate {

  String id;
  String type;
  Instant time;
  String customerId;
  String userId;
  String anonymousId;
  String sessionId;
  boolean analyticsDenied;

  /** Whether id, type and identities are {@link JsonCursor#isClean clean}. */
  boolean isClean;

  final PropertyList properties = new PropertyList();

  private Rejection rejection;

  /** Makes it one of which nothing was told. */
  void clear() {
    id = null;
    type = null;
    time = null;
    customerId = null;
    userId = null;
    anonymousId = null;
    sessionId = null;
    analyticsDenied = false;
    isClean = false;
    properties.clear();
    rejection = null;
  }

  /** Notes what is wrong with the event; the first note stands. */
  void reject(ReasonCode code, String reason) {
    if (rejection == null) {
      rejection = new Rejection(code, reason);
    }
  }

  /** Adds a property of text; none for null. */
  void addText(String name, String text) {
    if (text != null) {
      addProperty(name, text, PropertyList.Kind.TEXT);
    }
  }

  /** Adds a property; one too many or of too long a name is noted instead. */
  void addProperty(String name, String text, PropertyList.Kind kind) {
    if (hasRoomFor(name)) {
      properties.add(name, text, kind);
    }
  }

  /** Whether there may be one more property, of that name; notes it if not. */
  boolean hasRoomFor(String name) {
    if (name.length() > Limits.NAME_CHARACTERS) {
      reject(
          ReasonCode.TEXT_TOO_LONG,
          "a property's name has more than " + Limits.NAME_CHARACTERS + " characters");
      return false;
    }
    if (properties.size() == Limits.PROPERTIES) {
      reject(
          ReasonCode.TOO_MANY_PROPERTIES,
          "there are more than " + Limits.PROPERTIES + " properties");
      return false;
    }
    return true;
  }

  /** Throws what an adapter noted, if anything. */
  void throwIfRejected() throws Rejection {
    if (rejection != null) {
      throw rejection;
    }
  }

  /** Sets the time from RFC 3339 with offset or, where it is a JSON integer, epoch milliseconds. */
  void time(String text, PropertyList.Kind kind) {
    time =
        switch (kind) {
          case TEXT -> Timestamps.parse(text);
          case INTEGER -> Timestamps.ofEpochMillis(text);
          case DECIMAL, BOOLEAN, ARRAY -> null;
        };
    if (time == null) {
      reject(
          ReasonCode.TIME_UNREADABLE,
          "time must be RFC 3339 with an offset, or epoch milliseconds as an integer");
    }
  }
}
