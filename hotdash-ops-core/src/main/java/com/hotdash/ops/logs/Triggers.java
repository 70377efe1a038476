package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds in raw bytes whether a line holds any word that matters. It looks at every fourth group of
 * four bytes: a word of seven letters or more has one of its groups there, wherever it stands.
 */
final class Triggers {
  /** The line must be read in full. */
  static final int FULL = 1;

  /** The line tells a duration in milliseconds. */
  static final int DURATION = 2;

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BITS = 14;
  private static final int FOLD = 0x20202020;

  private final byte[] table = new byte[1 << BITS];
  private final List<List<Word>> buckets = new ArrayList<>();

  Triggers() {
    buckets.add(List.of());
    for (var signature : Signature.values()) {
      for (var word : signature.words()) {
        if (word.length() >= Tally.SCANNED) {
          add(word, Kind.WORD);
        }
      }
    }
    add("\"error\":", Kind.OBJECT);
    add("\"error.", Kind.WORD);
    add("\"code\":\"", Kind.WORD);
    add("\"errorcode\":", Kind.WORD);
    add("\"status\":", Kind.STATUS);
    add("\"statuscode\":", Kind.STATUS);
    add("\"status_code\":", Kind.STATUS);
    add("\"durationms\":", Kind.DURATION);
    for (var field :
        List.of("duration_ms", "duration", "responsetime", "elapsed", "latency", "latencyms")) {
      add("\"" + field + "\":", Kind.WORD);
    }
    for (var words :
        List.of(" took ", "took 1", "elapsed=", "duration=", "elapsed:", "duration:", "latency=")) {
      if (words.length() >= Tally.SCANNED) {
        add(words, Kind.WORD);
      }
    }
  }

  private void add(String text, Kind kind) {
    var word = text.getBytes(StandardCharsets.US_ASCII);
    for (int offset = 0; offset < 4; offset++) {
      int slot = slot((int) INT.get(word, offset));
      int bucket = table[slot] & 0xff;
      if (bucket == 0) {
        bucket = buckets.size();
        if (bucket > 255) {
          throw new IllegalStateException("too many words for one byte");
        }
        buckets.add(new ArrayList<>());
        table[slot] = (byte) bucket;
      }
      buckets.get(bucket).add(new Word(word, kind, offset));
    }
  }

  private static int slot(int gram) {
    return ((gram | FOLD) * 0x9E3779B1) >>> (32 - BITS);
  }

  /** The array must go on for four bytes after {@code end}. */
  int scan(byte[] bytes, int start, int end) {
    var groups = table;
    int flags = 0;
    int i = start;
    for (; i + 12 < end; i += 16) {
      int a = groups[slot((int) INT.get(bytes, i))];
      int b = groups[slot((int) INT.get(bytes, i + 4))];
      int c = groups[slot((int) INT.get(bytes, i + 8))];
      int d = groups[slot((int) INT.get(bytes, i + 12))];
      if ((a | b | c | d) != 0) {
        flags |= check(a, bytes, i, start, end);
        flags |= check(b, bytes, i + 4, start, end);
        flags |= check(c, bytes, i + 8, start, end);
        flags |= check(d, bytes, i + 12, start, end);
        if ((flags & FULL) != 0) {
          return flags;
        }
      }
    }
    for (; i < end; i += 4) {
      flags |= check(groups[slot((int) INT.get(bytes, i))], bytes, i, start, end);
    }
    return flags;
  }

  private int check(int bucket, byte[] bytes, int at, int start, int end) {
    if (bucket == 0) {
      return 0;
    }
    int flags = 0;
    var words = buckets.get(bucket & 0xff);
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      int from = at - word.offset;
      if (from >= start && word.standsAt(bytes, from, end)) {
        int next = from + word.bytes.length;
        flags |= word.kind.flag(next < end ? bytes[next] : 0);
      }
    }
    return flags;
  }

  private enum Kind {
    WORD,
    OBJECT,
    STATUS,
    DURATION;

    int flag(byte next) {
      return switch (this) {
        case WORD -> FULL;
        case OBJECT -> next == 'n' ? 0 : FULL;
        case STATUS -> next >= '1' && next <= '4' ? 0 : FULL;
        case DURATION -> Triggers.DURATION;
      };
    }
  }

  private static final class Word {
    private final byte[] bytes;
    private final Kind kind;
    private final int offset;

    Word(byte[] bytes, Kind kind, int offset) {
      this.bytes = bytes;
      this.kind = kind;
      this.offset = offset;
    }

    boolean standsAt(byte[] line, int from, int end) {
      if (from + bytes.length > end) {
        return false;
      }
      for (int i = 0; i < bytes.length; i++) {
        int c = line[from + i];
        if (c != bytes[i] && !(c >= 'A' && c <= 'Z' && (c | 0x20) == bytes[i])) {
          return false;
        }
      }
      return true;
    }
  }
}
