package io.tidewatch.models;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tidewatch.churn.ChurnFeature;
import io.tidewatch.churn.ChurnModel;
import io.tidewatch.lifetime.LifetimeModel;
import io.tidewatch.segments.SegmentModel;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The models that score customers, one of each kind.
 *
 * <p>A model travels as one JSON document in UTF-8:
 *
 * <pre>{@code
 * {"version": 1, "kind": "churn", "as_of": "2026-01-01T00:00:00Z", "model": {...}}
 * }</pre>
 *
 * @param lifetime empty until one was trained: how long customers stay is every company's own
 */
public record Models(ChurnModel churn, SegmentModel segments, Optional<LifetimeModel> lifetime) {

  /** The version of the document that is written and read. */
  public static final int VERSION = 1;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  /** What a new installation scores with, until it has trained models of its own. */
  public static Models shipped() {
    Models models = new Models(null, null, Optional.empty());
    for (byte[] document : shippedDocuments()) {
      models = models.with(document);
    }
    return models;
  }

  /** The documents of the shipped models. */
  public static List<byte[]> shippedDocuments() {
    return List.of(resource("churn.json"), resource("segments.json"));
  }

  /**
   * What a document is for.
   *
   * @throws ModelException where it does not say so, or is of an unknown version
   */
  public static ModelKind kindOf(byte[] document) {
    List<String> problems = new ArrayList<>();
    ModelKind kind = kindOf(new Fields(parse(document), "", problems));
    refuse(problems);
    return kind;
  }

  /**
   * These models with one replaced.
   *
   * @param document of a model of any kind
   * @throws ModelException naming all that is wrong with it
   */
  public Models with(byte[] document) {
    List<String> problems = new ArrayList<>();
    Fields envelope = new Fields(parse(document), "", problems);
    ModelKind kind = kindOf(envelope);
    refuse(problems);
    Models models = with(kind, envelope.child("model"));
    refuse(problems);
    return models;
  }

  private static ModelKind kindOf(Fields envelope) {
    envelope.versionMustBe(VERSION);
    return ModelKind.values()[envelope.indexOf("kind", ModelKind.labels())];
  }

  private static void refuse(List<String> problems) {
    if (!problems.isEmpty()) {
      throw new ModelException(problems);
    }
  }

  private Models with(ModelKind kind, Fields model) {
    return switch (kind) {
      case CHURN ->
          new Models(
              new ChurnModel(LogOddsReader.read(model, ChurnFeature.labels())), segments, lifetime);
      case SEGMENTS -> new Models(churn, SegmentModelReader.read(model), lifetime);
      case LIFETIME -> new Models(churn, segments, Optional.of(LifetimeModelReader.read(model)));
    };
  }

  private static JsonNode parse(byte[] document) {
    try {
      return JSON.readTree(document);
    } catch (JacksonException e) {
      throw new ModelException(List.of("the document is not JSON: " + e.getOriginalMessage()));
    } catch (IOException e) {
      throw new UncheckedIOException("reading from memory failed", e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Models.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
