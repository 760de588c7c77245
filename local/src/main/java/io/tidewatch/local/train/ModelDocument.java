package io.tidewatch.local.train;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.models.ModelKind;
import io.tidewatch.models.Models;
import java.io.UncheckedIOException;
import java.time.LocalDate;

/**
 * A trained model, ready to be read by the job, and what people should know of it.
 *
 * @param json as {@link Models#with} reads it
 * @param card in Markdown
 */
public record ModelDocument(ModelKind kind, byte[] json, String card) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * Wraps a model up.
   *
   * @param asOf to when facts were known that it learned from
   */
  static ModelDocument of(ModelKind kind, LocalDate asOf, ObjectNode model, String card) {
    ObjectNode document = JSON.createObjectNode();
    document.put("version", Models.VERSION);
    document.put("kind", kind.label());
    document.put("as_of", asOf.toString());
    document.set("model", model);
    try {
      return new ModelDocument(kind, JSON.writeValueAsBytes(document), card);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a tree of JSON", e);
    }
  }
}
