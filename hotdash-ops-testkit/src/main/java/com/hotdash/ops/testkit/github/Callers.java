package com.hotdash.ops.testkit.github;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.web.Call;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Those who call, by their tokens. Used under the server's lock. */
final class Callers {
  private final List<Caller> all = new ArrayList<>();
  private final Caller nobody;

  Callers(Instant now) {
    nobody = new Caller(null, "nobody", now);
  }

  /** Whoever calls without a token. */
  Caller nobody() {
    return nobody;
  }

  /** The one with a token; a new one, without rights, if nobody has it yet. */
  Caller of(Secret token, Instant now) {
    for (var caller : all) {
      if (token.matches(Objects.requireNonNull(caller.token))) {
        return caller;
      }
    }
    var made = new Caller(token, "oncall" + (all.size() + 1), now);
    all.add(made);
    return made;
  }

  void revoke(Secret token) {
    all.removeIf(caller -> token.matches(Objects.requireNonNull(caller.token)));
  }

  /** Who calls. Throws what GitHub answers to a token that it does not know, or that is over. */
  Caller known(Call call, Instant now) {
    var header = call.header("authorization");
    if (header == null) {
      return nobody;
    }
    var sent = header.replaceFirst("(?i)^(bearer|token) +", "");
    var token = sent.isBlank() ? null : Secret.of(sent);
    for (var caller : all) {
      boolean alive = caller.expiresAt == null || now.isBefore(caller.expiresAt);
      if (token != null && token.matches(Objects.requireNonNull(caller.token)) && alive) {
        return caller;
      }
    }
    throw Problem.of(401, "Bad credentials");
  }
}
