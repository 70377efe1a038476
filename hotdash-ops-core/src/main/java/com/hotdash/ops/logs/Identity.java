package com.hotdash.ops.logs;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;
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
  private static final Pattern SPACE = Pattern.compile("\\s+");

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
        brief(entry.fingerprint(), redaction),
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
    return word == null ? null : redaction.of(word, 200);
  }

  /**
   * The same error told by less, for when there are too many: from level 1 by the innermost frame
   * or the first four words, from 2 by the first word, from 3 by type, code and status, from 4 by
   * code and status, and at 5, when even codes are made up, by status alone.
   */
  Identity coarse(int level) {
    if (level == 0) {
      return this;
    }
    if (level >= 4) {
      return new Identity(null, null, level == 4 ? code : null, status, List.of(), "<*>");
    }
    if (level == 3) {
      return new Identity(null, type, code, status, List.of(), "<*>");
    }
    return frames.isEmpty()
        ? withTemplate(head(level == 1 ? 4 : 1))
        : new Identity(explicit, type, code, status, frames.subList(0, 1), template);
  }

  private String head(int words) {
    var parts = SPACE.split(template, words + 1);
    return parts.length <= words
        ? template
        : String.join(" ", Arrays.asList(parts).subList(0, words)) + " <*>";
  }

  Identity withTemplate(String other) {
    return new Identity(explicit, type, code, status, frames, other);
  }
}
