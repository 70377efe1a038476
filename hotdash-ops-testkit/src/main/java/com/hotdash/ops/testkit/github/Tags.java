package com.hotdash.ops.testkit.github;

import com.hotdash.ops.testkit.web.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Entity tags: the same body gives the same tag. */
final class Tags {
  private Tags() {}

  static String of(Answer answer) {
    var bytes = new ByteArrayOutputStream();
    try {
      answer.body().writeTo(bytes);
      var hash = MessageDigest.getInstance("SHA-256").digest(bytes.toByteArray());
      return "W/\"" + HexFormat.of().formatHex(hash) + '"';
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
