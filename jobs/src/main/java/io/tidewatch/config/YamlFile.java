package io.tidewatch.config;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads a YAML file with positions, so that every problem names its line.
 *
 * <pre>{@code
 * Problems problems = new Problems();
 * Optional<Settings> settings =
 *     YamlFile.read(path, System.getenv(), problems, root -> {
 *       YamlMap map = root.map();
 *       return new Settings(map.string("timezone").orElse("UTC"));
 *     });
 * problems.throwIfAny();
 * }</pre>
 *
 * <p>Keys that the reader never asked for are problems, found when it returns. Text may hold {@code
 * ${ENV:NAME}} references; they are resolved from the given environment.
 */
public final class YamlFile {

  private final String name;
  private final Map<String, String> environment;
  private final Problems problems;
  private final List<YamlMap> maps = new ArrayList<>();

  private YamlFile(String name, Map<String, String> environment, Problems problems) {
    this.name = name;
    this.environment = environment;
    this.problems = problems;
  }

  /**
   * What {@code reader} makes of the file; empty if it cannot be read or parsed. The result is to
   * be used only once {@code problems} is known to be empty.
   */
  public static <T> Optional<T> read(
      Path path, Map<String, String> environment, Problems problems, Function<YamlNode, T> reader) {
    YamlFile file = new YamlFile(path.getFileName().toString(), environment, problems);
    return file.parse(path).map(root -> file.readAll(root, reader));
  }

  /**
   * The same of text that is in no file.
   *
   * @param name what problems call it
   */
  public static <T> Optional<T> readText(
      String name, String text, Problems problems, Function<YamlNode, T> reader) {
    YamlFile file = new YamlFile(name, Map.of(), problems);
    return file.parse(new StringReader(text)).map(root -> file.readAll(root, reader));
  }

  private Optional<Node> parse(Path path) {
    try (Reader text = Files.newBufferedReader(path)) {
      return parse(text);
    } catch (NoSuchFileException e) {
      problem(0, "", "there is no such file in " + path.toAbsolutePath().getParent());
    } catch (IOException e) {
      problem(0, "", "cannot be read: " + e.getMessage());
    }
    return Optional.empty();
  }

  private Optional<Node> parse(Reader text) {
    try {
      Node root = new Yaml(new LoaderOptions()).compose(text);
      if (root == null) {
        problem(0, "", "the file is empty");
      }
      return Optional.ofNullable(root);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
      problem(line, "", "not valid YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problem(0, "", "not valid YAML: " + e.getMessage());
    }
    return Optional.empty();
  }

  private <T> T readAll(Node root, Function<YamlNode, T> reader) {
    T result = reader.apply(new YamlNode(this, root, ""));
    maps.forEach(YamlMap::reportUnknownKeys);
    return result;
  }

  void opened(YamlMap map) {
    maps.add(map);
  }

  Map<String, String> environment() {
    return environment;
  }

  void problem(int line, String path, String message) {
    problems.add(new Problem(name, line, path, message));
  }
}
