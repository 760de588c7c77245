package io.tidewatch.ingest;

import java.util.Arrays;

/**
 * Flattened properties in the order they came, each with the JSON type it had. Meant for the few
 * properties of one event: a search is linear.
 */
final class PropertyList {

  /** The JSON type a property had. */
  enum Kind {
    TEXT,
    INTEGER,
    DECIMAL,
    BOOLEAN,
    ARRAY;

    boolean isNumber() {
      return this == INTEGER || this == DECIMAL;
    }
  }

  private String[] names = new String[12];
  private String[] texts = new String[12];
  private Kind[] kinds = new Kind[12];
  private boolean[] clean = new boolean[12];
  private PropertyRule[] rules = new PropertyRule[12];
  private int size;

  /** Of what type all rules are, also those beyond the size. */
  private PropertyRules applied;

  void add(String name, String text, Kind kind) {
    add(name, text, kind, kind.isNumber());
  }

  /**
   * @param isClean whether the text is known to be, see {@link JsonCursor#isClean}
   */
  void add(String name, String text, Kind kind, boolean isClean) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      texts = Arrays.copyOf(texts, 2 * size);
      kinds = Arrays.copyOf(kinds, 2 * size);
      clean = Arrays.copyOf(clean, 2 * size);
      rules = Arrays.copyOf(rules, 2 * size);
    }
    names[size] = name;
    texts[size] = text;
    kinds[size] = kind;
    clean[size] = isClean;
    size++;
  }

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  String name(int index) {
    return names[index];
  }

  String text(int index) {
    return texts[index];
  }

  Kind kind(int index) {
    return kinds[index];
  }

  boolean isClean(int index) {
    return clean[index];
  }

  /** Looks up the rule of each property; mostly it is the one that the record before had there. */
  void applyRules(PropertyRules ofType) {
    if (ofType != applied) {
      Arrays.fill(rules, null);
      applied = ofType;
    }
    for (int i = 0; i < size; i++) {
      if (rules[i] == null || rules[i].name() != names[i]) {
        rules[i] = ofType.of(names[i], i);
      }
    }
  }

  /** The rule of a property; to be asked for when rules were applied. */
  PropertyRule rule(int index) {
    return rules[index];
  }

  /** Where the property of that role is; -1 if absent. To be asked for when rules were applied. */
  int indexOf(PropertyRule.Role role) {
    for (int i = 0; i < size; i++) {
      if (rules[i].role() == role) {
        return i;
      }
    }
    return -1;
  }

  /** Where the property of that name is; -1 if absent. */
  int indexOf(String name) {
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  /** The text of the property of that name; null if absent. */
  String get(String name) {
    int index = indexOf(name);
    return index < 0 ? null : texts[index];
  }

  void replaceText(int index, String text) {
    texts[index] = text;
  }

  /** Takes a property out; the last one takes its place. */
  void remove(int index) {
    size--;
    names[index] = names[size];
    texts[index] = texts[size];
    kinds[index] = kinds[size];
    clean[index] = clean[size];
    rules[index] = rules[size];
  }
}
