package io.tidewatch.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a Flink cluster about its jobs. */
public final class FlinkRest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
  private final URI address;

  public FlinkRest(URI address) {
    this.address = address;
  }

  /**
   * @param path such as {@code /jobs/overview}
   * @throws IOException if the cluster does not answer, or not with 200
   */
  public JsonNode get(String path) throws IOException {
    try {
      HttpResponse<String> response =
          client.send(
              HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(10)).build(),
              HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() != 200) {
        throw new IOException("Flink answered " + path + " with " + response.statusCode());
      }
      return JSON.readTree(response.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while Flink was answering", e);
    }
  }

  /**
   * The least watermark of all operators of a running job, epoch milliseconds; {@link
   * Long#MIN_VALUE} if one has none yet or is not running. A source that has come to its end holds
   * nobody back.
   */
  public long lowestWatermark(String job) throws IOException {
    JsonNode vertices = get("/jobs/" + job).get("vertices");
    // a job that is being recovered has none yet
    long lowest = vertices.isEmpty() ? Long.MIN_VALUE : Long.MAX_VALUE;
    for (JsonNode vertex : vertices) {
      String status = vertex.get("status").asText();
      if (status.equals("FINISHED")) {
        continue;
      }
      if (!status.equals("RUNNING")) {
        return Long.MIN_VALUE;
      }
      String watermarks = "/jobs/" + job + "/vertices/" + vertex.get("id").asText() + "/watermarks";
      JsonNode subtasks = get(watermarks);
      boolean source = vertex.get("name").asText().startsWith("Source:");
      if (!source && subtasks.size() < vertex.get("parallelism").asInt()) {
        return Long.MIN_VALUE;
      }
      for (JsonNode subtask : subtasks) {
        lowest = Math.min(lowest, subtask.get("value").asLong());
      }
    }
    return lowest;
  }
}
