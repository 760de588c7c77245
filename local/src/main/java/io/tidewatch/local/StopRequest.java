package io.tidewatch.local;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import sun.misc.Signal;

/**
 * The wish of the person or the system that this process stops: Ctrl-C, SIGTERM, SIGHUP.
 *
 * <p>The first one is left to the process to fulfil in good order, while the JVM is whole; the
 * second one ends it at once.
 */
public final class StopRequest {

  private static final int INTERRUPTED = 130;

  private final CountDownLatch requested = new CountDownLatch(1);

  private StopRequest() {}

  /** From now on such signals come here. */
  public static StopRequest ofSignals() {
    StopRequest request = new StopRequest();
    Stream.of("INT", "TERM", "HUP")
        .forEach(name -> Signal.handle(new Signal(name), signal -> request.receive()));
    return request;
  }

  private void receive() {
    if (requested.getCount() == 0) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    requested.countDown();
  }

  /** Waits for it; false if it has not come in that time. */
  public boolean await(Duration time) {
    try {
      return requested.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
