package io.tidewatch.local;

/**
 * A failure that the person at the keyboard can act on.
 *
 * <p>Its message is one sentence that says what is wrong and what to do; the command prints it
 * alone and exits with 1.
 */
public final class UserException extends RuntimeException {

  public UserException(String message) {
    super(message);
  }

  public UserException(String message, Throwable cause) {
    super(message, cause);
  }
}
