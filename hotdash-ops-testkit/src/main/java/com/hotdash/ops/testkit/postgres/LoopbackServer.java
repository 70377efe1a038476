package com.hotdash.ops.testkit.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** A TCP server on a loopback port, with a daemon thread for each connection. */
final class LoopbackServer implements AutoCloseable {
  static final String HOST = "127.0.0.1";

  private static final int BACKLOG = 64;
  private static final int MOST_CONNECTIONS = 64;

  private final ServerSocket listener;
  private final Service service;
  private final String name;
  private final AtomicLong connections = new AtomicLong();
  private final Map<Socket, Thread> open = new ConcurrentHashMap<>();

  private LoopbackServer(ServerSocket listener, String name, Service service) {
    this.listener = listener;
    this.name = name;
    this.service = service;
  }

  /** Serves one connection, which is closed when this returns or throws. */
  @FunctionalInterface
  interface Service {
    void serve(Socket socket) throws IOException;
  }

  static LoopbackServer start(String name, Service service) {
    try {
      var listener = new ServerSocket(0, BACKLOG, address());
      var server = new LoopbackServer(listener, name, service);
      daemon(name + "-accept", server::accept).start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static InetAddress address() throws UnknownHostException {
    return InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
  }

  static Thread daemon(String name, Runnable work) {
    var thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  int port() {
    return listener.getLocalPort();
  }

  long connections() {
    return connections.get();
  }

  int open() {
    return open.size();
  }

  /** Cuts all connections; new ones are still accepted. */
  void cut() {
    open.forEach(
        (socket, thread) -> {
          closeQuietly(socket);
          thread.interrupt();
        });
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      cut();
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      Socket socket;
      try {
        socket = listener.accept();
      } catch (IOException e) {
        // The only way out: the port was closed.
        return;
      }
      long number = connections.incrementAndGet();
      if (open.size() >= MOST_CONNECTIONS) {
        closeQuietly(socket);
      } else {
        begin(socket, number);
      }
    }
  }

  private void begin(Socket socket, long number) {
    var thread = daemon(name + "-" + number, () -> serve(socket));
    open.put(socket, thread);
    thread.start();
    if (listener.isClosed()) {
      cut();
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      service.serve(socket);
    } catch (IOException e) {
      // The peer went away or was cut, which is how every connection of a fault ends.
      closeQuietly(socket);
    } finally {
      open.remove(socket);
    }
  }

  static void closeQuietly(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
