package com.hotdash.ops.secret;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A credential on its way from the edge of the library to the wire. It cannot be printed or
 * serialised, and has no {@code equals} that a log or a map could make use of. Immutable.
 */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = value;
  }

  /**
   * Wraps a credential.
   *
   * @param value the credential, not empty
   * @return the secret
   * @throws IllegalArgumentException if {@code value} is empty
   */
  public static Secret of(String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("a secret must not be empty");
    }
    return new Secret(value);
  }

  /**
   * Returns the credential, for the place where it is written to the wire and nowhere else.
   *
   * @return the credential in the clear
   */
  public String reveal() {
    return value;
  }

  /**
   * Compares two secrets in a time that does not depend on where they differ.
   *
   * @param other the other secret
   * @return true if both hold the same credential
   */
  public boolean matches(Secret other) {
    return MessageDigest.isEqual(
        value.getBytes(StandardCharsets.UTF_8), other.value.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "Secret[redacted]";
  }
}
