package com.hotdash.ops.secret;

import java.util.Optional;

/**
 * Where values of secrets come from. Plans and the journal hold the name of a value and never the
 * value, so that a change can be gone on with, or taken back, by another process that has the same
 * source. Implementations are thread-safe.
 */
@FunctionalInterface
public interface SecretSource {
  /** Has none. */
  SecretSource NONE = name -> Optional.empty();

  /**
   * Finds a value by its name.
   *
   * @param name such as {@code NEW_SESSION_SECRET}; not itself a secret
   * @return the value, or empty if there is none of that name
   */
  Optional<Secret> find(String name);
}
