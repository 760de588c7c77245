package io.tidewatch.pattern.cep;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.ValueState;

/**
 * A map kept whole as one value per key: for small maps that are asked for their keys, or whether
 * they are empty, which costs a seek over other keys' tombstones where each entry is its own.
 *
 * <p>The maps of the keys that come are kept on the heap: each is read once and, if it was changed,
 * written once by {@link #writeBack}, which has to come before a checkpoint. An empty map is no
 * state.
 */
final class CompactMapState<K, V> implements MapState<K, V> {

  private final ValueState<Map<K, V>> state;
  private final Map<Object, Held<K, V>> held = new HashMap<>();
  private Object key;

  /** Of the current key; null until it is touched. */
  private Held<K, V> current;

  /** The map of one key. */
  private static final class Held<K, V> {

    private final boolean stored;
    private final Map<K, V> entries;
    private boolean changed;

    private Held(Map<K, V> known) {
      stored = known != null;
      entries = stored ? known : new HashMap<>();
    }
  }

  CompactMapState(ValueState<Map<K, V>> state) {
    this.state = state;
  }

  /** Goes to the map of the key, which must be the current one until it goes to another. */
  void enter(Object key) {
    this.key = key;
    this.current = null;
  }

  /** How many keys' maps are on the heap. */
  int held() {
    return held.size();
  }

  /**
   * Writes what changed, and lets all of it go from the heap.
   *
   * @param currentKey makes a key the current one
   */
  void writeBack(Consumer<Object> currentKey) throws IOException {
    for (Map.Entry<Object, Held<K, V>> one : held.entrySet()) {
      Held<K, V> map = one.getValue();
      if (map.changed && (map.stored || !map.entries.isEmpty())) {
        currentKey.accept(one.getKey());
        write(map);
      }
    }
    held.clear();
    current = null;
  }

  private void write(Held<K, V> map) throws IOException {
    if (map.entries.isEmpty()) {
      state.clear();
    } else {
      state.update(map.entries);
    }
  }

  private Map<K, V> loaded() throws IOException {
    if (current == null) {
      current = held.get(key);
      if (current == null) {
        current = new Held<>(state.value());
        held.put(key, current);
      }
    }
    return current.entries;
  }

  private Map<K, V> toChange() throws IOException {
    Map<K, V> map = loaded();
    current.changed = true;
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
    return () -> new NotingRemoval<>(map.keySet().iterator(), current);
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
  private static final class NotingRemoval<T> implements Iterator<T> {

    private final Iterator<T> iterator;
    private final Held<?, ?> map;

    private NotingRemoval(Iterator<T> iterator, Held<?, ?> map) {
      this.iterator = iterator;
      this.map = map;
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
      map.changed = true;
    }
  }
}
