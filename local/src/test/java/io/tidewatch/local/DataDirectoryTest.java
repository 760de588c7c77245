package io.tidewatch.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataDirectoryTest {

  @TempDir private Path parent;
  private DataDirectory directory;

  @BeforeEach
  void createDirectory() {
    directory = DataDirectory.at(parent.resolve("deep/data"));
  }

  @Test
  void comesIntoBeingWithItsParts() {
    assertThat(directory.kafka()).isDirectory();
    assertThat(directory.clickhouse()).isDirectory();
    assertThat(directory.checkpoints()).isDirectory();
    assertThat(directory.savepoints()).isDirectory();
    assertThat(directory.logs()).isDirectory();
  }

  @Test
  void saysWhatIsWrongWhereItCannotBe() throws IOException {
    Path file = Files.createFile(parent.resolve("file"));
    assertThatThrownBy(() -> DataDirectory.at(file))
        .isInstanceOf(UserException.class)
        .hasMessageContaining("Cannot create the data directory " + file);
  }

  @Test
  void isForOneProcessAtATime() throws IOException {
    try (AnotherProcess other = AnotherProcess.start(LockHolder.class, directory.root())) {
      assertThat(other.nextLine()).isEqualTo("locked");

      assertThat(directory.tryLock()).isEmpty();
      assertThatThrownBy(directory::lock)
          .isInstanceOf(UserException.class)
          .hasMessage(
              "%s is in use by process %d: stop it or choose another directory with --data-dir.",
              directory.root(), other.pid());

      other.kill();
      directory.lock().close();
    }
  }

  @Test
  void isForOneUserWithinAProcess() {
    try (DirectoryLock lock = directory.lock()) {
      assertThat(directory.tryLock()).isEmpty();
    }
    directory.lock().close();
  }

  @Test
  void publishesTheAddressesOfARunningStack() {
    StackAddresses addresses = addresses(ProcessHandle.current().pid());
    assertThat(directory.runningStack()).isEmpty();
    directory.publish(addresses);
    assertThat(directory.runningStack()).hasValue(addresses);
    directory.withdraw();
    assertThat(directory.runningStack()).isEmpty();
  }

  @Test
  void ignoresTheAddressesOfADeadProcess() throws IOException {
    try (AnotherProcess other = AnotherProcess.start(LockHolder.class, directory.root())) {
      directory.publish(addresses(other.pid()));
      assertThat(directory.runningStack()).isPresent();
      other.kill();
      assertThat(directory.runningStack()).isEmpty();
    }
  }

  @Test
  void ignoresAddressesThatCannotBeRead() throws IOException {
    Files.writeString(directory.root().resolve("stack.json"), "{\"kafkaBoot");
    assertThat(directory.runningStack()).isEmpty();
  }

  private static StackAddresses addresses(long pid) {
    return new StackAddresses(
        "127.0.0.1:9092", "http://127.0.0.1:8123", "http://127.0.0.1:8081", pid);
  }

  /** Takes the directory and waits to be killed. */
  static final class LockHolder {

    public static void main(String[] arguments) throws IOException {
      DataDirectory.at(Path.of(arguments[0])).lock();
      System.out.println("locked");
      System.in.read();
    }
  }
}
