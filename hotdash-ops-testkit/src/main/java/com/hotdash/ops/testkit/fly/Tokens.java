package com.hotdash.ops.testkit.fly;

import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.testkit.web.Answer;
import com.hotdash.ops.testkit.web.Json;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Issues tokens, and knows which form of header each service takes. Strict where sources are
 * silent: what no source has seen accepted is refused. Not thread-safe: used under the world's
 * lock.
 */
final class Tokens {
  private final SecureRandom random = new SecureRandom();
  private final List<Issued> issued = new ArrayList<>();

  /** The services that read an {@code Authorization} header, each by its own rule. */
  enum Service {
    MACHINES,
    LOGS,
    REGISTRY,
    GRAPHQL,
    RELEASES,
    PROMETHEUS
  }

  /** What a call wants to do. */
  enum Right {
    READ,
    WRITE,
    EXEC
  }

  private record Issued(FlyToken token, Set<String> parts, @Nullable Instant until) {}

  FlyToken issue(FlyToken.Kind kind, String app, String owner, @Nullable Instant until) {
    var parts = new ArrayList<String>();
    if (kind != FlyToken.Kind.USER) {
      // A permission token and the discharge that it needs.
      parts.add("fm2_" + text());
      parts.add("fm2_" + text());
    }
    if (kind == FlyToken.Kind.USER || kind == FlyToken.Kind.ORG) {
      parts.add("fo1_" + text());
    }
    String joined = String.join(",", parts);
    var token =
        new FlyToken(
            kind, app, owner, Secret.of(kind == FlyToken.Kind.USER ? joined : "FlyV1 " + joined));
    issued.add(new Issued(token, Set.copyOf(parts), until));
    return token;
  }

  void revoke(FlyToken token) {
    issued.removeIf(i -> i.token.equals(token));
  }

  /** Returns whose header it is; refuses a missing, wrong or expired one with 401. */
  FlyToken check(Service service, @Nullable String header, Instant now) {
    var parts = accepted(service, header == null ? "" : header);
    for (var one : issued) {
      boolean macaroons = one.token.kind() != FlyToken.Kind.USER;
      var needed = new HashSet<String>();
      for (String part : one.parts) {
        if (macaroon(part) == macaroons) {
          needed.add(part);
        }
      }
      if (parts.containsAll(needed) && one.parts.containsAll(parts)) {
        if (one.until != null && !now.isBefore(one.until)) {
          break;
        }
        return one.token;
      }
    }
    throw unauthorized();
  }

  /** Refuses what the token has no right to, with 403. */
  static void permit(FlyToken token, @Nullable String app, Right right) {
    boolean otherApp = !token.app().isEmpty() && !token.app().equals(app);
    boolean may =
        switch (token.kind()) {
          case ORG, USER -> true;
          case DEPLOY -> !otherApp;
          case READ_ONLY -> right == Right.READ;
          case MACHINE_EXEC -> !otherApp && right != Right.WRITE;
        };
    if (!may) {
      throw Refusal.of(403, "token is not authorized to access this resource");
    }
  }

  private static Set<String> accepted(Service service, String header) {
    int space = header.indexOf(' ');
    String scheme = space < 0 ? "" : header.substring(0, space).toLowerCase(Locale.ROOT);
    var macaroons = new HashSet<String>();
    var users = new HashSet<String>();
    for (String part : header.substring(space + 1).split(",", -1)) {
      (macaroon(part) ? macaroons : users).add(part);
    }
    boolean bearer = scheme.equals("bearer");
    boolean flyV1 = scheme.equals("flyv1");
    boolean onlyUsers = macaroons.isEmpty() && users.size() == 1;
    boolean good =
        switch (service) {
          case MACHINES -> ((flyV1 || bearer) && users.isEmpty()) || (bearer && onlyUsers);
          case LOGS, REGISTRY -> (flyV1 && users.isEmpty()) || (bearer && onlyUsers);
          case GRAPHQL, PROMETHEUS -> (flyV1 && !macaroons.isEmpty()) || (bearer && onlyUsers);
          case RELEASES -> bearer;
        };
    if (!good) {
      throw unauthorized();
    }
    macaroons.addAll(users);
    return macaroons;
  }

  private static boolean macaroon(String part) {
    return part.startsWith("fm2_") || part.startsWith("fm1r_") || part.startsWith("fm1a_");
  }

  private static Refusal unauthorized() {
    return Refusal.with(Answer.json(401, Json.of("error", "unauthorized")));
  }

  private String text() {
    var bytes = new byte[30];
    random.nextBytes(bytes);
    // No underscore: only what stands before the first one tells the kind.
    return Base64.getUrlEncoder().encodeToString(bytes).replace('_', 'x');
  }
}
