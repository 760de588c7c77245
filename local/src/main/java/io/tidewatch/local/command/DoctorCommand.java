package io.tidewatch.local.command;

import com.sun.management.OperatingSystemMXBean;
import io.tidewatch.config.ConfigurationException;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.DirectoryLock;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.alertmanager.AlertmanagerProcess;
import io.tidewatch.local.engine.EngineLibrary;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code tidewatch doctor}: whether this machine can run the stack, and what to do if not. */
@Command(
    name = "doctor",
    description = "Checks whether this machine can run the stack and says what to do if not.")
public final class DoctorCommand implements Callable<Integer> {

  private static final long GIGABYTE = 1L << 30;
  private static final long DISK_GIGABYTES = 5;
  private static final long MEMORY_GIGABYTES = 4;
  private static final Map<Integer, String> DEFAULT_PORTS =
      new TreeMap<>(Map.of(9092, "Kafka", 8123, "ClickHouse", 8081, "Flink"));

  @Mixin private CommonOptions options;
  @Spec private CommandSpec spec;

  /** What one check found; the text of a problem says what to do. */
  private record Finding(boolean ok, String text) {}

  @Override
  public Integer call() {
    List<Finding> findings = findings();
    PrintWriter out = spec.commandLine().getOut();
    findings.forEach(
        finding -> out.printf("%-8s %s%n", finding.ok() ? "ok" : "problem", finding.text()));
    out.flush();
    return findings.stream().allMatch(Finding::ok) ? 0 : 1;
  }

  private List<Finding> findings() {
    DataDirectory directory = options.dataDirectory();
    List<Finding> findings = new ArrayList<>();
    findings.add(java());
    findings.add(engine());
    findings.add(alertmanager());
    findings.addAll(configuration());
    findings.add(directoryLock(directory));
    DEFAULT_PORTS.forEach((port, user) -> findings.add(port(port, user, directory)));
    findings.add(disk(directory));
    findings.add(memory());
    return findings;
  }

  private static Finding java() {
    int version = Runtime.version().feature();
    return version >= 17
        ? new Finding(true, "Java %d".formatted(version))
        : new Finding(false, "Java %d is too old: install a JDK 17 or newer.".formatted(version));
  }

  private static Finding engine() {
    EngineLibrary library = EngineLibrary.ofUser(System.err);
    if (System.getenv("CLICKHOUSE_URL") != null) {
      return new Finding(true, "ClickHouse engine: not needed, CLICKHOUSE_URL names a server");
    }
    if (!EngineLibrary.isPlatformSupported()) {
      return new Finding(
          false,
          "ClickHouse engine: none for this machine, set CLICKHOUSE_URL to a ClickHouse server.");
    }
    if (library.isCached()) {
      return new Finding(true, "ClickHouse engine: " + library.target());
    }
    return hasNpm()
        ? new Finding(true, "ClickHouse engine: npm will download it at first use, 178 MB")
        : new Finding(
            false,
            "ClickHouse engine: npm is missing, install it or set CLICKHOUSE_URL to a ClickHouse"
                + " server.");
  }

  private static Finding alertmanager() {
    return new Finding(
        true,
        AlertmanagerProcess.program()
            .map(program -> "Alertmanager: " + program)
            .orElse(
                "Alertmanager: none, alerts are delivered to no one ("
                    + AlertmanagerProcess.HOW_TO_INSTALL
                    + ")"));
  }

  private List<Finding> configuration() {
    try {
      options.settings();
      return List.of(new Finding(true, "Configuration: " + options.conf()));
    } catch (ConfigurationException e) {
      return e.problems().stream()
          .map(problem -> new Finding(false, "Configuration: " + problem))
          .toList();
    }
  }

  private static boolean hasNpm() {
    try {
      return new ProcessBuilder("npm", "--version")
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .onExit()
              .join()
              .exitValue()
          == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Finding directoryLock(DataDirectory directory) {
    if (directory.runningStack().isPresent()) {
      return new Finding(true, "Data directory: a stack is up on " + directory.root());
    }
    Optional<DirectoryLock> lock = directory.tryLock();
    lock.ifPresent(DirectoryLock::close);
    return lock.isPresent()
        ? new Finding(true, "Data directory: " + directory.root())
        : new Finding(false, "Data directory: " + directory.inUseMessage());
  }

  private static Finding port(int port, String user, DataDirectory directory) {
    if (!LoopbackPort.isTaken(port)) {
      return new Finding(true, "Port %d for %s is free".formatted(port, user));
    }
    return directory.runningStack().filter(stack -> stack.uses(port)).isPresent()
        ? new Finding(true, "Port %d: %s of the running stack".formatted(port, user))
        : new Finding(false, LoopbackPort.takenMessage(port, user));
  }

  private static Finding disk(DataDirectory directory) {
    try {
      long gigabytes = Files.getFileStore(directory.root()).getUsableSpace() / GIGABYTE;
      return gigabytes >= DISK_GIGABYTES
          ? new Finding(true, "Disk: %d GB free".formatted(gigabytes))
          : new Finding(
              false,
              "Disk: %d GB free, %d GB needed: make room or choose another --data-dir."
                  .formatted(gigabytes, DISK_GIGABYTES));
    } catch (IOException e) {
      return new Finding(false, "Disk: cannot be read (%s), check its mount.".formatted(e));
    }
  }

  private static Finding memory() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    double gigabytes = (double) system.getTotalMemorySize() / GIGABYTE;
    return gigabytes >= MEMORY_GIGABYTES
        ? new Finding(true, "Memory: %.1f GB".formatted(gigabytes))
        : new Finding(
            false,
            "Memory: %.1f GB, %d GB needed: use a larger machine."
                .formatted(gigabytes, MEMORY_GIGABYTES));
  }
}
