package io.tidewatch.local.preview;

/** A request that can't be answered, with a sentence for the person who looks. */
final class Problem extends RuntimeException {

  private final int status;

  private Problem(int status, String message) {
    super(message);
    this.status = status;
  }

  static Problem badRequest(String message) {
    return new Problem(400, message);
  }

  static Problem notFound(String message) {
    return new Problem(404, message);
  }

  /** The HTTP status. */
  int status() {
    return status;
  }
}
