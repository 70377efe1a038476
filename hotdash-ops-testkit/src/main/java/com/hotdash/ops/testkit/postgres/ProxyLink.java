package com.hotdash.ops.testkit.postgres;

import com.hotdash.ops.testkit.postgres.PgProxy.Failure;
import com.hotdash.ops.time.Time;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;

/** One connection through a proxy: requests message by message, answers byte by byte. */
final class ProxyLink {
  private static final int SSL_REQUEST = 80877103;
  private static final int GSS_REQUEST = 80877104;
  private static final int LONGEST_MESSAGE = 16 << 20;
  private static final int PIECE_BYTES = 8192;
  private static final int READY_BYTES = 6;

  // Parse, Bind, Describe, Execute and Close: the server acts on each as it comes, so they are held
  // until the Sync behind them tells that the statement is whole.
  private static final String PARTS = "PBDEC";
  private static final String STATEMENT_ENDS = "SQ";

  private final Socket client;
  private final Socket upstream;
  private final ProxyControl control;
  private volatile boolean losing;

  ProxyLink(Socket client, Socket upstream, ProxyControl control) {
    this.client = client;
    this.upstream = upstream;
    this.control = control;
  }

  /** Carries requests to the server until one side closes. */
  void requests() throws IOException {
    var in = new DataInputStream(new BufferedInputStream(client.getInputStream(), PIECE_BYTES));
    var out = upstream.getOutputStream();
    login(in, out);
    var statement = new ByteArrayOutputStream();
    for (int type = in.read(); type >= 0; type = in.read()) {
      statement.write(type);
      copyBody(in, new DataOutputStream(statement));
      if (PARTS.indexOf(type) < 0 && !(STATEMENT_ENDS.indexOf(type) >= 0 && fails())) {
        control.awaitSound(client);
        statement.writeTo(out);
        statement.reset();
      } else if (STATEMENT_ENDS.indexOf(type) >= 0) {
        return;
      }
    }
  }

  /** Carries answers to the client until one side closes. */
  void answers() {
    try (client;
        upstream) {
      var in = upstream.getInputStream();
      var out = client.getOutputStream();
      var piece = new byte[PIECE_BYTES];
      int read = in.read(piece);
      while (read >= 0 && !(losing && endsStatement(piece, read))) {
        if (!losing) {
          deliver(piece, read, out);
        }
        read = in.read(piece);
      }
    } catch (IOException e) {
      // One side went away or was cut, which closing both has answered.
      return;
    }
  }

  private void deliver(byte[] piece, int length, OutputStream out) throws IOException {
    if (!Time.SYSTEM.await(control.latency())) {
      throw new IOException("the connection was cut");
    }
    int sent = 0;
    while (sent < length) {
      int granted = control.take(length - sent, client);
      out.write(piece, sent, granted);
      sent += granted;
    }
  }

  /** Returns whether the server is done and ready for the next: type Z, length 5, one byte. */
  private static boolean endsStatement(byte[] piece, int length) {
    return length >= READY_BYTES
        && piece[length - READY_BYTES] == 'Z'
        && piece[length - READY_BYTES + 4] == 5;
  }

  /** Returns true if the statement must not reach the server. */
  private boolean fails() throws IOException {
    var failure = control.statement();
    losing = failure == Failure.LOSE_ANSWER;
    return failure == Failure.CUT;
  }

  private void login(DataInputStream in, OutputStream out) throws IOException {
    boolean encryptionAsked = true;
    while (encryptionAsked) {
      var message = new ByteArrayOutputStream();
      int code = copyBody(in, new DataOutputStream(message));
      encryptionAsked = code == SSL_REQUEST || code == GSS_REQUEST;
      control.awaitSound(client);
      message.writeTo(out);
    }
  }

  /** Copies length and body, and returns the body's first four bytes, which tell logins apart. */
  private static int copyBody(DataInputStream in, DataOutputStream out) throws IOException {
    int length = in.readInt();
    if (length < 4 || length > LONGEST_MESSAGE) {
      throw new IOException("a message of " + length + " bytes");
    }
    var body = in.readNBytes(length - 4);
    out.writeInt(length);
    out.write(body);
    return body.length < 4 ? 0 : ByteBuffer.wrap(body).getInt();
  }
}
