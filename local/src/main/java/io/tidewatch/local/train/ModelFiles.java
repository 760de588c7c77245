package io.tidewatch.local.train;

import io.tidewatch.local.UserException;
import io.tidewatch.models.ModelKind;
import io.tidewatch.models.Models;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The models that were trained last, in a folder: {@code churn.json} and, for people, {@code
 * churn.md}; likewise of the other kinds.
 */
public final class ModelFiles {

  private final Path folder;

  /**
   * @param folder that exists
   */
  public ModelFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Keeps a model in the place of the one before.
   *
   * @return the model's file
   */
  public Path save(ModelDocument model) {
    String name = model.kind().label();
    try {
      Files.writeString(folder.resolve(name + ".md"), model.card());
      Path part = Files.write(folder.resolve(name + ".json.part"), model.json());
      return Files.move(part, jsonOf(model.kind()), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UserException("Cannot write the model to " + folder + ": " + e, e);
    }
  }

  /** The models kept here, and the shipped ones of kinds that were never trained. */
  public Models models() {
    Models models = Models.shipped();
    for (ModelKind kind : ModelKind.values()) {
      Path file = jsonOf(kind);
      if (Files.exists(file)) {
        models = models.with(read(file));
      }
    }
    return models;
  }

  private Path jsonOf(ModelKind kind) {
    return folder.resolve(kind.label() + ".json");
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UserException("Cannot read the model " + file + ": " + e, e);
    }
  }
}
