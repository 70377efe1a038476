package com.hotdash.ops.postgres;

import java.util.Locale;
import java.util.Optional;

/** What an address asks of encryption, in libpq's words. */
enum TlsMode {
  DISABLE,
  ALLOW,
  PREFER,
  REQUIRE,
  VERIFY_CA,
  VERIFY_FULL;

  static Optional<TlsMode> of(String word) {
    for (var mode : values()) {
      if (mode.word().equals(word.toLowerCase(Locale.ROOT))) {
        return Optional.of(mode);
      }
    }
    return Optional.empty();
  }

  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether the connection goes on without encryption if the server offers none. */
  boolean optional() {
    return this == ALLOW || this == PREFER;
  }

  /**
   * What to ask of the driver, once it is known whether the server offers encryption. Never {@code
   * prefer} or {@code allow}: with those the driver logs in twice.
   */
  TlsMode settled(boolean offered) {
    return optional() ? (offered ? REQUIRE : DISABLE) : this;
  }
}
