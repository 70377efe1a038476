package com.hotdash.ops.postgres;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A port on loopback with bad manners. Counts how often somebody offered a password. */
final class Listener implements AutoCloseable {
  private static final int SSL_REQUEST = 80877103;

  /** What it does with one connection. */
  @FunctionalInterface
  interface Manner {
    void handle(Listener self, Socket socket) throws IOException, InterruptedException;
  }

  private final ServerSocket server;
  private final Manner manner;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final List<Socket> sockets = new CopyOnWriteArrayList<>();
  final AtomicInteger passwords = new AtomicInteger();

  private Listener(Manner manner) throws IOException {
    this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.manner = manner;
    daemon(this::accept);
  }

  static Listener that(Manner manner) throws IOException {
    return new Listener(manner);
  }

  static Listener silent() throws IOException {
    return that((self, socket) -> self.closed.await());
  }

  static Listener closing() throws IOException {
    return that((self, socket) -> socket.getInputStream().read());
  }

  static Listener saying(String words) throws IOException {
    return that(
        (self, socket) -> {
          socket.getInputStream().read(new byte[8]);
          socket.getOutputStream().write(words.getBytes(StandardCharsets.UTF_8));
          self.closed.await();
        });
  }

  /** Offers no encryption, then says nothing to the login. */
  static Listener silentAtLogin() throws IOException {
    return that(
        (self, socket) -> {
          startup(socket);
          self.closed.await();
        });
  }

  /** Sends the reply to the login byte by byte, for ever. */
  static Listener trickling() throws IOException {
    return that(
        (self, socket) -> {
          if (startup(socket)) {
            var out = socket.getOutputStream();
            out.write(new byte[] {'E', 0, 0, 0x20, 0});
            while (!self.closed.await(20, java.util.concurrent.TimeUnit.MILLISECONDS)) {
              out.write('x');
            }
          }
        });
  }

  /** Asks for the password in the clear, and refuses it, repeating it in its answer. */
  static Listener refusing() throws IOException {
    return that(
        (self, socket) -> {
          if (startup(socket)) {
            var out = new DataOutputStream(socket.getOutputStream());
            out.write('R');
            out.writeInt(8);
            out.writeInt(3);
            var in = new DataInputStream(socket.getInputStream());
            in.readByte();
            var password = new byte[in.readInt() - 4];
            in.readFully(password);
            self.passwords.incrementAndGet();
            var said = new String(password, 0, password.length - 1, StandardCharsets.UTF_8);
            error(out, "28P01", "password authentication failed for \"u\" with " + said);
          }
        });
  }

  private static void error(DataOutputStream out, String state, String message) throws IOException {
    var body =
        ("SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0").getBytes(StandardCharsets.UTF_8);
    out.write('E');
    out.writeInt(body.length + 4);
    out.write(body);
    out.flush();
  }

  /** Reads the first message; true if it is a login, after which the reply is awaited. */
  private static boolean startup(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    var body = new byte[in.readInt() - 4];
    in.readFully(body);
    int code = java.nio.ByteBuffer.wrap(body).getInt();
    if (code == SSL_REQUEST) {
      socket.getOutputStream().write('N');
      return false;
    }
    return true;
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var socket = server.accept();
        sockets.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // Closed: the test is over.
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      manner.handle(this, socket);
    } catch (IOException e) {
      return; // The client went away, which is its right.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "test-listener");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  String url(String userinfo) {
    return "postgres://" + userinfo + "@127.0.0.1:" + port() + "/d";
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    server.close();
    for (var socket : sockets) {
      socket.close();
    }
  }
}
