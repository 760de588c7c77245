package io.tidewatch.local.company;

/** A part of the company that tells what happens in it. */
interface Part {

  /**
   * Lives through the next hour. What follows from it later may be told at once; nothing is told
   * that lies before it.
   */
  void live(Hour hour, Feed feed);
}
