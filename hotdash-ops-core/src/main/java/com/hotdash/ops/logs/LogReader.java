package com.hotdash.ops.logs;

import com.hotdash.ops.error.InterruptedOpsException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.time.Deadline;
import com.hotdash.ops.time.Limits;
import com.hotdash.ops.time.Time;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Reads log lines and sums them up, in memory that does not grow with their number. The order of
 * lines changes nothing but the joining of stack traces. Immutable and thread-safe.
 */
public final class LogReader {
  private final Settings settings;
  private final Triggers triggers;

  private LogReader(Settings settings) {
    this.settings = settings;
    this.triggers = new Triggers(settings.floorMicros() / 1_000);
  }

  /**
   * Starts a reader.
   *
   * @return a builder with the defaults
   */
  public static Builder builder() {
    return new Builder();
  }

  /**
   * Sums up lines that a platform's client hands over.
   *
   * @param lines the lines; not read past the bounds
   * @param query what is asked
   * @return the sum
   */
  public LogSummary read(Iterable<LogLine> lines, LogQuery query) {
    var tally = new Tally(settings, query);
    var scan = new LineScan(tally, triggers, settings.shortcuts());
    var deadline = deadline();
    var ended = Coverage.Ended.END;
    long cut = 0;
    for (var line : lines) {
      if (tally.lines() >= settings.maxLines()) {
        ended = Coverage.Ended.LINES;
      } else if (tally.lines() % 256 == 0) {
        ended =
            Thread.currentThread().isInterrupted()
                ? Coverage.Ended.INTERRUPTED
                : deadline.expired() ? Coverage.Ended.DEADLINE : ended;
      }
      if (ended != Coverage.Ended.END) {
        break;
      }
      cut += line.message().length() > CleanText.LONGEST ? 1 : 0;
      scan.add(line);
    }
    scan.end();
    return new LogSummary(tally, query, 0, cut, ended, settings.time().now());
  }

  /**
   * Sums up text, one entry a line, in UTF-8; bytes that are not are replaced.
   *
   * <p>A stream whose {@code read} never returns ends by {@link Builder#limit}, with what was read.
   * It is read by a daemon thread, somewhat ahead of the bounds; a thread that is stuck in it stays
   * until the stream is closed.
   *
   * @param in the text; stays open
   * @param query what is asked
   * @return the sum; a stream that fails ends it, and the coverage says so
   */
  public LogSummary read(InputStream in, LogQuery query) {
    if (in instanceof ByteArrayInputStream) {
      return direct(in, query);
    }
    try (var awaited = AwaitedStream.of(in)) {
      return direct(awaited, query);
    }
  }

  private LogSummary direct(InputStream in, LogQuery query) {
    var tally = new Tally(settings, query);
    var scan = new LineScan(tally, triggers, settings.shortcuts());
    var source = new Source(scan, deadline(), settings.maxBytes(), settings.maxLines());
    var ended = source.read(in);
    scan.end();
    return new LogSummary(tally, query, source.bytes(), source.cut(), ended, settings.time().now());
  }

  /**
   * Sums up a file, by several threads if {@link Builder#executor} was set.
   *
   * @param file the file
   * @param query what is asked
   * @return the sum
   * @throws LogFileException if the file is missing, is a directory, may not be read, or becomes
   *     shorter while it is read by several threads; it says what to do next
   * @throws InterruptedOpsException if the thread is interrupted while it waits for the others
   */
  public LogSummary read(Path file, LogQuery query) {
    try {
      if (Files.isDirectory(file)) {
        throw new IOException("a directory has no lines");
      }
      var executor = settings.executor();
      if (executor != null
          && settings.parallelism() > 1
          && Files.size(file) <= settings.maxBytes()) {
        var chunks = FileChunks.of(file, settings.parallelism());
        if (chunks.size() > 1) {
          var summary =
              new ChunkedRead(settings, triggers, deadline()).read(file, chunks, query, executor);
          if (summary != null) {
            return summary;
          }
        }
      }
      try (var in = Files.newInputStream(file)) {
        return Files.isRegularFile(file) ? direct(in, query) : read(in, query);
      }
    } catch (IOException e) {
      throw LogFileException.of(file, e, settings.redaction());
    }
  }

  private Deadline deadline() {
    return settings.time().deadline(settings.limit());
  }

