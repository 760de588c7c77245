package io.tidewatch.models;

import java.util.List;

/** A document is not a model that can be used; the message lists every problem. */
public final class ModelException extends RuntimeException {

  private final transient List<String> problems;

  ModelException(List<String> problems) {
    super("not a usable model: " + String.join("; ", problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
