package io.tidewatch.time;

/** A function that must know event-time progress even where no element comes to it. */
public interface FollowsWatermark {

  /** Everything up to and including this time has come, epoch milliseconds. */
  void watermarkReached(long watermark);
}
