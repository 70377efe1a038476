package com.hotdash.ops.testkit.web;

import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * A way to a server, on a loopback port, on which each request takes longer; answers do not. What a
 * client sends in pieces takes longer for each piece.
 */
public final class LongRoad implements AutoCloseable {
  private final ServerSocket door;
  private final URI to;
  private final Duration longer;
  private final Queue<Socket> open = new ConcurrentLinkedQueue<>();

  /**
   * Opens the way.
   *
   * @param to the server's address, plain HTTP
   * @param longer by how much, more than zero
   */
  public LongRoad(URI to, Duration longer) {
    this.to = to;
    this.longer = longer;
    try {
      door = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    daemon(this::accept);
  }

  /**
   * Returns the server's address by way of this.
   *
   * @return the address, its path included
   */
  public String address() {
    return "http://127.0.0.1:" + door.getLocalPort() + to.getRawPath();
  }

  /** Whoever dials when this is closed finds nobody. */
  private void accept() {
    while (!door.isClosed()) {
      try {
        var near = door.accept();
        var far = new Socket(to.getHost(), to.getPort());
        open.add(near);
        open.add(far);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        daemon(() -> carry(near, far, longer));
        daemon(() -> carry(far, near, Duration.ZERO));
      } catch (IOException e) {
        close();
      }
    }
  }

  private static void carry(Socket from, Socket to, Duration wait) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      var piece = new byte[1 << 16];
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        if (!wait.isZero() && !Time.SYSTEM.await(wait)) {
          return;
        }
        out.write(piece, 0, read);
        out.flush();
      }
    } catch (IOException e) {
      // One side has gone: both are closed, and whoever talks hears of it.
      return;
    }
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work, "long-road");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      door.close();
      for (var each : open) {
        each.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
