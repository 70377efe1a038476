package com.hotdash.ops.logs;

import java.nio.charset.StandardCharsets;

/** A word that is scanned for, in any case of letters. */
final class Word {
  private final byte[] bytes;
  private final int flags;
  private final int offset;

  /**
   * Makes one.
   *
   * @param flags what it says of a line, as in {@link Triggers}
   * @param offset at which of its bytes it is looked for
   */
  Word(String text, int flags, int offset) {
    this.bytes = text.getBytes(StandardCharsets.US_ASCII);
    this.flags = flags;
    this.offset = offset;
  }

  int flags() {
    return flags;
  }

  int offset() {
    return offset;
  }

  int length() {
    return bytes.length;
  }

  boolean standsAt(byte[] line, int from) {
    for (int i = 0; i < bytes.length; i++) {
      int c = line[from + i];
      if (c != bytes[i] && !(c >= 'A' && c <= 'Z' && (c | 0x20) == bytes[i])) {
        return false;
      }
    }
    return true;
  }
}
