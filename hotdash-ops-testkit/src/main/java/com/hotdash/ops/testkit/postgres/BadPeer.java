package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.time.Time;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Something on a loopback port that a client takes for PostgreSQL and that is not. Serves 64
 * connections at a time and closes those beyond. Thread-safe; threads are daemons.
 */
public final class BadPeer implements AutoCloseable {
  private static final byte[] HTTP =
      "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
          .getBytes(StandardCharsets.US_ASCII);

  private static final int SSL_REQUEST_BYTES = 8;
  private static final int LONGEST_STARTUP = 10_000;
  private static final Duration BETWEEN_BYTES = Duration.ofMillis(50);

  // The longest that drivers accept before authentication; at this pace it takes 25 minutes.
  private static final int ENDLESS_BYTES = 30_000;

  private final LoopbackServer server;

  private BadPeer(LoopbackServer.Service service) {
    this.server = LoopbackServer.start("testkit-bad-peer", service);
  }

  /**
   * Accepts connections, reads, and never answers.
   *
   * @return the peer
   */
  public static BadPeer silent() {
    return new BadPeer(BadPeer::drain);
  }

  /**
   * Accepts connections and closes each in good order after its first bytes.
   *
   * @return the peer
   */
  public static BadPeer closing() {
    return new BadPeer(socket -> firstBytes(socket.getInputStream()));
  }

  /**
   * Answers as a web server answers to what is not HTTP: with status 400.
   *
   * @return the peer
   */
  public static BadPeer http() {
    return new BadPeer(socket -> answer(socket, HTTP));
  }

  /**
   * Answers with 256 bytes that mean nothing in PostgreSQL's protocol.
   *
   * @return the peer
   */
  public static BadPeer garbage() {
    var bytes = new byte[256];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (0xff - i);
    }
    return new BadPeer(socket -> answer(socket, bytes));
  }

  /**
   * Declines encryption as PostgreSQL does, and then never answers again.
   *
   * @return the peer
   */
  public static BadPeer silentAfterSslRequest() {
    return new BadPeer(
        socket -> {
          startup(socket);
          drain(socket);
        });
  }

  /**
   * Answers to a login with an error message of which one byte arrives every 50 ms: no single read
   * ever takes long, and the whole does not end within 25 minutes.
   *
   * @return the peer
   */
  public static BadPeer trickle() {
    return new BadPeer(
        socket -> {
          startup(socket);
          var out = socket.getOutputStream();
          out.write(new byte[] {'E', 0, 0, (byte) (ENDLESS_BYTES >> 8), (byte) ENDLESS_BYTES});
          for (int i = 0; i < ENDLESS_BYTES && Time.SYSTEM.await(BETWEEN_BYTES); i++) {
            out.write('S');
          }
        });
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
    return server.port();
  }

  /**
   * Returns how many connections there have been.
   *
   * @return the count
   */
  public long connections() {
    return server.connections();
  }

  /** Closes the port and cuts all connections. */
  @Override
  public void close() {
    server.close();
  }

  private static void answer(Socket socket, byte[] bytes) throws IOException {
    firstBytes(socket.getInputStream());
    socket.getOutputStream().write(bytes);
  }

  private static void firstBytes(InputStream in) throws IOException {
    // Closing with unread bytes would reset the connection instead of ending it.
    in.readNBytes(1);
    in.skipNBytes(in.available());
  }

  private static void drain(Socket socket) throws IOException {
    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
  }

  /** Reads the client's login, and declines whatever encryption it asks for before. */
  private static void startup(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    int length = in.readInt();
    while (length == SSL_REQUEST_BYTES) {
      in.skipNBytes(4);
      socket.getOutputStream().write('N');
      length = in.readInt();
    }
    if (length < 4 || length > LONGEST_STARTUP) {
      throw new IOException("not a startup message of " + length + " bytes");
    }
    in.skipNBytes(length - 4L);
  }
}
