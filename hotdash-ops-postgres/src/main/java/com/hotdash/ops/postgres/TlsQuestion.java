package com.hotdash.ops.postgres;

import com.hotdash.ops.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** Asks a server whether it offers encryption, as every client does first: it answers in a byte. */
final class TlsQuestion {
  /** What came back. */
  enum Reply {
    OFFERED,
    NOT_OFFERED,
    /** The server refuses the connection already now; its words follow. */
    ERROR,
    NOT_POSTGRESQL,
    CLOSED,
    NOTHING
  }

  /** The reply and, for {@link Reply#ERROR}, the server's words. */
  record Answer(Reply reply, String words) {}

  // Length 8, then the code 80877103: "Message Formats", SSLRequest.
  private static final byte[] SSL_REQUEST = {0, 0, 0, 8, 4, (byte) 0xd2, 0x16, 0x2f};
  private static final int LONGEST_ERROR = 2048;

  private TlsQuestion() {}

  static Answer ask(Socket socket, Deadline deadline) {
    try {
      socket.getOutputStream().write(SSL_REQUEST);
      socket.setSoTimeout(millis(deadline));
      var in = socket.getInputStream();
      int first = in.read();
      if (first < 0) {
        return new Answer(Reply.CLOSED, "");
      }
      // A server says nothing after this byte until we go on; "SSH-2.0" begins with an S too.
      boolean alone = in.available() == 0;
      return switch (first) {
        case 'S' -> new Answer(alone ? Reply.OFFERED : Reply.NOT_POSTGRESQL, "");
        case 'N' -> new Answer(alone ? Reply.NOT_OFFERED : Reply.NOT_POSTGRESQL, "");
        case 'E' -> new Answer(Reply.ERROR, words(socket, deadline));
        default -> new Answer(Reply.NOT_POSTGRESQL, "");
      };
    } catch (SocketTimeoutException e) {
      return new Answer(Reply.NOTHING, "");
    } catch (IOException e) {
      return new Answer(Reply.CLOSED, "");
    }
  }

  private static String words(Socket socket, Deadline deadline) {
    var bytes = new ByteArrayOutputStream();
    try {
      var in = socket.getInputStream();
      while (bytes.size() < LONGEST_ERROR && !deadline.expired()) {
        socket.setSoTimeout(millis(deadline));
        int next = in.read();
        if (next < 0) {
          break;
        }
        bytes.write(next == 0 ? '\n' : next);
      }
    } catch (IOException e) {
      bytes.write('\n'); // What came before is worth reading all the same.
    }
    return bytes.toString(StandardCharsets.UTF_8).strip();
  }

  private static int millis(Deadline deadline) {
    return (int) Math.max(1, Math.min(Integer.MAX_VALUE, deadline.remaining().toMillis()));
  }
}
