package com.hotdash.ops.logs;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the end of a line and, in the same pass over its bytes, whether anything in it matters.
 * Eight bytes are looked at together. Words of seven letters or more are found by their groups of
 * four bytes, of which every fourth is looked up: one of them stands there wherever the word does.
 * Shorter ones are found by a pair of bytes that they hold.
 */
final class Triggers {
  /** The line must be read in full. */
  static final int FULL = 1;

  /** A duration is told otherwise than by {@code durationMs}. */
  static final int EXOTIC = 2;

  /** The line holds bytes that cleaning or unescaping would change, so that bytes tell nothing. */
  static final int ODD = 4;

  /** The line holds bytes that are not ASCII. */
  static final int WIDE = 8;

  /** How far the result's line end is shifted, above the flags. */
  static final int END = 8;

  /** How many bytes an array must go on after the last newline. */
  static final int MARGIN = 64;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int BITS = 14;
  private static final int SCANNED = 7;
  private static final long FOLD = 0x2020202020202020L;
  private static final String RARE_LAST = "etaoinsrhldcu mfpgwybv";

  private final byte[] table = new byte[1 << BITS];
  private final List<List<Word>> buckets = new ArrayList<>();
  private final List<Word> codes = new ArrayList<>();
  private final long floor;
  private boolean complete = true;

  /**
   * Makes the table.
   *
   * @param floorMillis the least duration that matters
   */
  Triggers(long floorMillis) {
    this.floor = floorMillis;
    buckets.add(List.of());
    for (var signature : Signature.values()) {
      for (var word : signature.words()) {
        if (word.length() >= SCANNED) {
          add(word, FULL);
        } else if (pairOf(word) >= 0) {
          codes.add(new Word(word, FULL, pairOf(word)));
        } else if (!word.startsWith("[p")) {
          complete = false;
        }
      }
    }
    add("statuscode\"", 0);
    add("status_code\"", 0);
    add("instance\"", FULL | ODD);
    for (var name : List.of("responsetime", "duration", "elapsed", "latency")) {
      add(name + "\"", FULL | EXOTIC);
    }
    add("\"took\":", FULL | EXOTIC);
    add("\"took\" ", FULL | EXOTIC);
    add(".took\":", FULL | EXOTIC);
    add(".took\" ", FULL | EXOTIC);
  }

  /** Whether every word of every signature is found. If not, no shortcut is safe. */
  boolean complete() {
    return complete;
  }

  private static int pairOf(String word) {
    for (int i = 0; i + 1 < word.length(); i++) {
      if (word.charAt(i) == 'p' && word.charAt(i + 1) >= '0' && word.charAt(i + 1) <= '3') {
        return i;
      }
    }
    return -1;
  }

  private void add(String text, int flags) {
    var word = ascii(text);
    int best = 0;
    for (int from = 1; from + SCANNED <= word.length; from++) {
      best = weight(text, from) > weight(text, best) ? from : best;
    }
    for (int offset = best; offset < best + 4; offset++) {
      int gram = word[offset] | word[offset + 1] << 8 | word[offset + 2] << 16;
      int slot = slot(gram | word[offset + 3] << 24 | (int) FOLD);
      int bucket = table[slot] & 0xff;
      if (bucket == 0) {
        bucket = buckets.size();
        if (bucket > 255) {
          throw new IllegalStateException("too many words for one byte");
        }
        buckets.add(new ArrayList<>());
        table[slot] = (byte) bucket;
      }
      buckets.get(bucket).add(new Word(text, flags, offset));
    }
  }

  // The more rare letters, the fewer lines are looked at twice.
  private static int weight(String text, int from) {
    int weight = 0;
    for (int i = from; i < from + SCANNED; i++) {
      int rank = RARE_LAST.indexOf(text.charAt(i));
      weight += rank < 0 ? RARE_LAST.length() : rank;
    }
    return weight;
  }

