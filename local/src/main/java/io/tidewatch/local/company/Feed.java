package io.tidewatch.local.company;

/** Takes what happens. */
@FunctionalInterface
interface Feed {
  void tell(Draft draft);
}
