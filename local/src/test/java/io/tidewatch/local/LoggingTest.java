package io.tidewatch.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.logging.log4j.Logger;
import org.apache.logging.log4j.core.LoggerContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ships says to the terminal. */
class LoggingTest {

  private final PrintStream standardError = System.err;

  @TempDir private Path logs;

  @AfterEach
  void restore() {
    System.setErr(standardError);
    System.clearProperty("tidewatch.console");
    System.clearProperty("tidewatch.logs");
  }

  @Test
  void aWarningIsALineThatDoesNotSteerTheTerminal() throws Exception {
    assertThat(shownOf(logger -> logger.warn("refused: \u001B[2J\u009B31m\nAnn")))
        .endsWith(" WARN  refused:  [2J 31m Ann\n");
  }

  @Test
  void whyItWarnsIsInTheSameLine() throws Exception {
    RuntimeException cause = new RuntimeException("no\u001B[31m answer");
    assertThat(shownOf(logger -> logger.warn("refused", cause)))
        .endsWith(" WARN  refused: no [31m answer\n")
        .hasLineCount(1);
  }

  @Test
  void aWarningStaysOffTheTerminalThatACommandDrawsOn() throws Exception {
    System.setProperty("tidewatch.console", "OFF");
    assertThat(shownOf(logger -> logger.warn("refused"))).isEmpty();
    assertThat(Files.readString(logs.resolve("tidewatch.log"))).endsWith(" - refused\n");
  }

  private String shownOf(Consumer<Logger> warning) throws URISyntaxException {
    System.setProperty("tidewatch.logs", logs.toString());
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    System.setErr(new PrintStream(shown, true, UTF_8));
    URI shipped = LoggingTest.class.getResource("/log4j2.properties").toURI();
    try (LoggerContext context = new LoggerContext("shipped", null, shipped)) {
      context.start();
      warning.accept(context.getLogger("io.tidewatch.Any"));
    }
    return shown.toString(UTF_8);
  }
}
