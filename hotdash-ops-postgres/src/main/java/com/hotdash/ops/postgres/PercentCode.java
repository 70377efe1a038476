package com.hotdash.ops.postgres;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-encoding as libpq has it: strict, and a plus sign is a plus sign. */
final class PercentCode {
  private PercentCode() {}

  /** Returns the plain text, or empty if the encoding is broken, not UTF-8, or holds a NUL. */
  static Optional<String> decode(String encoded) {
    var bytes = new ByteArrayOutputStream(encoded.length());
    var source = encoded.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < source.length; i++) {
      if (source[i] != '%') {
        bytes.write(source[i]);
        continue;
      }
      int high = i + 2 < source.length ? Character.digit(source[i + 1], 16) : -1;
      int low = i + 2 < source.length ? Character.digit(source[i + 2], 16) : -1;
      if (high < 0 || low < 0 || high + low == 0) {
        return Optional.empty();
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      var plain = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray()));
      return Optional.of(plain.toString());
    } catch (CharacterCodingException notUtf8) {
      return Optional.empty();
    }
  }

  static String encode(String plain) {
    return URLEncoder.encode(plain, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
