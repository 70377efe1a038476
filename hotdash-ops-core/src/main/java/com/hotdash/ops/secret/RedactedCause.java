package com.hotdash.ops.secret;

import org.jspecify.annotations.Nullable;

/** Stands in for an exception of somebody else whose text holds a credential. */
final class RedactedCause extends Exception {
  static final int DEEPEST = 16;

  private static final long serialVersionUID = 1L;

  private RedactedCause(String described, @Nullable Throwable cause) {
    super(described, cause);
  }

  static @Nullable RedactedCause of(@Nullable Throwable original, Redactor redactor, int depth) {
    if (original == null || depth > DEEPEST) {
      return null;
    }
    var copy =
        new RedactedCause(
            redactor.redact(original.toString()), of(original.getCause(), redactor, depth + 1));
    copy.setStackTrace(original.getStackTrace());
    for (var suppressed : original.getSuppressed()) {
      var clean = of(suppressed, redactor, depth + 1);
      if (clean != null) {
        copy.addSuppressed(clean);
      }
    }
    return copy;
  }
}
