package dev.migrate.scratch;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds free TCP ports of this machine. */
final class FreePorts {
  /** Below the range that systems take ports of outgoing connections from. */
  private static final int FROM = 20_000;

  private static final int TO = 32_000;
  private static final int ATTEMPTS = 50;

  private FreePorts() {}

  static boolean free(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }

  /** A port that was free a moment ago. */
  static int choose() {
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = ThreadLocalRandom.current().nextInt(FROM, TO);
      if (free(port)) {
        return port;
      }
    }
    throw ScratchFailure.embedded(
        "No free TCP port on 127.0.0.1 between "
            + FROM
            + " and "
            + TO
            + " in "
            + ATTEMPTS
            + " attempts.",
        "Allow local TCP connections");
  }
}
