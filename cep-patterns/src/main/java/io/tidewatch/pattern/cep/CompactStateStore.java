package io.tidewatch.pattern.cep;

import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.flink.api.common.state.KeyedStateStore;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;

/** Gives out {@link CompactMapState} for map state, and all else as it is. */
final class CompactStateStore {

  /** Tells the state from map state of the same name, which is laid out otherwise. */
  private static final String SUFFIX = "-compact";

  /** So many at most, of each map. */
  static final int KEYS_ON_HEAP = 10_000;

  private final List<CompactMapState<?, ?>> maps = new ArrayList<>();

  /** A context like the other whose store of keyed state gives out compact maps. */
  StateInitializationContext within(StateInitializationContext context) {
    KeyedStateStore store = context.getKeyedStateStore();
    KeyedStateStore compact =
        proxy(
            KeyedStateStore.class,
            (proxy, method, arguments) ->
                asksForMap(method)
                    ? compact(store, (MapStateDescriptor<?, ?>) arguments[0])
                    : invoke(method, store, arguments));
    return proxy(
        StateInitializationContext.class,
        (proxy, method, arguments) ->
            method.getName().equals("getKeyedStateStore")
                ? compact
                : invoke(method, context, arguments));
  }

  /** Goes to the maps of the key, which must be the current one until it goes to another. */
  void enter(Object key) {
    for (CompactMapState<?, ?> map : maps) {
      map.enter(key);
    }
  }

  /** Whether there is too much on the heap. */
  boolean isFull() {
    for (CompactMapState<?, ?> map : maps) {
      if (map.held() >= KEYS_ON_HEAP) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes what changed of any key.
   *
   * @param currentKey makes a key the current one
   */
  void writeBack(Consumer<Object> currentKey) throws IOException {
    for (CompactMapState<?, ?> map : maps) {
      map.writeBack(currentKey);
    }
  }

  private static boolean asksForMap(Method method) {
    return method.getName().equals("getMapState")
        && method.getParameterTypes()[0] == MapStateDescriptor.class;
  }

  private <K, V> MapState<K, V> compact(
      KeyedStateStore store, MapStateDescriptor<K, V> descriptor) {
    ValueStateDescriptor<Map<K, V>> value =
        new ValueStateDescriptor<>(descriptor.getName() + SUFFIX, descriptor.getSerializer());
    CompactMapState<K, V> map = new CompactMapState<>(store.getState(value));
    maps.add(map);
    return map;
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            CompactStateStore.class.getClassLoader(), new Class<?>[] {type}, handler));
  }

  private static Object invoke(Method method, Object target, Object[] arguments) throws Throwable {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
