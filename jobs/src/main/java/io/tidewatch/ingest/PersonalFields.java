package io.tidewatch.ingest;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;

/**
 * Fields that hold personal data, by any run of parts of their flattened name: {@code email} also
 * means {@code traits.email} and {@code email.work}, {@code user.name} also {@code
 * context.user.name} but not {@code name}. A field named twice is dropped rather than hashed.
 *
 * @param dropped never leave ingest
 * @param hashed leave it as HMAC-SHA256 in hex
 * @param masked leave it as they are, but not in a dead letter (where those dropped or hashed are
 *     masked too)
 */
public record PersonalFields(Set<String> dropped, Set<String> hashed, Set<String> masked)
    implements Serializable {

  public PersonalFields {
    dropped = Set.copyOf(dropped);
    hashed = Set.copyOf(hashed);
    masked = Set.copyOf(masked);
  }

  /** No personal fields. */
  public static PersonalFields none() {
    return new PersonalFields(Set.of(), Set.of(), Set.of());
  }

  /**
   * What ships: e-mail is hashed; names, phone numbers and network addresses are masked. Secrets
   * with which a payment may be completed are nobody's business.
   */
  public static PersonalFields defaults() {
    return new PersonalFields(
        Set.of("client_secret"),
        Set.of("email"),
        Set.of("name", "first_name", "last_name", "phone", "ip", "address"));
  }

  /** The fields of both. */
  public PersonalFields and(PersonalFields other) {
    return new PersonalFields(
        union(dropped, other.dropped), union(hashed, other.hashed), union(masked, other.masked));
  }

  private static Set<String> union(Set<String> one, Set<String> other) {
    Set<String> all = new HashSet<>(one);
    all.addAll(other);
    return all;
  }
}
