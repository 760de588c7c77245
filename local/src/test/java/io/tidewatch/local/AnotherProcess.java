package io.tidewatch.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;

/** A test's second JVM: runs a main class on the tests' class path until killed or closed. */
public final class AnotherProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private AnotherProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  public static AnotherProcess start(Class<?> main, Path argument) throws IOException {
    return new AnotherProcess(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                argument.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  public long pid() {
    return process.pid();
  }

  /** Waits for the next line on its standard output. */
  public String nextLine() throws IOException {
    return output.readLine();
  }

  /** Ends it as a crash would. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public void close() {
    kill();
  }
}
