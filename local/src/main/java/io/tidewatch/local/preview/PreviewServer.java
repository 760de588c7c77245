package io.tidewatch.local.preview;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.clickhouse.ClickHouseClient;
import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.LoopbackPort;
import io.tidewatch.local.UserException;
import io.tidewatch.local.alerts.AlertLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The dashboards and the alerts in a browser, without Grafana; on the loopback address alone. */
public final class PreviewServer implements AutoCloseable {

  private static final int THREADS = 8;
  private static final String NO_DELAY = "sun.net.httpserver.nodelay";

  /** Nothing is written, nothing takes for ever, and what is too long is an error and not cut. */
  private static final Map<String, String> READING =
      Map.of(
          "max_execution_time", "30",
          "max_result_rows", "100000",
          "date_time_output_format", "iso",
          "output_format_json_quote_64bit_integers", "0",
          "readonly", "2");

  private final HttpServer server;
  private final ExecutorService threads;

  private PreviewServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts it.
   *
   * @param port 0 for any free one
   * @param dashboards the folder with Grafana's JSON
   * @param runbooks the folder with what to do about alerts
   * @throws UserException where somebody else listens on the port
   */
  public static PreviewServer start(
      int port, Path dashboards, Path runbooks, TidewatchSettings settings) {
    ClickHouseClient writing = new ClickHouseClient(settings.clickHouse().endpoint(), "tidewatch");
    ClickHouseClient reading = writing.with(READING);
    DashboardApi dashboardApi =
        new DashboardApi(dashboards, reading, new VariableValues(reading, InstantSource.system()));
    AlertApi alertApi =
        new AlertApi(
            reading,
            settings.definitions().metrics(),
            new AlertLog(writing),
            InstantSource.system());
    return start(port, new Routes(new FrontEnd(), dashboardApi, alertApi, new Runbooks(runbooks)));
  }

  private static PreviewServer start(int port, HttpHandler routes) {
    // small answers would wait for the client's acknowledgement else
    System.setProperty(NO_DELAY, System.getProperty(NO_DELAY, "true"));
    HttpServer server;
    try {
      server =
          HttpServer.create(
              new InetSocketAddress(InetAddress.getByName(LoopbackPort.HOST), port), 0);
    } catch (IOException e) {
      throw new UserException(LoopbackPort.takenMessage(port, "the preview"), e);
    }
    ExecutorService threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "preview");
              thread.setDaemon(true);
              return thread;
            });
    server.createContext("/", routes).getFilters().add(new SameOriginFilter());
    server.setExecutor(threads);
    server.start();
    return new PreviewServer(server, threads);
  }

  public URI url() {
    return URI.create("http://%s:%d".formatted(LoopbackPort.HOST, server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
