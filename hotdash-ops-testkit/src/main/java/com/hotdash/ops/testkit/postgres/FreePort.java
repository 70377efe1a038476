package com.hotdash.ops.testkit.postgres;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A loopback port that nobody listens on. It lies below the range from which Linux takes the near
 * ends of outgoing connections (32768 to 60999 by default): one of those, of any process, would
 * otherwise sit on the port between our choice and the server's start, or while a test has the
 * server stopped.
 */
final class FreePort {
  private static final int LOWEST = 15_000;
  private static final int BELOW = 32_768;
  private static final int TRIES = 100;

  private FreePort() {}

  static int pick() {
    for (int tried = 0; tried < TRIES; tried++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, BELOW);
      if (isFree(port)) {
        return port;
      }
    }
    throw PgServerException.of(
        "postgres.start",
        "none of %d ports between %d and %d is free".formatted(TRIES, LOWEST, BELOW - 1),
        "end what listens on them");
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(LoopbackServer.address(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
