package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines from raw bytes. A JSON line below ERROR without anything that matters is counted by
 * its head alone; a line or trace like one read before, ids and durations aside, does what that one
 * did; all others are read in full. Not thread-safe.
 */
final class LineScan {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final String HEAD = "{\"timestamp\":\"";
  private static final String LEVEL = "\",\"level\":\"";
  private static final String MESSAGE = "\",\"message\":\"";
  private static final long HEAD_START = eight(HEAD, 0);
  private static final long HEAD_END = eight(HEAD, HEAD.length() - 8);
  private static final long LEVEL_START = eight(LEVEL, 0);
  private static final long LEVEL_END = eight(LEVEL, LEVEL.length() - 8);
  private static final int AFTER_TIME = HEAD.length() + HeadTime.LENGTH;
  private static final int WORD = AFTER_TIME + LEVEL.length();
  private static final long ONES = 0x0101010101010101L;
  // Of the message, or of what stands before and after it if it is short.
  private static final int ABOUT_MESSAGE = WORD + 17;
  private static final int SLOTS = 1 << 13;

  private final Tally tally;
  private final Triggers triggers;
  private final boolean shortcuts;
  private final Joiner joiner;
  private final HeadTime headTime = new HeadTime();
  private final Outlines outlines = new Outlines();
  private final LineKey key = new LineKey();
  private final @Nullable Slot[] slots = new Slot[SLOTS];
  private boolean machines;
  private int lines;

  LineScan(Tally tally, Triggers triggers, boolean shortcuts) {
    this.tally = tally;
    this.triggers = triggers;
    this.shortcuts = shortcuts && triggers.complete();
    this.joiner = new Joiner(this::whole);
  }

  void add(LogLine line) {
    tally.pass(1);
    joiner.add(line);
  }

  void end() {
    joiner.flush();
  }

  /** Whether lines named their machine, so that a trace may go on far below its head. */
  boolean machines() {
    return machines;
  }

  private void whole(LogLine line) {
    machines |= line.instance() != null;
    tally.add(line);
  }

  /** How many lines the last call of {@link #next} took. */
  int taken() {
    return lines;
  }

  /**
   * Takes the line that begins there, and what belongs to it.
   *
   * @param last where the last newline stands; the array goes on for {@link Triggers#MARGIN} bytes
   * @return the newline that ends what was taken
   */
  int next(byte[] bytes, int start, int last) {
    lines = 1;
    long at = HeadTime.NONE;
    if (shortcuts
        && last - start > WORD + 8
        && (long) LONG.get(bytes, start) == HEAD_START
        && (long) LONG.get(bytes, start + HEAD.length() - 8) == HEAD_END
        && (long) LONG.get(bytes, start + AFTER_TIME) == LEVEL_START
        && (long) LONG.get(bytes, start + WORD - 8) == LEVEL_END) {
      at = headTime.millis(bytes, start + HEAD.length());
    }
    if (at == HeadTime.NONE) {
      return plain(bytes, start, last);
    }
    joiner.end("");
    int end = outlined(bytes, start, at);
    return end >= 0 ? end : json(bytes, start, last, at);
  }

  /** Counts a line that is like one read before; returns its end, or -1 if it must be looked at. */
  private int outlined(byte[] bytes, int start, long at) {
    long match =
        outlines.match(bytes, start + AFTER_TIME + 1, start + ABOUT_MESSAGE, tally.floorMicros());
    var outline = outlines.found();
    if (match == Outline.OTHER || outline == null) {
      return -1;
    }
    var effect = outline.effect();
    if (effect == null) {
      tally.pass(1);
      tally.time(at);
    } else if (!tally.again(effect, 1, at, 0, Outline.micros(match))) {
      return -1;
    }
    return Outline.newline(match);
  }

  private int json(byte[] bytes, int start, int last, long at) {
    int word = start + WORD;
    long scanned = triggers.scan(bytes, word, last);
    int end = (int) (scanned >>> Triggers.END);
    int level =
        switch (bytes[word]) {
          case 'i' -> stands("info", bytes, word);
          case 'd' -> stands("debug", bytes, word);
          case 'w' -> stands("warn", bytes, word);
          default -> 0;
        };
    boolean quiet =
        level > 0
            && (scanned & (Triggers.FULL | Triggers.ODD)) == 0
            && end > word + level + MESSAGE.length()
            && quiet(bytes, word + level, end);
    boolean safe = (scanned & (Triggers.EXOTIC | Triggers.ODD)) == 0;
    var builder =
        (quiet || safe) && outlines.open()
            ? OutlineBuilder.of(bytes, start + AFTER_TIME + 1, end, quiet)
            : null;
    if (quiet) {
      tally.pass(1);
      tally.time(at);
      if (builder != null) {
        outlines.put(bytes, start + ABOUT_MESSAGE, builder.build(null));
      }
      return end;
    }
    int stop = bytes[end - 1] == '\r' ? end - 1 : end;
    var effect = read(bytes, start, stop);
    if (builder != null
        && tally.typical(at)
        && effect.told(builder.micros(), UnitSource.FIELD_NAME)) {
      outlines.put(bytes, start + ABOUT_MESSAGE, builder.build(effect));
    }
    return end;
  }

  private static int stands(String text, byte[] bytes, int at) {
    for (int i = 0; i < text.length(); i++) {
      if (bytes[at + i] != text.charAt(i)) {
        return 0;
      }
    }
    return text.length();
  }

