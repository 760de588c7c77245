package io.tidewatch.metrics;

import io.tidewatch.config.DidYouMean;
import io.tidewatch.config.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads which events are meant: a type, a list of types, or {@code any}. */
public final class EventSelectorReader {

  private static final String ANY = "any";

  private final Set<String> knownTypes;

  /**
   * @param knownTypes others may be named too, but not one that is a letter away from one of these
   */
  public EventSelectorReader(Set<String> knownTypes) {
    this.knownTypes = Set.copyOf(knownTypes);
  }

  /** The selector; empty, and a problem, if it selects nothing. */
  public Optional<EventSelector> read(YamlNode node) {
    if (node.isScalar() && node.string().filter(ANY::equals).isPresent()) {
      return Optional.of(EventSelector.ANY);
    }
    List<String> types = readTypes(node);
    return types.isEmpty() ? Optional.empty() : Optional.of(new EventSelector(types));
  }

  /** The types that are without problems. */
  List<String> readTypes(YamlNode node) {
    List<String> types = new ArrayList<>();
    List<YamlNode> items = node.listOrSingle();
    if (items.isEmpty()) {
      node.problem("expected at least one event type");
    }
    for (YamlNode item : items) {
      item.string().filter(type -> isType(item, type)).ifPresent(types::add);
    }
    return types;
  }

  /** A known type, or a dotted name of the author's own that is no slip of the pen. */
  private boolean isType(YamlNode node, String type) {
    if (knownTypes.contains(type)) {
      return true;
    }
    Optional<String> meant = DidYouMean.oneEditAway(type, knownTypes);
    if (meant.isPresent()) {
      node.problem("unknown event type '" + type + "'; did you mean '" + meant.get() + "'?");
      return false;
    }
    if (type.equals(ANY)) {
      node.problem("'any' stands alone");
      return false;
    }
    if (!type.matches("[^.\\s]+(\\.[^.\\s]+)+")) {
      node.problem(
          "expected an event type such as payment.succeeded, or any, not '"
              + type
              + "'"
              + DidYouMean.hint(type, knownTypes));
      return false;
    }
    return true;
  }
}
