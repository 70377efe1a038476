package com.hotdash.ops.examples.contract;

import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.function.IntSupplier;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;
import org.jspecify.annotations.Nullable;

/** One process, which can die or lose an answer. It counts what it sends and writes. */
final class Life {
  private final Moment moment;
  private boolean begun;
  private boolean dead;
  private boolean lost;
  private int lines;
  private int calls;
  private int writes;
  private int looks;
  private @Nullable IntSupplier writesCounted;
  private Runnable onBegin = () -> {};

  /** Not an exception: nothing may take it for an answer. */
  static final class Death extends Error {
    @Serial private static final long serialVersionUID = 1;
  }

  Life(Moment moment) {
    this.moment = moment;
  }

  static Life whole() {
    return new Life(Moment.NEVER);
  }

  Moment moment() {
    return moment;
  }

  /** From now on it counts. */
  synchronized void begin() {
    begun = true;
    onBegin.run();
  }

  synchronized void onBegin(Runnable work) {
    onBegin = work;
  }

  synchronized boolean dead() {
    return dead;
  }

  /** How many there have been of what a moment counts. */
  int counted(Moment.At at) {
    return switch (at) {
      case LINE -> lines();
      case CALL -> calls();
      case WRITE -> writes();
    };
  }

  /** Whether the answer that was to be lost was. */
  synchronized boolean lost() {
    return lost || writes() >= moment.number();
  }

  synchronized int lines() {
    return lines;
  }

  synchronized int calls() {
    return calls;
  }

  /** How many of the writes came before the first line. */
  synchronized int looks() {
    return looks;
  }

  synchronized int writes() {
    return writesCounted == null ? writes : writesCounted.getAsInt();
  }

  /** For calls that are not HTTP, whoever carries them counts. */
  synchronized void countWritesBy(IntSupplier count) {
    writesCounted = count;
  }

  OkHttpClient transport() {
    return new OkHttpClient.Builder().addInterceptor(this::send).build();
  }

  private Response send(Interceptor.Chain chain) throws IOException {
    var mine = sent(isWrite(chain.request()));
    try (var answer = chain.proceed(chain.request())) {
      var body = ResponseBody.create(answer.body().bytes(), answer.body().contentType());
      answered(mine);
      return answer.newBuilder().body(body).build();
    }
  }

  /** One of our calls, as it was counted when it was sent. */
  private record Sent(int call, int write, boolean writes) {}

  private synchronized Sent sent(boolean write) throws IOException {
    calls += begun ? 1 : 0;
    writes += begun && write ? 1 : 0;
    var sent = new Sent(calls, writes, write);
    die(Moment.At.CALL, calls, true);
    lose(sent, true);
    return sent;
  }

  private synchronized void answered(Sent sent) throws IOException {
    die(Moment.At.CALL, sent.call(), false);
    lose(sent, false);
  }

  private void die(Moment.At at, int count, boolean before) {
    boolean now = begun && moment.fate() == Moment.Fate.DEATH && moment.is(at, count, before);
    dead |= now;
    if (dead) {
      throw new Death();
    }
  }

  private void lose(Sent sent, boolean before) throws IOException {
    if (begun
        && sent.writes()
        && moment.fate() == Moment.Fate.LOSS
        && moment.is(Moment.At.WRITE, sent.write(), before)) {
      lost = true;
      throw new IOException("unexpected end of stream");
    }
  }

  /** GraphQL reads by POST as well. */
  private static boolean isWrite(Request request) throws IOException {
    if (request.method().equals("GET") || request.method().equals("HEAD")) {
      return false;
    }
    var body = new Buffer();
    if (request.body() != null) {
      request.body().writeTo(body);
    }
    return !request.url().encodedPath().contains("graphql") || body.readUtf8().contains("mutation");
  }

  /** Returns a journal as this process writes it. */
  Journal lines(Journal real) {
    return new Journal() {
      @Override
      public void append(JournalEntry entry) {
        synchronized (Life.this) {
          looks = begun && lines == 0 ? writes() : looks;
          lines += begun ? 1 : 0;
          // Who dies of a lost answer does not live to write down what became of it.
          dead |=
              begun
                  && moment.fate() == Moment.Fate.DEATH
                  && moment.at() == Moment.At.WRITE
                  && lost();
          die(Moment.At.LINE, lines, true);
          real.append(entry);
          die(Moment.At.LINE, lines, false);
        }
      }

      @Override
      public List<JournalEntry> entries() {
        return real.entries();
      }

      @Override
      public String place() {
        return real.place();
      }
    };
  }
}