  /** Whether a message follows that has no duration in its text. */
  private static boolean quiet(byte[] bytes, int at, int end) {
    if (stands(MESSAGE, bytes, at) == 0) {
      return false;
    }
    int start = at + MESSAGE.length();
    for (int i = start; i < end; i += 8) {
      long x = (long) LONG.get(bytes, i);
      long quote = x ^ (ONES * '"');
      long digit = (x & 0xf0f0f0f0f0f0f0f0L) ^ (ONES * '0');
      long hit = (((quote - ONES) & ~quote) | ((digit - ONES) & ~digit)) & (ONES << 7);
      for (; hit != 0; hit &= hit - 1) {
        int k = i + (Long.numberOfTrailingZeros(hit) >>> 3);
        int c = bytes[k];
        if (c == '"') {
          // A quotation mark within the text ends the look: such a line is read.
          return k > start && bytes[k - 1] != '\\';
        }
        if (c >= '0' && c <= '9' && Triggers.unit(bytes, k)) {
          return false;
        }
      }
    }
    return false;
  }

  private int plain(byte[] bytes, int start, int last) {
    long scanned = triggers.scan(bytes, start, last);
    int end = (int) (scanned >>> Triggers.END);
    if (!shortcuts || !begins(bytes, start) || joiner.awaitsMore("")) {
      return whole(bytes, start, end);
    }
    int flags = (int) scanned;
    int stop = end;
    while (stop < last && goesOn(bytes, stop + 1)) {
      scanned = triggers.scan(bytes, stop + 1, last);
      flags |= (int) scanned;
      stop = (int) (scanned >>> Triggers.END);
      lines++;
    }
    boolean apart = stop < last && (begins(bytes, stop + 1) || json(bytes, stop + 1));
    boolean brief = lines == 1 || stop - start <= LineKey.LONGEST;
    boolean clean = (flags & (Triggers.ODD | Triggers.WIDE)) == 0 && bytes[stop - 1] != '\r';
    if (!apart || !brief || !clean || bytes[end - 1] == '\r') {
      lines = 1;
      return whole(bytes, start, end);
    }
    joiner.end("");
    if (lines > 1 || !request(bytes, start, stop, flags)) {
      if (key.text(bytes, start, stop)) {
        like(bytes, start, stop, Outline.NONE);
      } else {
        read(bytes, start, stop);
      }
    }
    return stop;
  }

  /** Counts a request line by its parts; false if it is none, or must be taken as a text. */
  private boolean request(byte[] bytes, int start, int end, int flags) {
    int status = RequestLine.status(bytes, start, end);
    int duration = status < 0 ? -1 : RequestLine.duration(bytes, status, end);
    long micros = duration < 0 ? -1 : RequestLine.micros(bytes, duration, end);
    if (micros < 0) {
      return false;
    }
    if (micros < tally.floorMicros()
        && (flags & Triggers.FULL) == 0
        && RequestLine.quiet(bytes, status)) {
      tally.pass(1);
      return true;
    }
    if (!key.request(bytes, start, duration)) {
      return false;
    }
    like(bytes, start, end, micros);
    return true;
  }

  private int whole(byte[] bytes, int start, int end) {
    int stop = end > start && bytes[end - 1] == '\r' ? end - 1 : end;
    add(LogLine.of(new String(bytes, start, stop - start, StandardCharsets.UTF_8)));
    return end;
  }

  /** Whether a line begins there that is surely no part of the one before. */
  private static boolean begins(byte[] bytes, int at) {
    int c = bytes[at];
    return (c >= 'A' && c <= 'Z' && c != 'C' && c != 'S')
        || (c >= 'a' && c <= 'z')
        || (c == '[' && bytes[at + 1] != 'c');
  }

  private static boolean json(byte[] bytes, int at) {
    return bytes[at] == '{' && bytes[at + 1] == '"';
  }

  private static boolean goesOn(byte[] bytes, int at) {
    return stands("    at ", bytes, at) > 0 || stands("\tat ", bytes, at) > 0;
  }

  private void like(byte[] bytes, int start, int end, long micros) {
    long mark = LineKey.hash(bytes, start, end);
    long hash = key.hash();
    int index = (int) (hash >>> 51);
    var slot = slots[index];
    if (slot != null && slot.hash == hash && key.matches(slot.bytes)) {
      if (!tally.again(slot.effect, lines, Tally.UNTIMED, mark, micros)) {
        read(bytes, start, end);
      }
      return;
    }
    var effect = read(bytes, start, end);
    if (effect.told(micros, UnitSource.EXPLICIT)) {
      slots[index] = new Slot(hash, key.bytes(), effect);
    }
  }

  private Effect read(byte[] bytes, int start, int end) {
    tally.pass(lines);
    var line = LogLine.of(new String(bytes, start, end - start, StandardCharsets.UTF_8));
    var bare = PlatformPrefix.strip(line);
    machines |= bare.instance() != null;
    return tally.add(bare);
  }

  private static long eight(String text, int from) {
    return (long) LONG.get(text.getBytes(StandardCharsets.US_ASCII), from);
  }

  private static final class Slot {
    private final long hash;
    private final byte[] bytes;
    private final Effect effect;

    Slot(long hash, byte[] bytes, Effect effect) {
      this.hash = hash;
      this.bytes = bytes;
      this.effect = effect;
    }
  }
}
