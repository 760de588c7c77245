package io.tidewatch.pattern.cep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * A map kept whole as one value per key: for small maps that are asked for their keys, or whether
 * they are empty, which costs a seek over other keys' tombstones where each entry is its own.
 *
 * <p>It is read when it is first touched and written by {@link #flush()}, which has to come before
 * the current key changes. An empty map is no state.
 */
final class CompactMapState<K, V> implements MapState<K, V> {

  private final ValueState<Map<K, V>> state;

  /** Null until it is touched. */
  private Map<K, V> entries;

  private boolean stored;
  private boolean changed;

  CompactMapState(ValueState<Map<K, V>> state) {
    this.state = state;
  }

  /** Writes what changed of the current key, and forgets it. */
  void flush() throws IOException {
    if (changed) {
      if (!entries.isEmpty()) {
        state.update(entries);
      } else if (stored) {
        state.clear();
      }
    }
    entries = null;
    changed = false;
  }

  private Map<K, V> loaded() throws IOException {
    if (entries == null) {
      Map<K, V> known = state.value();
      stored = known != null;
      entries = stored ? known : new HashMap<>();
    }
    return entries;
  }

  private Map<K, V> toChange() throws IOException {
    Map<K, V> map = loaded();
    changed = true;
    return map;
  }

  @Override
  public V get(K key) throws IOException {
    return loaded().get(key);
  }

  @Override
  public void put(K key, V value) throws IOException {
    toChange().put(key, value);
  }

  @Override
  public void putAll(Map<K, V> map) throws IOException {
    toChange().putAll(map);
  }

  @Override
  public void remove(K key) throws IOException {
    if (loaded().containsKey(key)) {
      toChange().remove(key);
    }
  }

  @Override
  public boolean contains(K key) throws IOException {
    return loaded().containsKey(key);
  }

  @Override
  public Iterable<Map.Entry<K, V>> entries() throws IOException {
    return toChange().entrySet();
  }

  @Override
  public Iterable<K> keys() throws IOException {
    Map<K, V> map = loaded();
    return () -> new NotingRemoval<>(map.keySet().iterator());
  }

  @Override
  public Iterable<V> values() throws IOException {
    return toChange().values();
  }

  @Override
  public Iterator<Map.Entry<K, V>> iterator() throws IOException {
    return toChange().entrySet().iterator();
  }

  @Override
  public boolean isEmpty() throws IOException {
    return loaded().isEmpty();
  }

  @Override
  public void clear() {
    try {
      if (!loaded().isEmpty()) {
        toChange().clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keys are looked through for each element, and seldom removed. */
  private final class NotingRemoval<T> implements Iterator<T> {

    private final Iterator<T> iterator;

    private NotingRemoval(Iterator<T> iterator) {
      this.iterator = iterator;
    }

    @Override
    public boolean hasNext() {
      return iterator.hasNext();
    }

    @Override
    public T next() {
      return iterator.next();
    }

    @Override
    public void remove() {
      iterator.remove();
      changed = true;
    }
  }
}
