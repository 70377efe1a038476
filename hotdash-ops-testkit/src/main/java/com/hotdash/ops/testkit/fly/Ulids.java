package com.hotdash.ops.testkit.fly;

import java.time.Instant;
import java.util.SplittableRandom;

/** Makes identifiers in Fly's forms. Not thread-safe: used under the world's lock. */
final class Ulids {
  private static final String DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private final SplittableRandom random = new SplittableRandom(20251123);
  private long count;

  /** Returns 26 characters that sort by time, and by order of making within a millisecond. */
  String next(Instant at) {
    count++;
    return base32(at.toEpochMilli(), 10) + base32(count, 6) + base32(random.nextLong(1L << 50), 10);
  }

  /** Returns 14 characters as machine ids have them. */
  String machineId() {
    return "%014x".formatted(random.nextLong(1L << 55) | 1L << 52);
  }

  String hex(int digits) {
    var text = new StringBuilder();
    while (text.length() < digits) {
      text.append(Integer.toHexString(random.nextInt(16)));
    }
    return text.toString();
  }

  /** Returns 25 letters and digits, as the ids of releases have them. */
  String opaque() {
    var text = new StringBuilder();
    for (int i = 0; i < 25; i++) {
      int n = random.nextInt(62);
      text.append((char) (n < 10 ? '0' + n : n < 36 ? 'A' + n - 10 : 'a' + n - 36));
    }
    return text.toString();
  }

  private static String base32(long value, int length) {
    var text = new char[length];
    long rest = value;
    for (int i = length - 1; i >= 0; i--) {
      text[i] = DIGITS.charAt((int) (rest & 31));
      rest >>>= 5;
    }
    return new String(text);
  }
}
