package com.hotdash.ops.logs;

/** Knows request lines such as {@code GET /app/orders 200 - - 31.4 ms} from their bytes. */
final class RequestLine {
  /** The status of a request whose client did not wait for the answer. */
  static final String CLIENT_GAVE_UP = "499";

  private static final int LONGEST_PATH = 2_000;
  private static final long[] SCALE = {0, 100, 10, 1};

  private RequestLine() {}

  /** Where the status stands, or -1 if the line is no request line. */
  static int status(byte[] bytes, int start, int end) {
    int i = start;
    while (i < end && bytes[i] >= 'A' && bytes[i] <= 'Z') {
      i++;
    }
    if (!method(bytes, start, i) || bytes[i] != ' ' || bytes[i + 1] != '/') {
      return -1;
    }
    int path = i + 1;
    for (i = path; i < end && bytes[i] > ' '; i++) {
      if (i - path > LONGEST_PATH) {
        return -1;
      }
    }
    boolean found =
        end - i > 13
            && bytes[i + 1] >= '1'
            && bytes[i + 1] <= '5'
            && Bytes.digit(bytes[i + 2])
            && Bytes.digit(bytes[i + 3])
            && bytes[i + 4] == ' ';
    return found ? i + 1 : -1;
  }

  /** Whether nobody need look at a request with that status. */
  static boolean quiet(byte[] bytes, int status) {
    return bytes[status] < '5' && !is(bytes, status, CLIENT_GAVE_UP);
  }

  /** Where the number of milliseconds begins with which a request line ends, or -1. */
  static int duration(byte[] bytes, int status, int end) {
    int size = status + 4;
    int i = size;
    while (i < end && bytes[i] > ' ') {
      i++;
    }
    if (i == size || i - size > 20 || end - i < 7 || bytes[i + 1] != '-' || bytes[i + 2] != ' ') {
      return -1;
    }
    return i + (bytes[i] == ' ' && bytes[i + 3] == '-' && bytes[i + 4] == ' ' ? 5 : 3);
  }

  /** The duration that begins there, or -1 if it is finer than can be told here. */
  static long micros(byte[] bytes, int duration, int end) {
    int i = duration;
    while (Bytes.digit(bytes[i])) {
      i++;
    }
    int whole = i - duration;
    long micros = Outline.number(bytes, duration, Math.min(i, duration + 9)) * 1_000;
    if (bytes[i] == '.') {
      int point = i;
      for (i++; Bytes.digit(bytes[i]); i++) {
        micros += i - point <= 3 ? SCALE[i - point] * (bytes[i] - '0') : 0;
      }
      // With more digits than nanoseconds have, reading rounds.
      if (i == point + 1 || i > point + 7) {
        return -1;
      }
    }
    boolean ends = i + 3 == end && bytes[i] == ' ' && bytes[i + 1] == 'm' && bytes[i + 2] == 's';
    return ends && whole >= 1 && whole <= 9 ? micros : -1;
  }

  private static boolean method(byte[] bytes, int from, int to) {
    return switch (to - from) {
      case 3 -> is(bytes, from, "GET") || is(bytes, from, "PUT");
      case 4 -> is(bytes, from, "POST") || is(bytes, from, "HEAD");
      case 5 -> is(bytes, from, "PATCH");
      case 6 -> is(bytes, from, "DELETE");
      case 7 -> is(bytes, from, "OPTIONS");
      default -> false;
    };
  }

  static boolean is(byte[] bytes, int from, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (bytes[from + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }
}
