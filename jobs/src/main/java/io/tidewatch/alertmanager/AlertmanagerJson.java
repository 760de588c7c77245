package io.tidewatch.alertmanager;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Alerts as the API of Alertmanager reads them, and as checkpoints keep them. */
final class AlertmanagerJson {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<TreeMap<String, String>> TEXTS = new TypeReference<>() {};

  private AlertmanagerJson() {}

  /**
   * The body of {@code POST /api/v2/alerts}.
   *
   * @param firingFor how long after now one that fires ends, unless it is told of again
   */
  static byte[] body(List<PostableAlert> alerts, Instant now, Duration firingFor) {
    ArrayNode body = JSON.createArrayNode();
    for (PostableAlert alert : alerts) {
      Instant end = alert.isFiring() ? now.plus(firingFor) : alert.endsAt();
      body.add(fields(alert).put("endsAt", end.toString()));
    }
    return bytes(body);
  }

  static byte[] state(HeldAlert held) {
    PostableAlert alert = held.alert();
    ObjectNode state = fields(alert).put("version", alert.version()).put("told", held.told());
    put(state, "endsAt", alert.endsAt());
    put(state, "keptUntil", held.keptUntil());
    return bytes(state);
  }

  /**
   * @throws IOException if these are not the bytes of {@link #state}
   */
  static HeldAlert read(byte[] state) throws IOException {
    JsonNode json = JSON.readTree(state);
    PostableAlert alert =
        new PostableAlert(
            JSON.convertValue(json.required("labels"), TEXTS),
            JSON.convertValue(json.required("annotations"), TEXTS),
            instant(json.required("startsAt")),
            instant(json.path("endsAt")),
            json.path("generatorURL").asText(),
            json.required("version").asLong());
    return new HeldAlert(
        alert, json.path("told").asBoolean(), null, instant(json.path("keptUntil")));
  }

  private static ObjectNode fields(PostableAlert alert) {
    ObjectNode fields = JSON.createObjectNode();
    texts(alert.labels(), fields.putObject("labels"));
    texts(alert.annotations(), fields.putObject("annotations"));
    fields.put("startsAt", alert.startsAt().toString());
    if (!alert.generatorUrl().isEmpty()) {
      fields.put("generatorURL", alert.generatorUrl());
    }
    return fields;
  }

  private static void texts(Map<String, String> texts, ObjectNode object) {
    new TreeMap<>(texts).forEach(object::put);
  }

  private static void put(ObjectNode object, String name, Instant time) {
    if (time != null) {
      object.put(name, time.toString());
    }
  }

  private static Instant instant(JsonNode text) {
    return text.isTextual() ? Instant.parse(text.asText()) : null;
  }

  private static byte[] bytes(JsonNode json) {
    try {
      return JSON.writeValueAsBytes(json);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory failed", e);
    }
  }
}
