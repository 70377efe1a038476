package com.hotdash.ops.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;

/**
 * A loopback port on which connecting gets no answer at all, as behind a firewall that drops
 * packets: its queue is full and nobody takes from it. Thread-safe; has no threads.
 */
public final class FullBacklog implements AutoCloseable {
  private static final int MOST_FILLERS = 16;
  private static final int FILL_MILLIS = 150;

  private final ServerSocket listener;
  private final List<Socket> fillers;

  private FullBacklog(ServerSocket listener, List<Socket> fillers) {
    this.listener = listener;
    this.fillers = fillers;
  }

  /**
   * Opens the port and fills its queue, about 0.2 s.
   *
   * @return the port, once a connection has timed out
   * @throws PgServerException if this system never lets a connection wait, as macOS and Windows may
   */
  public static FullBacklog start() {
    try {
      var backlog =
          new FullBacklog(new ServerSocket(0, 1, LoopbackServer.address()), new ArrayList<>());
      if (!backlog.fill()) {
        backlog.close();
        throw PgServerException.of("backlog.fill", "this system refuses or takes all", null);
      }
      return backlog;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the address to connect to.
   *
   * @return {@code 127.0.0.1}
   */
  public String host() {
    return LoopbackServer.HOST;
  }

  /**
   * Returns the port to connect to.
   *
   * @return the port
   */
  public int port() {
    return listener.getLocalPort();
  }

  /** Closes the port and the connections that filled it. */
  @Override
  public void close() {
    fillers.forEach(LoopbackServer::closeQuietly);
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean fill() throws IOException {
    for (int i = 0; i < MOST_FILLERS; i++) {
      var filler = new Socket();
      fillers.add(filler);
      try {
        filler.connect(new InetSocketAddress(LoopbackServer.address(), port()), FILL_MILLIS);
      } catch (SocketTimeoutException e) {
        return true;
      }
    }
    return false;
  }
}
