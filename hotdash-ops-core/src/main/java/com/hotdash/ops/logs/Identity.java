package com.hotdash.ops.logs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What makes an error the same error: explicit fingerprint, type and frames, or type and template.
 */
record Identity(
    @Nullable String explicit,
    @Nullable String type,
    @Nullable String code,
    @Nullable Integer status,
    List<String> frames,
    String template) {
  static Identity of(Entry entry, Masks masks, LogRedaction redaction) {
    var stack = StackTrace.of(entry.stack());
    var type = stack == null || stack.type() == null ? entry.errorType() : stack.type();
    var message = entry.message().isEmpty() && stack != null ? stack.message() : entry.message();
    var template = masks.template(redaction.of(message));
    var frames =
        stack == null
            ? List.<String>of()
            : stack.frames().stream().map(frame -> masks.template(redaction.of(frame))).toList();
    return new Identity(
        entry.fingerprint() == null ? null : redaction.of(entry.fingerprint()),
        brief(type, redaction),
        brief(entry.errorCode(), redaction),
        entry.status(),
        frames,
        template);
  }

  /** Equal for equal errors; versioned, because better rules make other groups. */
  String fingerprint() {
    // Codes and statuses stay apart even where frames are equal: an operator must tell 429 from
    // 500.
    var body =
        explicit != null ? explicit : frames.isEmpty() ? template : String.join("\n", frames);
    var text =
        (explicit != null ? "x" : type) + "\u001f" + code + "\u001f" + status + "\u001f" + body;
    try {
      var hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return "v1:" + HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  private static @Nullable String brief(@Nullable String word, LogRedaction redaction) {
    return word == null
        ? null
        : CleanText.of(redaction.of(word.length() > 200 ? word.substring(0, 200) : word));
  }

  Identity withTemplate(String other) {
    return new Identity(explicit, type, code, status, frames, other);
  }
}
