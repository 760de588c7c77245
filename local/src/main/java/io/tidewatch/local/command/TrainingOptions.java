package io.tidewatch.local.command;

import io.tidewatch.job.TidewatchSettings;
import io.tidewatch.local.ClickHouseAccess;
import io.tidewatch.local.DataDirectory;
import io.tidewatch.local.RunningStack;
import io.tidewatch.local.UserException;
import io.tidewatch.local.train.ModelDocument;
import io.tidewatch.local.train.ModelFiles;
import io.tidewatch.local.train.ModelTopic;
import io.tidewatch.local.train.PastCustomers;
import java.time.LocalDate;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What all kinds of training share: where customers are read from and where models go. */
public final class TrainingOptions {

  @Mixin private CommonOptions common;

  @Option(
      names = "--as-of",
      paramLabel = "DAY",
      description = "Nothing from that day on counts (default: the day of the newest fact).")
  private LocalDate asOf;

  /** Learns a model as of a date. */
  interface Training {
    ModelDocument train(
        TidewatchSettings settings, PastCustomers history, LocalDate asOf, ModelFiles files);
  }

  /** Trains, prints the card, keeps the model, and sends it where a stack is up. */
  void run(Training training) {
    TidewatchSettings settings = common.settings();
    DataDirectory directory = common.dataDirectory();
    ModelFiles files = new ModelFiles(directory.models());
    ModelDocument model;
    try (ClickHouseAccess access = ClickHouseAccess.open(directory)) {
      PastCustomers history =
          new PastCustomers(access.client("tidewatch"), settings.reporting().zone());
      model = training.train(settings, history, asOf == null ? end(history) : asOf, files);
    }
    System.out.println(model.card());
    System.out.println("kept: " + files.save(model));
    Optional<String> bootstrap = RunningStack.on(directory).kafkaBootstrapIfUp();
    bootstrap.ifPresent(
        address -> ModelTopic.publish(model, settings.kafka().properties(), address));
    System.out.println(
        bootstrap.isPresent()
            ? "sent to the topic " + ModelTopic.NAME
            : "not sent, as no stack is up: train again when one is");
  }

  private static LocalDate end(PastCustomers history) {
    return history
        .reach()
        .orElseThrow(() -> new UserException("No customer has paid anything yet."))
        .end();
  }
}
