package io.tidewatch.models;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * An object of a model's document. What is not as it should be is added to the problems, and
 * something harmless given back, so that all of a document is read before it is refused.
 */
final class Fields {

  private final JsonNode object;
  private final String path;
  private final List<String> problems;

  Fields(JsonNode object, String path, List<String> problems) {
    this.object = object;
    this.path = path;
    this.problems = problems;
    if (!object.isObject()) {
      problem("must be an object");
    }
  }

  void problem(String message) {
    problems.add(path.isEmpty() ? "the document " + message : path + " " + message);
  }

  boolean has(String name) {
    return object.hasNonNull(name);
  }

  Fields child(String name) {
    return new Fields(object.path(name), at(name), problems);
  }

  List<Fields> children(String name) {
    JsonNode array = object.path(name);
    if (!array.isArray()) {
      problems.add(at(name) + " must be a list of objects");
      return List.of();
    }
    int[] index = {0};
    return StreamSupport.stream(array.spliterator(), false)
        .map(child -> new Fields(child, at(name) + "[" + index[0]++ + "]", problems))
        .toList();
  }

  String text(String name) {
    JsonNode value = object.path(name);
    if (!value.isTextual()) {
      problems.add(at(name) + " must be a text");
      return "";
    }
    return value.textValue();
  }

  void versionMustBe(int expected) {
    double version = number("version");
    if (has("version") && version != expected) {
      problem("has the unknown version %s; this one reads %d".formatted(version, expected));
    }
  }

  /** The position of a text among the known ones. */
  int indexOf(String name, List<String> known) {
    String value = text(name);
    int index = known.indexOf(value);
    if (index < 0 && !value.isEmpty()) {
      problems.add(
          "%s must be one of %s, not '%s'".formatted(at(name), String.join(", ", known), value));
    }
    return Math.max(0, index);
  }

  double number(String name) {
    JsonNode value = object.path(name);
    if (!isFinite(value)) {
      problems.add(at(name) + " must be a number");
      return 0;
    }
    return value.doubleValue();
  }

  double positive(String name) {
    double value = number(name);
    if (has(name) && value <= 0) {
      problems.add(at(name) + " must be above 0");
    }
    return value;
  }

  double[] numbers(String name, int size) {
    JsonNode array = object.path(name);
    double[] numbers = new double[size];
    boolean allNumbers =
        array.isArray()
            && array.size() == size
            && StreamSupport.stream(array.spliterator(), false).allMatch(Fields::isFinite);
    if (!allNumbers) {
      problems.add("%s must be a list of %d numbers".formatted(at(name), size));
      return numbers;
    }
    Iterator<JsonNode> values = array.iterator();
    Arrays.setAll(numbers, i -> values.next().doubleValue());
    return numbers;
  }

  double[] positiveNumbers(String name, int size) {
    double[] numbers = numbers(name, size);
    if (has(name) && Arrays.stream(numbers).anyMatch(number -> number <= 0)) {
      problems.add(at(name) + " must all be above 0");
    }
    return numbers;
  }

  /** A list of texts that must be exactly these, in this order. */
  void mustBe(String name, Collection<String> expected) {
    List<String> found =
        StreamSupport.stream(object.path(name).spliterator(), false).map(JsonNode::asText).toList();
    if (!found.equals(List.copyOf(expected))) {
      problems.add("%s must be [%s]".formatted(at(name), String.join(", ", expected)));
    }
  }

  private String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static boolean isFinite(JsonNode value) {
    return value.isNumber() && Double.isFinite(value.doubleValue());
  }
}
