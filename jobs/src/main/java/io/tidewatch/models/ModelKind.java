package io.tidewatch.models;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a model is for; its label is the key of its document in the topic {@code models}. */
public enum ModelKind {
  CHURN,
  SEGMENTS,
  LIFETIME;

  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> labels() {
    return Arrays.stream(values()).map(ModelKind::label).toList();
  }
}
