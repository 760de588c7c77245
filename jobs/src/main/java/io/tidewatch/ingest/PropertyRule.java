package io.tidewatch.ingest;

import io.tidewatch.event.Property;

/**
 * What reading must know of a property, by its name and the type of the event.
 *
 * @param role what it means by its name, whatever the type
 * @param path how a rejection names it
 * @param declared null where the catalogue does not know it
 * @param requiredBit its bit among the required properties of its type; 0 if it isn't required
 * @param keptAs the name under which it leaves ingest; null if it does not
 * @param treatment of its text
 * @param contact the format that its name promises; null for none
 * @param rejection why an event with a property of that name is rejected; null if it isn't
 */
record PropertyRule(
    String name,
    Role role,
    String path,
    Property declared,
    long requiredBit,
    String keptAs,
    PersonalFieldIndex.Treatment treatment,
    ContactFormat contact,
    Rejection rejection) {

  /** Properties that mean the same for every type. */
  enum Role {
    AMOUNT,
    CURRENCY,
    CONVERSION_RATE,
    ANY_OTHER;

    static Role of(String name) {
      return switch (name) {
        case "amount" -> AMOUNT;
        case "currency" -> CURRENCY;
        case "conversion_rate" -> CONVERSION_RATE;
        default -> ANY_OTHER;
      };
    }
  }
}
