package io.tidewatch.ingest;

import io.tidewatch.event.EventType;
import io.tidewatch.event.Property;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The rules for the properties of one type, each worked out when it is first met. */
final class PropertyRules {

  private static final int REMEMBERED_NAMES = 10_000;

  private final EventType type;
  private final Deidentifier deidentifier;
  private final List<Property> required;
  private final long requiredBits;
  private final Map<String, PropertyRule> rules = new HashMap<>();

  /** By position: producers hardly ever change the order of properties. */
  private final PropertyRule[] recent = new PropertyRule[32];

  /**
   * @param type null for one that the catalogue doesn't know
   */
  PropertyRules(EventType type, Deidentifier deidentifier) {
    this.type = type;
    this.deidentifier = deidentifier;
    this.required =
        type == null ? List.of() : type.properties().stream().filter(Property::required).toList();
    if (required.size() >= Long.SIZE) {
      throw new IllegalArgumentException(type.name() + " requires too many properties");
    }
    this.requiredBits = (1L << required.size()) - 1;
  }

  /** Null for a type that the catalogue doesn't know. */
  EventType type() {
    return type;
  }

  /** A bit for each required property. */
  long requiredBits() {
    return requiredBits;
  }

  /** The name of the first of these required properties, in the catalogue's order. */
  String nameOfFirst(long bits) {
    return required.get(Long.numberOfTrailingZeros(bits)).name();
  }

  /**
   * @param position among the event's properties
   */
  PropertyRule of(String name, int position) {
    int slot = position % recent.length;
    if (recent[slot] == null || !recent[slot].name().equals(name)) {
      recent[slot] = of(name);
    }
    return recent[slot];
  }

  private PropertyRule of(String name) {
    PropertyRule known = rules.get(name);
    if (known == null) {
      known = find(name);
      if (rules.size() < REMEMBERED_NAMES) {
        rules.put(name, known);
      }
    }
    return known;
  }

  private PropertyRule find(String name) {
    Property declared =
        type == null
            ? null
            : type.properties().stream()
                .filter(property -> property.name().equals(name))
                .findFirst()
                .orElse(null);
    PersonalFieldIndex.Treatment treatment = deidentifier.treatmentOf(name);
    boolean isKept =
        treatment != PersonalFieldIndex.Treatment.DROP
            && (type == null || !type.web() || deidentifier.webEventKeeps(name));
    return new PropertyRule(
        name,
        PropertyRule.Role.of(name),
        "properties." + name,
        declared,
        declared != null && declared.required() ? 1L << required.indexOf(declared) : 0,
        isKept ? deidentifier.text(name) : null,
        treatment,
        ContactFormat.of(name),
        Texts.problem(
            "the name of a property", name, Limits.NAME_CHARACTERS, ReasonCode.TEXT_TOO_LONG));
  }
}
