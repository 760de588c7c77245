package io.tidewatch.bench;

import io.tidewatch.local.kafka.LocalKafka;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** The broker: says its address on standard output and stays until its standard input ends. */
final class BrokerProcess {

  private BrokerProcess() {}

  /**
   * @param arguments the directory of the broker's data
   */
  public static void main(String[] arguments) throws IOException {
    try (LocalKafka kafka = LocalKafka.start(Path.of(arguments[0]), 0)) {
      System.out.println(kafka.bootstrap());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
