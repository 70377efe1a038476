package com.hotdash.ops.http;

import com.hotdash.ops.time.Deadline;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** The body of an answer, bounded in size and time. Failures are {@link HttpException}s. */
final class BodyStream extends InputStream {
  private final Exchange exchange;
  private final HttpHead head;
  private final long maxBytes;
  private final Deadline limit;
  private final CallContext context;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private long received;
  private boolean ended;

  BodyStream(Exchange exchange, HttpHead head, long maxBytes, Deadline limit, CallContext context) {
    this.exchange = exchange;
    this.head = head;
    this.maxBytes = maxBytes;
    this.limit = limit;
    this.context = context;
  }

  @Override
  public int read() {
    return more() ? piece.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!more()) {
      return -1;
    }
    int n = Math.min(length, piece.remaining());
    piece.get(into, offset, n);
    return n;
  }

  @Override
  public int available() {
    return piece.remaining();
  }

  private boolean more() {
    while (!piece.hasRemaining() && !ended) {
      take();
    }
    return piece.hasRemaining();
  }

  private void take() {
    var next = next();
    var bytes = next.bytes();
    if (next.failure() != null) {
      throw context.broken(next.failure(), exchange.giveUp());
    }
    if (bytes == null) {
      ended = true;
      return;
    }
    received += bytes.remaining();
    if (received > maxBytes) {
      throw context.bodyTooLarge(head, maxBytes);
    }
    piece = bytes;
  }

  private Exchange.Piece next() {
    try {
      var next = limit.expired() ? null : exchange.next(limit.remaining());
      if (next == null) {
        throw context.timedOut(exchange.giveUp(), "the answer's body did not end in time");
      }
      return next;
    } catch (InterruptedException e) {
      throw context.interrupted(exchange.giveUp());
    }
  }

  /** Reads the start of an error's body. That it breaks off or drags on must not hide the error. */
  byte[] prefix(int bytes) {
    var start = new ByteArrayOutputStream();
    try {
      while (start.size() < bytes && more()) {
        var some = new byte[Math.min(bytes - start.size(), piece.remaining())];
        piece.get(some);
        start.write(some, 0, some.length);
      }
    } catch (HttpException e) {
      ended = false; // the error that the status tells is worth more than how its text ended
    }
    return start.toByteArray();
  }

  /** Whether the end of the body was seen. */
  boolean atEnd() {
    return ended && !piece.hasRemaining();
  }
}
