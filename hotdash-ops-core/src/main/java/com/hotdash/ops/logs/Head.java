package com.hotdash.ops.logs;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** How a source begins, which tells whether it is a text at all. One use. */
final class Head {
  // As much as a person would look at; text has none of it beyond that either.
  private static final int LOOKED_AT = 64 << 10;
  private static final int KEPT = 256;
  private static final String[] PACKED = {
    "\u001f\u008b", "PK\u0003\u0004", "(\u00b5/\u00fd", "BZh9"
  };

  private final byte[] kept = new byte[KEPT];
  private int used;
  private long looked;
  private boolean zero;

  /** Looks at what came next. */
  void add(byte[] bytes, int from, int to) {
    for (int i = from; i < to && looked < LOOKED_AT; i++, looked++) {
      zero |= bytes[i] == 0;
      if (used < KEPT) {
        kept[used++] = bytes[i];
      }
    }
  }

  /** Whether it is packed: nothing of it can be read. */
  boolean packed() {
    var text = text();
    for (var magic : PACKED) {
      if (text.startsWith(magic)) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is packed, binary, in another encoding, or a web page. */
  boolean noLog() {
    var text = text().replaceFirst("^\u00ef\u00bb\u00bf", "").stripLeading();
    var start = text.substring(0, Math.min(9, text.length())).toLowerCase(Locale.ROOT);
    return zero || packed() || start.startsWith("<!doctype") || start.startsWith("<html");
  }

  private String text() {
    return new String(kept, 0, used, StandardCharsets.ISO_8859_1);
  }
}
