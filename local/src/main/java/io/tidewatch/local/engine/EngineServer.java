package io.tidewatch.local.engine;

import com.sun.net.httpserver.HttpServer;
import io.tidewatch.local.LoopbackPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;

/**
 * The process that holds the ClickHouse engine; {@link EngineProcess} starts it.
 *
 * <p>Arguments: the library, the data directory, the port (0: any free one). It says on standard
 * output, in one line, {@value #READY} and its port or {@value #FAILED} and a sentence. It ends
 * with the process that started it (when standard input closes) and at SIGTERM.
 */
final class EngineServer {

  static final String READY = "READY ";
  static final String FAILED = "FAILED ";

  private static final int BACKLOG = 128;

  private EngineServer() {}

  public static void main(String[] arguments) {
    Libc.INSTANCE.setsid();
    try {
      Path library = Path.of(arguments[0]);
      Path dataPath = Files.createDirectories(Path.of(arguments[1]));
      HttpServer server = listen(Integer.parseInt(arguments[2]));
      serve(server, open(library, dataPath));
      System.out.println(READY + server.getAddress().getPort());
      awaitEnd(System.in);
      System.exit(0);
    } catch (IOException | EngineException e) {
      System.out.println(FAILED + e.getMessage());
      System.exit(1);
    }
  }

  private static HttpServer listen(int port) throws IOException {
    try {
      return HttpServer.create(new InetSocketAddress(LoopbackPort.HOST, port), BACKLOG);
    } catch (BindException e) {
      throw new IOException(LoopbackPort.takenMessage(port, "ClickHouse"), e);
    }
  }

  private static HttpGateway open(Path library, Path dataPath) throws IOException {
    try {
      return new HttpGateway(Chdb.load(library, dataPath));
    } catch (EngineException e) {
      throw new IOException(
          "The ClickHouse data in %s cannot be opened: most likely another process uses them."
              .formatted(dataPath),
          e);
    }
  }

  private static void serve(HttpServer server, HttpGateway gateway) {
    server.createContext("/", gateway).getFilters().add(new ForeignPagesFilter());
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server, gateway)));
  }

  private static void stop(HttpServer server, HttpGateway gateway) {
    try {
      gateway.close();
      server.stop(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitEnd(InputStream input) throws IOException {
    input.transferTo(OutputStream.nullOutputStream());
  }
}
