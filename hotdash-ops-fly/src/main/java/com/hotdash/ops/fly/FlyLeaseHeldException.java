package com.hotdash.ops.fly;

import com.hotdash.ops.error.Fault;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Somebody else holds the lease of the machine. Nothing was changed. */
public final class FlyLeaseHeldException extends FlyConflictException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String holder;
  private final @Nullable Instant expiresAt;

  FlyLeaseHeldException(
      Fault fault,
      int status,
      String text,
      @Nullable Throwable cause,
      @Nullable String holder,
      @Nullable Instant expiresAt) {
    super(fault, status, text, cause);
    this.holder = holder;
    this.expiresAt = expiresAt;
  }

  /**
   * Returns who holds the lease.
   *
   * @return an e-mail address, or {@code <uuid>@tokens.fly.io} for a token; empty if Fly's text
   *     does not say
   */
  public Optional<String> holder() {
    return Optional.ofNullable(holder);
  }

  /**
   * Returns when the lease ends by itself.
   *
   * @return the moment by Fly's clock; empty if Fly's text does not say
   */
  public Optional<Instant> expiresAt() {
    return Optional.ofNullable(expiresAt);
  }
}
