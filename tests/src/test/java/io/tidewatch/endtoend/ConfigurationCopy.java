package io.tidewatch.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** A copy of the configuration that ships, to be changed. */
public final class ConfigurationCopy {

  private final Path folder;

  private ConfigurationCopy(Path folder) {
    this.folder = folder;
  }

  /** Copies it into a folder, created where missing. */
  public static ConfigurationCopy in(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(LiveStack.conf())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    return new ConfigurationCopy(folder);
  }

  public Path file(String name) {
    return folder.resolve(name);
  }

  /** The file that names the others. */
  public Path tidewatchYaml() {
    return file("tidewatch.yaml");
  }

  /** Fails if nothing ships that is to be replaced. */
  public ConfigurationCopy edit(String name, String shipped, String wanted) throws IOException {
    String content = Files.readString(file(name));
    assertThat(content).as(name).contains(shipped);
    Files.writeString(file(name), content.replace(shipped, wanted));
    return this;
  }
}
