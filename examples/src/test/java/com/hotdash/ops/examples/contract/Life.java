package com.hotdash.ops.examples.contract;

import com.hotdash.ops.resolution.Journal;
import com.hotdash.ops.resolution.JournalEntry;
import com.hotdash.ops.time.Time;
import java.io.IOException;
import java.io.Serial;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.ReentrantLock;
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
  private final ReentrantLock turn = new ReentrantLock(true);
  private boolean begun;
  private boolean dead;
  private boolean lost;
  private int lines;
  private int calls;
  private int writes;
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

  synchronized int writes() {
    return writesCounted == null ? writes : writesCounted.getAsInt();
  }

  /** For calls that are not HTTP, whoever carries them counts. */
  synchronized void countWritesBy(IntSupplier count) {
    writesCounted = count;
  }

  /** Virtual time in which nobody waits while another thread's call is under way. */
  Time turns(Time virtual) {
    return new Time(
        virtual.clock(),
        virtual.ticker(),
        wait -> {
          turn.lock();
          try {
            virtual.sleeper().sleep(wait);
          } finally {
            turn.unlock();
          }
        });
  }

  OkHttpClient transport() {
    return new OkHttpClient.Builder().addInterceptor(this::send).build();
  }

  /** Makes one call of another system that is not HTTP. */
  synchronized <T> T call(Callable<T> call) throws Exception {
    calls += begun ? 1 : 0;
    die(Moment.At.CALL, calls, true);
    var answer = call.call();
    die(Moment.At.CALL, calls, false);
    return answer;
  }

  private Response send(Interceptor.Chain chain) throws IOException {
    turn.lock();
    try {
      return answer(chain);
    } finally {
      turn.unlock();
    }
  }

  private synchronized Response answer(Interceptor.Chain chain) throws IOException {
    boolean write = isWrite(chain.request());
    calls += begun ? 1 : 0;
    writes += begun && write ? 1 : 0;
    die(Moment.At.CALL, calls, true);
    lose(write, true);
    try (var answer = chain.proceed(chain.request())) {
      // Read here, so that nobody's wait falls into it.
      var body = ResponseBody.create(answer.body().bytes(), answer.body().contentType());
      die(Moment.At.CALL, calls, false);
      lose(write, false);
      return answer.newBuilder().body(body).build();
    }
  }

  private void die(Moment.At at, int count, boolean before) {
    boolean now = begun && moment.fate() == Moment.Fate.DEATH && moment.is(at, count, before);
    dead |= now;
    if (dead) {
      throw new Death();
    }
  }

  private void lose(boolean write, boolean before) throws IOException {
    if (begun
        && write
        && moment.fate() == Moment.Fate.LOSS
        && moment.is(Moment.At.WRITE, writes, before)) {
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
          lines += begun ? 1 : 0;
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
