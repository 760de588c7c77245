package io.tidewatch.local.preview;

/** Where it is kept who takes care of which alert. */
interface Acknowledgements {

  /** Marks an alert that exists as taken care of, as of now. */
  void acknowledge(String alertId, String by);
}
