package io.tidewatch.local.engine;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the engine refused, in ClickHouse's own words and with ClickHouse's own error code. */
final class EngineException extends RuntimeException {

  private static final Pattern CODE = Pattern.compile("Code: (\\d+)\\.");
  private static final int UNKNOWN_EXCEPTION = 1002;

  EngineException(String message) {
    super(message);
  }

  int code() {
    Matcher code = CODE.matcher(getMessage());
    return code.find() ? Integer.parseInt(code.group(1)) : UNKNOWN_EXCEPTION;
  }
}
