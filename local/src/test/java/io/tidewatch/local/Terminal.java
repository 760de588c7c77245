package io.tidewatch.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Runs commands and keeps what they print. */
public final class Terminal implements BeforeEachCallback, AfterEachCallback {

  private final PrintStream standardOutput = System.out;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final StringWriter err = new StringWriter();

  @Override
  public void beforeEach(ExtensionContext context) {
    System.setOut(new PrintStream(out, true, UTF_8));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    System.setOut(standardOutput);
  }

  /** Gives the exit code. */
  public int execute(String... arguments) {
    err.getBuffer().setLength(0);
    return Tidewatch.commandLine().setErr(new PrintWriter(err, true)).execute(arguments);
  }

  /** The same with {@code --data-dir}. */
  public int executeIn(Path dataDirectory, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--data-dir=" + dataDirectory);
    return execute(all.toArray(String[]::new));
  }

  /** What was printed since this was asked last. */
  public String output() {
    String text = out.toString(UTF_8);
    out.reset();
    return text;
  }

  /** What the last command complained of. */
  public String errors() {
    return err.toString();
  }
}
