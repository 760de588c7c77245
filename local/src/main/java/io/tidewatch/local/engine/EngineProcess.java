package io.tidewatch.local.engine;

import com.sun.jna.Native;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.UserException;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The ClickHouse engine as a process of its own, on loopback.
 *
 * <p>It lives until {@link #close()}, or until this JVM ends in whatever way. After a stop or a
 * {@link #kill()} it can be {@link #start() started} again, on the same port and data.
 */
public final class EngineProcess implements AutoCloseable {

  private static final long START_TIMEOUT_SECONDS = 60;
  private static final long STOP_TIMEOUT_SECONDS = 15;

  private final Path library;
  private final Path dataPath;
  private final Path log;
  private int port;
  private Process process;

  /**
   * Nothing runs before {@link #start()}.
   *
   * @param library libchdb, as {@link EngineLibrary#path()} gives it
   * @param dataPath where ClickHouse keeps its data; created where missing
   * @param port the HTTP port; 0 takes a free one and keeps it over restarts
   * @param log the file that the engine's own messages are appended to
   */
  public EngineProcess(Path library, Path dataPath, int port, Path log) {
    this.library = library;
    this.dataPath = dataPath.toAbsolutePath();
    this.port = port;
    this.log = log.toAbsolutePath();
  }

  /**
   * Starts the engine and returns once it answers.
   *
   * @throws UserException where the port is taken, the data are in use, or the engine does not
   *     start
   */
  public synchronized EngineProcess start() {
    if (isAlive()) {
      throw new IllegalStateException("the engine runs already");
    }
    try {
      Files.createDirectories(log.getParent());
      process = launch();
      port = awaitReady();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The address of the HTTP interface. */
  public synchronized URI url() {
    try {
      return new URI("http", null, LoopbackPort.HOST, port, null, null, null);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public synchronized boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Ends the process at once, as a crash would. */
  public synchronized void kill() {
    if (process != null) {
      process.destroyForcibly();
      process.onExit().join();
    }
  }

  /** Stops the engine in good order; by force only if that takes too long. */
  @Override
  public synchronized void close() {
    if (process == null) {
      return;
    }
    process.destroy();
    try {
      process.onExit().get(STOP_TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      kill();
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
    }
  }

  private Process launch() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-Dsun.net.httpserver.nodelay=true",
            "-cp",
            codeOf(EngineServer.class) + File.pathSeparator + codeOf(Native.class),
            EngineServer.class.getName(),
            library.toString(),
            dataPath.toString(),
            Integer.toString(port));
    builder.environment().put("TZ", "UTC");
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return builder.start();
  }

  private int awaitReady() {
    try {
      String answer =
          CompletableFuture.supplyAsync(this::firstAnswer)
              .get(START_TIMEOUT_SECONDS, TimeUnit.SECONDS);
      if (answer.startsWith(EngineServer.READY)) {
        return Integer.parseInt(answer.substring(EngineServer.READY.length()));
      }
      throw new UserException(answer.substring(EngineServer.FAILED.length()));
    } catch (TimeoutException e) {
      kill();
      throw new UserException(
          "The ClickHouse engine did not answer within %d s; its log is %s."
              .formatted(START_TIMEOUT_SECONDS, log),
          e);
    } catch (InterruptedException e) {
      kill();
      Thread.currentThread().interrupt();
      throw new UserException("Interrupted while the ClickHouse engine was starting.", e);
    } catch (ExecutionException e) {
      kill();
      throw new IllegalStateException(e.getCause());
    }
  }

  private String firstAnswer() {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return output
        .lines()
        .filter(line -> line.startsWith(EngineServer.READY) || line.startsWith(EngineServer.FAILED))
        .findFirst()
        .orElse(
            EngineServer.FAILED
                + "The ClickHouse engine ended while starting; its log is %s.".formatted(log));
  }

  private static Path codeOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
