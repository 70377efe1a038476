package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The client secrets of one app, oldest first. */
final class AppSecrets {
  /** Signatures may take so long to switch after a revocation: here they always do. */
  private static final Duration SWITCH = Duration.ofHours(1);

  private final List<One> secrets = new ArrayList<>();

  static final class One {
    final Secret value;
    private @Nullable Instant revokedAt;

    private One(Secret value) {
      this.value = value;
    }

    boolean revoked() {
      return revokedAt != null;
    }
  }

  One add(Secret value) {
    var made = new One(value);
    secrets.add(made);
    return made;
  }

  void revoke(Secret value, Instant now) {
    var one = find(value);
    if (one == null) {
      throw new IllegalArgumentException("not a secret of this app, or revoked before");
    }
    if (secrets.stream().filter(s -> !s.revoked()).count() == 1) {
      throw new IllegalStateException("an app keeps one secret at least");
    }
    one.revokedAt = now;
  }

  /** Returns the secret that is presented, if it is still good. */
  @Nullable One find(@Nullable Secret presented) {
    for (var one : secrets) {
      if (presented != null && !one.revoked() && one.value.matches(presented)) {
        return one;
      }
    }
    return null;
  }

  One newest() {
    return secrets.get(secrets.size() - 1);
  }

  /** The oldest that is not revoked signs; one that was revoked signs on for an hour. */
  Secret signing(Instant now) {
    for (var one : secrets) {
      if (one.revokedAt == null || now.isBefore(one.revokedAt.plus(SWITCH))) {
        return one.value;
      }
    }
    throw new IllegalStateException("an app keeps one secret at least");
  }
}