  /** Sets up a reader. Not thread-safe. */
  public static final class Builder {
    private Time time = Time.SYSTEM;
    private Redactor redactor = Redactor.SHAPES;
    private Set<String> keptStrings = Set.of();
    private int maxGroups = 2_000;
    private Duration durationsFrom = Duration.ofMillis(500);
    private long maxBytes = 4L << 30;
    private long maxLines = 50_000_000;
    private Duration limit = Duration.ofMinutes(2);
    private @Nullable Executor executor;
    private int parallelism = 1;
    private boolean shortcuts = true;

    private Builder() {}

    /**
     * Sets all time that is used. Default: the system's.
     *
     * @param value the time
     * @return this builder
     */
    public Builder time(Time value) {
      time = value;
      return this;
    }

    /**
     * Sets what takes credentials out of all that is kept. Default: known shapes only.
     *
     * @param value the redactor
     * @return this builder
     */
    public Builder redactor(Redactor value) {
      redactor = value;
      return this;
    }

    /**
     * Names quoted strings that stay in templates, such as columns. Default: none.
     *
     * @param values the strings, without quotes
     * @return this builder
     */
    public Builder keepQuoted(Set<String> values) {
      keptStrings = Set.copyOf(values);
      return this;
    }

    /**
     * Bounds the number of groups. Default 2,000; what is over it is counted together.
     *
     * @param value more than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not
     */
    public Builder maxGroups(int value) {
      maxGroups = (int) positive(value, "maxGroups");
      return this;
    }

    /**
     * Sets from which duration on lines are kept for {@link LogSummary#slow}. Default 500 ms; lines
     * that tell of less are not looked at, which makes reading several times faster. Zero keeps
     * all.
     *
     * @param value the least duration, in whole milliseconds, at most a day
     * @return this builder
     * @throws IllegalArgumentException if it is negative, longer, or finer than a millisecond
     */
    public Builder durationsFrom(Duration value) {
      boolean whole = value.equals(value.truncatedTo(ChronoUnit.MILLIS));
      if (value.isNegative() || value.compareTo(Duration.ofDays(1)) > 0 || !whole) {
        throw new IllegalArgumentException(
            "durationsFrom must be whole milliseconds from 0 to a day, not " + value);
      }
      durationsFrom = value;
      return this;
    }

    /**
     * Bounds the bytes of one reading. Default 4 GiB.
     *
     * @param value more than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not
     */
    public Builder maxBytes(long value) {
      maxBytes = positive(value, "maxBytes");
      return this;
    }

    /**
     * Bounds the lines of one reading. Default 50 million.
     *
     * @param value more than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not
     */
    public Builder maxLines(long value) {
      maxLines = positive(value, "maxLines");
      return this;
    }

    /**
     * Bounds the time of one reading. Default 2 min.
     *
     * @param value more than zero
     * @return this builder
     * @throws IllegalArgumentException if it is not
     */
    public Builder limit(Duration value) {
      limit = Limits.positive(value, "limit");
      return this;
    }

    /**
     * Reads files by several threads. Default: the caller's alone.
     *
     * @param value runs the parts beside the caller's thread; stays the caller's. One that is busy
     *     costs time only
     * @param threads into how many parts a file is cut, the caller's included; 1 to 64
     * @return this builder
     * @throws IllegalArgumentException if {@code threads} is out of range
     */
    public Builder executor(Executor value, int threads) {
      if (threads < 1 || threads > 64) {
        throw new IllegalArgumentException("threads must be 1 to 64, not " + threads);
      }
      executor = value;
      parallelism = threads;
      return this;
    }

    Builder shortcuts(boolean value) {
      shortcuts = value;
      return this;
    }

    private static long positive(long value, String name) {
      if (value <= 0) {
        throw new IllegalArgumentException(name + " must be more than zero, not " + value);
      }
      return value;
    }

    /**
     * Makes the reader.
     *
     * @return the reader
     */
    public LogReader build() {
      return new LogReader(
          new Settings(
              time,
              new LogRedaction(redactor),
              new Masks(keptStrings),
              maxGroups,
              durationsFrom.toNanos() / 1_000,
              maxBytes,
              maxLines,
              limit,
              executor,
              parallelism,
              shortcuts));
    }
  }
}
