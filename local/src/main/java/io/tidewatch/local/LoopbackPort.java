package io.tidewatch.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** TCP ports of this machine's loopback address, the only one the local stack listens on. */
public final class LoopbackPort {

  /** The loopback address as clients write it. */
  public static final String HOST = "127.0.0.1";

  private static final int GREATEST = 65_535;

  private LoopbackPort() {}

  /** A port nobody listens on at this moment. */
  public static int free() {
    try (ServerSocket socket = bind(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether somebody listens on the port already. */
  public static boolean isTaken(int port) {
    try (ServerSocket socket = bind(port)) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * The port itself, or a free one where it is 0.
   *
   * @throws UserException where somebody listens on it already
   */
  public static int orFree(int port, String purpose) {
    if (port == 0) {
      return free();
    }
    refuseTaken(port, purpose);
    return port;
  }

  /**
   * Nothing, where the port is 0 or nobody listens on it.
   *
   * @throws UserException where somebody listens on it already, or there is no such port
   */
  public static void refuseTaken(int port, String purpose) {
    if (port < 0 || port > GREATEST) {
      throw new UserException(
          "There is no port %d, wanted for %s: choose one up to %d, or 0 for any free one."
              .formatted(port, purpose, GREATEST));
    }
    if (port != 0 && isTaken(port)) {
      throw new UserException(takenMessage(port, purpose));
    }
  }

  /** The sentence for a port that somebody else listens on. */
  public static String takenMessage(int port, String purpose) {
    return "Port %d, wanted for %s, is taken: stop what listens there or choose another port."
        .formatted(port, purpose);
  }

  private static ServerSocket bind(int port) throws IOException {
    ServerSocket socket = new ServerSocket();
    socket.setReuseAddress(true);
    socket.bind(new InetSocketAddress(InetAddress.getByName(HOST), port));
    return socket;
  }
}
