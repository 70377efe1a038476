package com.hotdash.ops.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/** A server that does to a connection what no HTTP server would. Keeps nothing but the requests. */
final class RawServer implements AutoCloseable {
  private final ServerSocket listener;
  private final Manners manners;
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final AtomicLong sent = new AtomicLong();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch closing = new CountDownLatch(1);

  RawServer(Manners manners) throws IOException {
    this.manners = manners;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::listen);
  }

  String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  List<String> requests() {
    return requests;
  }

  long sentBytes() {
    return sent.get();
  }

  void awaitRequest() throws InterruptedException {
    asked.await();
  }

  private void listen() {
    while (!listener.isClosed()) {
      try {
        var socket = listener.accept();
        open.add(socket);
        daemon(() -> serve(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      requests.add(request(socket.getInputStream()));
      asked.countDown();
      manners.answer(this, requests.size(), counting(socket.getOutputStream()));
    } catch (IOException | InterruptedException e) {
      sent.addAndGet(0); // the client left, as some tests want it to
    }
  }

  /** Stays silent until the server is closed. */
  void hang() throws InterruptedException {
    closing.await();
  }

  private static String request(InputStream in) throws IOException {
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("no request");
      }
      head.write(b);
    }
    var text = head.toString(StandardCharsets.US_ASCII);
    for (var line : text.split("\r\n", -1)) {
      if (line.startsWith("Content-Length: ")) {
        text +=
            new String(in.readNBytes(Integer.parseInt(line.substring(16))), StandardCharsets.UTF_8);
      }
    }
    return text;
  }

  private OutputStream counting(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
        sent.incrementAndGet();
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        sent.addAndGet(length);
      }
    };
  }

  static void print(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private static void daemon(Runnable work) {
    var thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    closing.countDown();
    try {
      listener.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What to do once a request was read; the connection is closed afterwards. */
  interface Manners {
    void answer(RawServer server, int number, OutputStream out)
        throws IOException, InterruptedException;
  }
}
