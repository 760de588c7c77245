package io.tidewatch.local;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A test's second JVM: runs a main class on the tests' class path until killed or closed. */
public final class AnotherProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private AnotherProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  public static AnotherProcess start(Class<?> main, Path argument) throws IOException {
    return start(main, List.of(argument.toString()));
  }

  /** With the module openings and the configuration of this JVM. */
  public static AnotherProcess start(Class<?> main, List<String> arguments) throws IOException {
    return start(List.of(), main, arguments);
  }

  /** The same, but logs as what ships does. */
  public static AnotherProcess startLogging(Class<?> main, List<String> arguments)
      throws IOException {
    return start(
        List.of("-Dlog4j2.configurationFile=classpath:log4j2.properties"), main, arguments);
  }

  private static AnotherProcess start(List<String> options, Class<?> main, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx1g",
            "-XX:+UseParallelGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:ReservedCodeCacheSize=240m"));
    command.add("-Dtidewatch.home=" + System.getProperty("tidewatch.home"));
    command.addAll(options);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(arguments);
    return new AnotherProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  public long pid() {
    return process.pid();
  }

  /** Waits for the next line on its standard output. */
  public String nextLine() throws IOException {
    return output.readLine();
  }

  /** Waits for its end. */
  public int exitCode() throws InterruptedException {
    return process.waitFor();
  }

  /** The processes that it started and that live. */
  public List<ProcessHandle> children() {
    return process.descendants().toList();
  }

  /**
   * Asks it to stop, with SIGTERM; what it still says can be read afterwards.
   *
   * @return its exit code
   */
  public int terminate() throws InterruptedException {
    process.toHandle().destroy();
    return process.waitFor();
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
