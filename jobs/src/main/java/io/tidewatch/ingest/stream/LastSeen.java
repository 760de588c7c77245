package io.tidewatch.ingest.stream;

import java.util.LinkedHashMap;
import java.util.Map;

/** A map that keeps the entries that were put or asked for last, and forgets the others. */
final class LastSeen<K, V> extends LinkedHashMap<K, V> {

  private static final long serialVersionUID = 1;
  private static final int INITIAL_CAPACITY = 16;
  private static final float LOAD_FACTOR = 0.75f;

  private final int capacity;

  LastSeen(int capacity) {
    super(INITIAL_CAPACITY, LOAD_FACTOR, true);
    this.capacity = capacity;
  }

  @Override
  protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
    return size() > capacity;
  }
}
