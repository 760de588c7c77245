package io.tidewatch.local.flink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.kafka.KafkaSources;
import io.tidewatch.operator.OperatorIds;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** Asks a Flink cluster about its jobs. */
public final class FlinkRest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Begins the name of a task that a source is in. */
  private static final String SOURCE = "Source: ";

  private static final Set<String> WITHOUT_EVENT_TIME =
      Set.of(
          OperatorIds.MODELS, OperatorIds.ALERT_RULES, OperatorIds.SOURCE + KafkaSources.FX_RATES);

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
   * nobody back. What reads a stream without event time, such as changes of rules, reports none at
   * all; what comes after it tells.
   */
  public long lowestWatermark(String job) throws IOException {
    JsonNode details = get("/jobs/" + job);
    JsonNode vertices = details.get("vertices");
    Set<String> silent = readersWithoutEventTime(details);
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
      String id = vertex.get("id").asText();
      JsonNode subtasks = get("/jobs/" + job + "/vertices/" + id + "/watermarks");
      if (!isSource(vertex) && subtasks.size() < vertex.get("parallelism").asInt()) {
        return Long.MIN_VALUE;
      }
      for (JsonNode subtask : subtasks) {
        long watermark = subtask.get("value").asLong();
        if (watermark != Long.MIN_VALUE || !silent.contains(id)) {
          lowest = Math.min(lowest, watermark);
        }
      }
    }
    return lowest;
  }

  /** The vertices that read from a source whose stream has no event time. */
  private static Set<String> readersWithoutEventTime(JsonNode details) {
    Set<String> sources = new HashSet<>();
    for (JsonNode vertex : details.get("vertices")) {
      if (isSource(vertex) && WITHOUT_EVENT_TIME.contains(sourceOf(vertex))) {
        sources.add(vertex.get("id").asText());
      }
    }
    Set<String> readers = new HashSet<>();
    for (JsonNode node : details.at("/plan/nodes")) {
      for (JsonNode input : node.path("inputs")) {
        if (sources.contains(input.get("id").asText())) {
          readers.add(node.get("id").asText());
        }
      }
    }
    return readers;
  }

  private static boolean isSource(JsonNode vertex) {
    return vertex.get("name").asText().startsWith(SOURCE);
  }

  private static String sourceOf(JsonNode vertex) {
    return vertex.get("name").asText().substring(SOURCE.length()).split(" ", 2)[0];
  }
}
