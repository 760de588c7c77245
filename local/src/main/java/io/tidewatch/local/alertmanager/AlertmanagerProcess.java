package io.tidewatch.local.alertmanager;

import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.UserException;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Prometheus Alertmanager as a process of its own, on loopback and without peers.
 *
 * <p>It lives until {@link #close()}, or until this JVM ends in whatever way: a shell between the
 * two stops it when its standard input, a pipe from this JVM, comes to its end.
 */
public final class AlertmanagerProcess implements AutoCloseable {

  /** How to get it. */
  public static final String HOW_TO_INSTALL = "apt-get install prometheus-alertmanager";

  /** Where people expect it. */
  public static final int USUAL_PORT = 9093;

  /** Where a Go program that can be profiled tells its arguments, with zeros between them. */
  private static final String COMMAND_LINE = "/debug/pprof/cmdline";

  private static final Duration START_PATIENCE = Duration.ofSeconds(30);
  private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(2);
  private static final Duration LOOK_EVERY = Duration.ofMillis(50);
  private static final long STOP_TIMEOUT_SECONDS = 10;

  private static final String STOPPED_WITH_ITS_PARENT =
      """
      exec 3<&0
      "$@" 3<&- < /dev/null & alertmanager=$!
      (cat <&3 > /dev/null; kill $alertmanager) 2> /dev/null &
      wait $alertmanager
      """;

  private final Process process;
  private final URI url;

  private AlertmanagerProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** The program, where it is installed: Debian calls it prometheus-alertmanager. */
  public static Optional<Path> program() {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(Path::of)
        .flatMap(
            folder -> Stream.of("prometheus-alertmanager", "alertmanager").map(folder::resolve))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * Starts it and returns once it answers.
   *
   * @param configuration its own file
   * @param data where it keeps silences and what it has told, and no other one; created where
   *     missing
   * @param log the file that its messages are appended to
   * @throws UserException where it does not start, as when somebody else listens on the port
   */
  public static AlertmanagerProcess start(
      Path program, Path configuration, Path data, int port, Path log) {
    return startUnlessTaken(program, configuration, data, port, log)
        .orElseThrow(() -> new UserException(LoopbackPort.takenMessage(port, "Alertmanager")));
  }

  /** Starts it likewise, but on a free port where somebody else listens on that one. */
  public static AlertmanagerProcess startAnywhere(
      Path program, Path configuration, Path data, int preferredPort, Path log) {
    return startUnlessTaken(program, configuration, data, preferredPort, log)
        .orElseGet(() -> start(program, configuration, data, LoopbackPort.free(), log));
  }

  /** Empty where somebody else listens on the port. */
  private static Optional<AlertmanagerProcess> startUnlessTaken(
      Path program, Path configuration, Path data, int port, Path log) {
    try {
      Files.createDirectories(data);
      Files.createDirectories(log.toAbsolutePath().getParent());
      String storage = "--storage.path=" + data.toAbsolutePath();
      Process process =
          new ProcessBuilder(
                  "sh",
                  "-c",
                  STOPPED_WITH_ITS_PARENT,
                  "sh",
                  program.toString(),
                  "--config.file=" + configuration,
                  storage,
                  "--web.listen-address=" + LoopbackPort.HOST + ":" + port,
                  "--cluster.listen-address=")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
      URI url = URI.create("http://" + LoopbackPort.HOST + ":" + port);
      AlertmanagerProcess alertmanager = new AlertmanagerProcess(process, url);
      return alertmanager.awaitReady(storage, log) ? Optional.of(alertmanager) : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of its API and of its web UI. */
  public URI url() {
    return url;
  }

  /**
   * Waits until this process answers on its port, and not one that was there before.
   *
   * @param argument that no other one was started with
   * @return false if it has ended because somebody else listens there
   */
  private boolean awaitReady(String argument, Path log) {
    HttpClient http = HttpClient.newHttpClient();
    HttpRequest commandLine = HttpRequest.newBuilder(url.resolve(COMMAND_LINE)).build();
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < deadline) {
      try {
        String answer =
            http.sendAsync(commandLine, BodyHandlers.ofString())
                .orTimeout(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .get()
                .body();
        if (List.of(answer.split("\0")).contains(argument) && process.isAlive()) {
          return true;
        }
      } catch (ExecutionException notYet) {
        // it is asked again
      } catch (InterruptedException e) {
        close();
        Thread.currentThread().interrupt();
        throw new UserException("Interrupted while Alertmanager was starting.", e);
      }
      LockSupport.parkNanos(LOOK_EVERY.toNanos());
    }
    boolean ended = !process.isAlive();
    close();
    if (ended && LoopbackPort.isTaken(url.getPort())) {
      return false;
    }
    throw new UserException("Alertmanager did not start; its log is %s.".formatted(log));
  }

  /** Stops it in good order; by force only if that takes too long. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      process.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (IOException | TimeoutException | ExecutionException e) {
      killAll();
    } catch (InterruptedException e) {
      killAll();
      Thread.currentThread().interrupt();
    }
  }

  private void killAll() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
