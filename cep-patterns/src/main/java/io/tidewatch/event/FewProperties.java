package io.tidewatch.event;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A map for the few properties that most events have, in the order they came: names and texts side
 * by side, which takes a third of a hash table's memory and is looked through as quickly.
 * Properties are added or replaced, never removed. Not for use by several threads while it changes.
 */
public final class FewProperties extends AbstractMap<String, String> {

  private static final int FEW = 24;

  /** Each name with its text after it. */
  private String[] entries;

  private int size;

  /** A bit of each name's hash: most names that aren't there are told by it. */
  private long hashes;

  private FewProperties(int room) {
    entries = new String[2 * room];
  }

  /**
   * An empty map for that many properties: one of these if they are few, else a hash table.
   *
   * @param size how many there will be; more find room too
   */
  public static Map<String, String> ofSize(int size) {
    return size <= FEW ? new FewProperties(size) : new HashMap<>(size * 4 / 3 + 1);
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String get(Object name) {
    int index = indexOf(name);
    return index < 0 ? null : entries[index + 1];
  }

  @Override
  public boolean containsKey(Object name) {
    return indexOf(name) >= 0;
  }

  @Override
  public String put(String name, String text) {
    int index = indexOf(name);
    hashes |= bitOf(name);
    if (index >= 0) {
      String before = entries[index + 1];
      entries[index + 1] = text;
      return before;
    }
    int end = 2 * size;
    if (end == entries.length) {
      entries = Arrays.copyOf(entries, 2 * end + 2);
    }
    entries[end] = name;
    entries[end + 1] = text;
    size++;
    return null;
  }

  private static long bitOf(Object name) {
    return 1L << name.hashCode();
  }

  /** Where the name stands; -1 if it isn't there. */
  private int indexOf(Object name) {
    if ((hashes & bitOf(name)) == 0) {
      return -1;
    }
    for (int i = 0; i < 2 * size; i += 2) {
      if (entries[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public Set<Entry<String, String>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<String, String>> iterator() {
        return new Entries();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private final class Entries implements Iterator<Entry<String, String>> {

    private int next;

    @Override
    public boolean hasNext() {
      return next < size;
    }

    @Override
    public Entry<String, String> next() {
      if (next == size) {
        throw new NoSuchElementException();
      }
      Entry<String, String> entry = Map.entry(entries[2 * next], entries[2 * next + 1]);
      next++;
      return entry;
    }
  }
}
