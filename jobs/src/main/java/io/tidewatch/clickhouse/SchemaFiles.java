package io.tidewatch.clickhouse;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The files that make the schema: migrations in order, and who may see what.
 *
 * @param migrations by ascending number
 * @param roles the statements of {@code roles.sql}, empty if there is no such file
 */
public record SchemaFiles(List<Migration> migrations, List<String> roles) {

  private static final Pattern MIGRATION = Pattern.compile("V(\\d+)__\\w+\\.sql");
  private static final String ROLES = "roles.sql";
  private static final String RESOURCE = "/sql-ddl";

  /**
   * The files of a directory.
   *
   * @throws IllegalArgumentException if it holds no migration, or two of one number
   * @throws UncheckedIOException if it can't be read
   */
  public static SchemaFiles in(Path directory) {
    try (Stream<Path> files = Files.list(directory)) {
      List<Migration> migrations =
          files
              .filter(file -> number(file).isPresent())
              .sorted(Comparator.comparing(file -> number(file).orElseThrow()))
              .map(file -> new Migration(file.getFileName().toString(), read(file)))
              .toList();
      if (migrations.isEmpty()) {
        throw new IllegalArgumentException(
            "No migration such as V001__database.sql in " + directory);
      }
      refuseTwins(migrations);
      Path roles = directory.resolve(ROLES);
      return new SchemaFiles(
          migrations, Files.exists(roles) ? SqlScript.statements(read(roles)) : List.of());
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read the migrations in " + directory, e);
    }
  }

  /** The files that this program was built with. */
  public static SchemaFiles packaged() {
    URL resource = SchemaFiles.class.getResource(RESOURCE);
    try {
      URI location = resource.toURI();
      if (location.getScheme().equals("file")) {
        return in(Path.of(location));
      }
      try (FileSystem jar = FileSystems.newFileSystem(location, Map.of())) {
        return in(jar.getPath(RESOURCE));
      }
    } catch (URISyntaxException | IOException e) {
      throw new IllegalStateException("Can't read the packaged migrations", e);
    }
  }

  private static void refuseTwins(List<Migration> migrations) {
    Map<Long, String> names = new HashMap<>();
    for (Migration migration : migrations) {
      String twin = names.put(number(Path.of(migration.name())).orElseThrow(), migration.name());
      if (twin != null) {
        throw new IllegalArgumentException(
            "Migrations %s and %s have the same number".formatted(twin, migration.name()));
      }
    }
  }

  private static Optional<Long> number(Path file) {
    Matcher name = MIGRATION.matcher(file.getFileName().toString());
    return name.matches() ? Optional.of(Long.valueOf(name.group(1))) : Optional.empty();
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Can't read " + file, e);
    }
  }
}
