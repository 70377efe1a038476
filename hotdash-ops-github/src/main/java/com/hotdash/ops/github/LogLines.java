package com.hotdash.ops.github;

import com.hotdash.ops.http.HttpException;
import com.hotdash.ops.pipeline.LogExcerpt.Line;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a job's log apart into lines, in memory that does not grow with it: byte order mark, line
 * ends, colours and the time before each line are taken off. Not thread-safe.
 */
final class LogLines {
  /** The longest line that is kept, in bytes. */
  static final int LONGEST = 4096;

  private static final Pattern ESCAPES =
      Pattern.compile(
          "\u001b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)?|.)");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\t]]");

  private final long maxBytes;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
  private boolean cut;
  private long number;
  private @Nullable String incomplete;

  /**
   * Makes one.
   *
   * @param maxBytes where to stop; what came until then counts
   */
  LogLines(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Reads to the end, or until the call's time or bound is used up; what came until then counts.
   *
   * @param consumer sees each line, in order
   */
  void read(InputStream in, Consumer<Line> consumer) throws IOException {
    var buffer = new byte[16 * 1024];
    long received = 0;
    try {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        take(buffer, (int) Math.min(n, maxBytes - received), consumer);
        received += n;
        if (received > maxBytes) {
          incomplete = "it has more than %,d bytes, the bound".formatted(maxBytes);
          break;
        }
      }
    } catch (HttpException e) {
      incomplete = e.problem();
    }
    if (line.size() > 0 || cut) {
      // A credential that the log's end cut through would not be recognised.
      cut |= incomplete != null;
      end(consumer);
    }
  }

  long total() {
    return number;
  }

  /** Why the log was not read to its end, or {@code null} if it was. */
  @Nullable String incomplete() {
    return incomplete;
  }

  private void take(byte[] buffer, int length, Consumer<Line> consumer) {
    int from = 0;
    for (int i = 0; i < length; i++) {
      if (buffer[i] == '\n') {
        add(buffer, from, i);
        end(consumer);
        from = i + 1;
      }
    }
    add(buffer, from, length);
  }

  private void add(byte[] buffer, int from, int to) {
    int room = Math.max(0, LONGEST - line.size());
    line.write(buffer, from, Math.min(room, to - from));
    cut |= to - from > room;
  }

  private void end(Consumer<Line> consumer) {
    var text = line.toString(StandardCharsets.UTF_8);
    number++;
    if (number == 1 && text.startsWith("\uFEFF")) {
      text = text.substring(1);
    }
    if (cut) {
      // Half a credential would not be recognised: the word that was cut through must go.
      text = text.substring(0, text.lastIndexOf(' ') + 1) + "…";
    }
    line.reset();
    cut = false;
    consumer.accept(parse(number, text));
  }

  static Line parse(long number, String raw) {
    int space = raw.indexOf(' ');
    // A line without text has its time alone.
    int end = space < 0 ? raw.stripTrailing().length() : space;
    boolean dated = end >= 20 && end <= 40 && raw.charAt(4) == '-' && raw.charAt(10) == 'T';
    var at = dated ? Fields.instantOf(raw.substring(0, end)) : null;
    var text = at == null ? raw : raw.substring(Math.min(raw.length(), end + 1));
    return new Line(number, at, plain(text));
  }

  static String plain(String text) {
    var clean = text.indexOf('\u001b') < 0 ? text : ESCAPES.matcher(text).replaceAll("");
    return CONTROLS.matcher(clean).replaceAll("");
  }
}
