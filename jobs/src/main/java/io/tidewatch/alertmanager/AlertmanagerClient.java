package io.tidewatch.alertmanager;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Posts alerts to Alertmanager's API v2, without waiting for the answer. */
final class AlertmanagerClient {

  private static final int OK = 200;
  private static final int FIRST_CLIENT_ERROR = 400;
  private static final int TIMED_OUT = 408;
  private static final int TOO_MANY = 429;
  private static final int FIRST_SERVER_ERROR = 500;
  private static final int LONGEST_REASON = 300;

  private final AlertmanagerSettings settings;
  private final URI alerts;
  private final HttpClient http;

  AlertmanagerClient(AlertmanagerSettings settings) {
    this.settings = settings;
    this.alerts = URI.create(settings.url() + "/api/v2/alerts");
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(settings.timeout())
            .build();
  }

  /** What Alertmanager made of a request. */
  enum Verdict {
    ACCEPTED,
    /** One of the alerts is not as Alertmanager wants it; the same request never succeeds. */
    REFUSED,
    /** It is away, or has other troubles; the same request may succeed later. */
    AWAY
  }

  /**
   * An answer, or the lack of one.
   *
   * @param reason empty if accepted
   */
  record Answer(Verdict verdict, String reason) {}

  /** Completes with an answer in any case, at the latest when the timeout is over. */
  CompletableFuture<Answer> post(List<PostableAlert> batch, Instant now) {
    HttpRequest request =
        HttpRequest.newBuilder(alerts)
            .header("Content-Type", "application/json")
            .timeout(settings.timeout())
            .POST(
                BodyPublishers.ofByteArray(AlertmanagerJson.body(batch, now, settings.firingFor())))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString())
        .thenApply(AlertmanagerClient::answer)
        .exceptionally(failure -> new Answer(Verdict.AWAY, failure.toString()));
  }

  private static Answer answer(HttpResponse<String> response) {
    int status = response.statusCode();
    if (status == OK) {
      return new Answer(Verdict.ACCEPTED, "");
    }
    String body = response.body().strip();
    String reason =
        "HTTP %d %s".formatted(status, body.substring(0, Math.min(LONGEST_REASON, body.length())));
    boolean refused =
        status >= FIRST_CLIENT_ERROR
            && status < FIRST_SERVER_ERROR
            && status != TIMED_OUT
            && status != TOO_MANY;
    return new Answer(refused ? Verdict.REFUSED : Verdict.AWAY, reason);
  }
}
