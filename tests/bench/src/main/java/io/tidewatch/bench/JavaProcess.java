package io.tidewatch.bench;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Another JVM on this one's class path; it ends when this one closes it. */
final class JavaProcess implements AutoCloseable {

  private final Process process;
  private final BufferedReader output;

  private JavaProcess(Process process) {
    this.process = process;
    this.output = process.inputReader();
  }

  /**
   * @param options for the JVM
   * @param first what comes first on its class path; a path that isn't there does no harm
   * @param logs where it logs; what it says on standard error goes there too
   */
  static JavaProcess start(
      Class<?> main, List<String> options, Path first, Path logs, List<String> arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(options);
    command.addAll(
        List.of(
            "-Dtidewatch.logs=" + logs,
            "-cp",
            first + File.pathSeparator + System.getProperty("java.class.path"),
            main.getName()));
    command.addAll(arguments);
    return new JavaProcess(
        new ProcessBuilder(command)
            .redirectError(ProcessBuilder.Redirect.appendTo(logs.resolve("errors.log").toFile()))
            .start());
  }

  /** The next line on its standard output; null at its end. */
  String nextLine() throws IOException {
    return output.readLine();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
