package io.tidewatch.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Looks personal fields up by the flattened name of a field. */
final class PersonalFieldIndex {

  /** What is configured for a field. */
  enum Treatment {
    KEEP,
    MASK,
    HASH,
    DROP
  }

  private static final int REMEMBERED_NAMES = 10_000;

  private final PersonalFields fields;
  private final Map<String, Treatment> remembered = new HashMap<>();

  PersonalFieldIndex(PersonalFields fields) {
    this.fields = fields;
  }

  Treatment of(String path) {
    Treatment known = remembered.get(path);
    if (known != null) {
      return known;
    }
    Treatment treatment = find(path);
    if (remembered.size() < REMEMBERED_NAMES) {
      remembered.put(path, treatment);
    }
    return treatment;
  }

  private Treatment find(String path) {
    if (names(fields.dropped(), path)) {
      return Treatment.DROP;
    }
    if (names(fields.hashed(), path)) {
      return Treatment.HASH;
    }
    return names(fields.masked(), path) ? Treatment.MASK : Treatment.KEEP;
  }

  private static boolean names(Set<String> fields, String path) {
    String parts = '.' + path + '.';
    for (String field : fields) {
      if (parts.contains('.' + field + '.')) {
        return true;
      }
    }
    return false;
  }
}