  private static int slot(int folded) {
    return (folded * 0x9E3779B1) >>> (32 - BITS);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Scans up to the next newline, which must stand at {@code last} at the latest.
   *
   * @return the newline's index, shifted by {@link #END}, and the flags
   */
  long scan(byte[] bytes, int start, int last) {
    int flags = 0;
    for (int i = skip(bytes, start, last); i <= last; i = skip(bytes, i + 8, last)) {
      long folded = (long) LONG.get(bytes, i) | FOLD;
      int one = table[slot((int) folded)];
      int two = table[slot((int) (folded >>> 32))];
      if ((one | two) != 0) {
        flags |= words(one, bytes, i, start) | words(two, bytes, i + 4, start);
      }
      for (long bits = Hits.in(bytes, i); bits != 0; bits &= bits - 1) {
        int at = i + (Long.numberOfTrailingZeros(bits) >>> 3);
        if (bytes[at] == '\n') {
          return (long) at << END | flags;
        }
        flags |= at(bytes, at, start);
      }
    }
    throw new IllegalStateException("no newline ends the line");
  }

  /** Finds the next eight bytes that hold anything of interest. The whole cost of most lines. */
  private int skip(byte[] bytes, int start, int last) {
    var groups = table;
    int i = start;
    while (i <= last) {
      long folded = (long) LONG.get(bytes, i) | FOLD;
      int grams = groups[slot((int) folded)] | groups[slot((int) (folded >>> 32))];
      if ((Hits.in(bytes, i) | grams) != 0) {
        return i;
      }
      i += 8;
    }
    return i;
  }

  private int words(int bucket, byte[] bytes, int at, int start) {
    int flags = 0;
    var words = bucket == 0 ? List.<Word>of() : buckets.get(bucket & 0xff);
    for (int i = 0; i < words.size(); i++) {
      var word = words.get(i);
      int from = at - word.offset();
      if (from >= start && word.standsAt(bytes, from)) {
        flags |= word.flags() != 0 ? word.flags() : status(bytes, from + word.length());
      }
    }
    return flags;
  }

  private int at(byte[] bytes, int at, int start) {
    int next = bytes[at + 1];
    return switch (bytes[at]) {
      // An escape may stand for any letter, or for a blank before a duration.
      case '\\' ->
          next == 'u' || (at > start && bytes[at - 1] == '"' && next != '"' && next != '\\')
              ? ODD
              : 0;
      case '"' -> next == 'e' ? error(bytes, at) : duration(bytes, at + 1);
      case '[' -> (next | 0x20) == 'p' && Bytes.digit(bytes[at + 3]) ? FULL : 0;
      case 'p', 'P' -> code(bytes, at, start);
      case 's', 'S' -> next == '"' && at - 5 >= start ? name(bytes, at) : 0;
      case '\r' -> next == '\n' ? 0 : ODD;
      case 0x7f -> ODD;
      default -> bytes[at] < 0 ? wide(bytes, at) : bytes[at] < ' ' ? ODD : 0;
    };
  }

  private int code(byte[] bytes, int at, int start) {
    for (int i = 0; i < codes.size(); i++) {
      var word = codes.get(i);
      if (at - word.offset() >= start && word.standsAt(bytes, at - word.offset())) {
        return FULL;
      }
    }
    return 0;
  }

  private static int error(byte[] bytes, int at) {
    if (bytes[at + 2] != 'r' || bytes[at + 3] != 'r') {
      return 0;
    }
    int end = bytes[at + 4] == 'o' && bytes[at + 5] == 'r' ? at + 6 : at + 4;
    boolean nothing =
        bytes[end] == '"'
            && bytes[end + 1] == ':'
            && bytes[end + 2] == 'n'
            && bytes[end + 3] == 'u';
    return (bytes[end] == '"' && !nothing) || bytes[end] == '.' ? FULL : 0;
  }

  /** Looks at a string that begins with a number: with a unit it is a duration. */
  private static int duration(byte[] bytes, int from) {
    int i = from;
    while (bytes[i] == ' ') {
      i++;
    }
    if (!Bytes.digit(bytes[i])) {
      return 0;
    }
    return unit(bytes, i) ? FULL | EXOTIC : 0;
  }

  /** Whether what stands after the number at that place could be a unit of time. */
  static boolean unit(byte[] bytes, int number) {
    int i = number;
    while (Bytes.digit(bytes[i]) || bytes[i] == '.' || bytes[i] == ',') {
      i++;
    }
    i = bytes[i] == ' ' || bytes[i] == '\t' ? i + 1 : i;
    return switch (bytes[i]) {
      case 'n', 'u', 'm', 's', 'h', '\\' -> true;
      default -> bytes[i] < 0;
    };
  }

  /** Looks at the name of a field whose last letter is an s. */
  private int name(byte[] bytes, int at) {
    int next = bytes[at + 2];
    if (next == ',' || next == '}' || next == ']' || next == '\n') {
      return 0;
    }
    return switch (bytes[at - 1]) {
      case 'u', 'U' -> (bytes[at - 2] | 0x20) == 't' ? status(bytes, at + 2) : 0;
      case 'M' -> millis(bytes, at);
      case 'N', '_', 'd', 'D' -> FULL | EXOTIC;
      case 'm', 'n' -> bytes[at - 2] == '_' ? FULL | EXOTIC : 0;
      default -> 0;
    };
  }

  private int millis(byte[] bytes, int at) {
    boolean usual =
        bytes[at + 2] == ':'
            && bytes[at - 2] == 'n'
            && bytes[at - 3] == 'o'
            && bytes[at - 4] == 'i'
            && bytes[at - 5] == 't';
    long value = 0;
    int i = at + 3;
    for (; Bytes.digit(bytes[i]) && i < at + 13; i++) {
      value = value * 10 + (bytes[i] - '0');
    }
    boolean plain = i > at + 3 && (bytes[i] == ',' || bytes[i] == '}');
    if (!plain || bytes[at + 2] != ':') {
      return FULL | EXOTIC;
    }
    return (value >= floor ? FULL : 0) | (usual ? 0 : EXOTIC);
  }

  private static int status(byte[] bytes, int colon) {
    boolean quiet =
        bytes[colon] == ':'
            && bytes[colon + 1] >= '1'
            && bytes[colon + 1] <= '4'
            && !RequestLine.is(bytes, colon + 1, RequestLine.CLIENT_GAVE_UP);
    return quiet ? 0 : FULL;
  }

  /** Letters beyond ASCII that cleaning takes out, or that are a k in lower case. */
  private static int wide(byte[] bytes, int at) {
    int next = bytes[at + 1] & 0xff;
    boolean odd =
        switch (bytes[at] & 0xff) {
          case 0xc2 -> next < 0xa0;
          case 0xe2, 0xe1, 0xe3 -> next <= 0x84;
          case 0xc4 -> next == 0xb0;
          default -> false;
        };
    return odd ? ODD | WIDE : WIDE;
  }
}
