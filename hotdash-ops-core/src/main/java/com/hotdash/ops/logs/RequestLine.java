package com.hotdash.ops.logs;

/** Knows request lines such as {@code GET /app/orders 200 - - 31.4 ms} from their bytes. */
final class RequestLine {
  /** The status of a request whose client did not wait for the answer. */
  static final String CLIENT_GAVE_UP = "499";

  private RequestLine() {}

  /** Whether a line is a request that was answered below 500 and sooner than that. */
  static boolean quick(byte[] bytes, int start, int end, long floorMicros) {
    int i = start;
    while (i < end && bytes[i] >= 'A' && bytes[i] <= 'Z') {
      i++;
    }
    if (!method(bytes, start, i) || bytes[i] != ' ' || bytes[i + 1] != '/') {
      return false;
    }
    int path = i + 1;
    for (i = path; i < end && bytes[i] > ' '; i++) {
      if (i - path > 2_000) {
        return false;
      }
    }
    boolean status =
        end - i > 13
            && bytes[i + 1] >= '1'
            && bytes[i + 1] <= '4'
            && digit(bytes[i + 2])
            && digit(bytes[i + 3])
            && bytes[i + 4] == ' '
            && !is(bytes, i + 1, CLIENT_GAVE_UP);
    if (!status) {
      return false;
    }
    int size = i + 5;
    for (i = size; i < end && bytes[i] > ' '; i++) {}
    if (i == size || i - size > 20 || end - i < 7 || bytes[i + 1] != '-' || bytes[i + 2] != ' ') {
      return false;
    }
    i += bytes[i] == ' ' && bytes[i + 3] == '-' && bytes[i + 4] == ' ' ? 5 : 3;
    int number = i;
    long millis = 0;
    for (; digit(bytes[i]) && i < number + 9; i++) {
      millis = millis * 10 + (bytes[i] - '0');
    }
    if (i == number) {
      return false;
    }
    if (bytes[i] == '.') {
      int point = i;
      for (i++; digit(bytes[i]) && i <= point + 9; i++) {}
      if (i == point + 1) {
        return false;
      }
      // Rounding to a nanosecond may lift it by one.
      millis++;
    }
    return i + 3 == end
        && bytes[i] == ' '
        && bytes[i + 1] == 'm'
        && bytes[i + 2] == 's'
        && millis * 1_000 < floorMicros;
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

  private static boolean digit(int c) {
    return c >= '0' && c <= '9';
  }
}
