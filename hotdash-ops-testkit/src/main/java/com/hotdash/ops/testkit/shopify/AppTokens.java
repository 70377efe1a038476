package com.hotdash.ops.testkit.shopify;

import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tokens of one app on one shop. Each is pinned to the secret that it was got with. */
final class AppTokens {
  /** What Shopify says in {@code expires_in} of a client credentials grant. */
  static final Duration DAY = Duration.ofSeconds(86_399);

  static final Duration HOUR = Duration.ofHours(1);
  static final Duration REFRESH_LIFE = Duration.ofDays(90);

  /** A refresh token that was used can be used again for so long, unless its successor was. */
  private static final Duration REUSE = Duration.ofDays(30);

  /** From then on public apps need expiring tokens. */
  private static final Instant EXPIRING_ONLY = Instant.parse("2027-01-01T00:00:00Z");

  private final List<Access> access = new ArrayList<>();
  private final List<Refresh> refresh = new ArrayList<>();
  private final String prefix;
  private int made;

  AppTokens(String prefix) {
    this.prefix = prefix;
  }

  /** A token for calls; the empty set of scopes stands for all. */
  record Access(
      Secret value,
      Set<String> scopes,
      @Nullable Instant expiresAt,
      boolean publicNonExpiring,
      AppSecrets.@Nullable One mintedWith) {
    boolean alive(Instant now) {
      boolean pinnedToRevoked = mintedWith != null && mintedWith.revoked();
      return !pinnedToRevoked && (expiresAt == null || now.isBefore(expiresAt));
    }

    boolean refused(Instant now) {
      return publicNonExpiring && !now.isBefore(EXPIRING_ONLY);
    }
  }

  private static final class Refresh {
    private final Secret value;
    private final Set<String> scopes;
    private final Instant issuedAt;
    private final AppSecrets.One mintedWith;
    private final @Nullable Refresh parent;
    private @Nullable Instant firstUsedAt;
    private boolean retired;

    private Refresh(
        Secret value,
        Set<String> scopes,
        Instant issuedAt,
        AppSecrets.One mintedWith,
        @Nullable Refresh parent) {
      this.value = value;
      this.scopes = scopes;
      this.issuedAt = issuedAt;
      this.mintedWith = mintedWith;
      this.parent = parent;
    }

    private boolean usable(Instant now) {
      return !retired
          && !mintedWith.revoked()
          && now.isBefore(issuedAt.plus(REFRESH_LIFE))
          && (firstUsedAt == null || now.isBefore(firstUsedAt.plus(REUSE)));
    }
  }

  Secret permanent(Set<String> scopes, boolean publicApp, AppSecrets.@Nullable One with) {
    return add(scopes, null, publicApp, with);
  }

  /** A token by client credentials; what could be refreshed before no longer can. */
  Secret forADay(Set<String> scopes, AppSecrets.One with, Instant now) {
    refresh.forEach(token -> token.retired = true);
    return add(scopes, now.plus(DAY), false, with);
  }

  ShopifyGrant acquired(Set<String> scopes, AppSecrets.One with, Instant now) {
    refresh.forEach(token -> token.retired = true);
    return pair(scopes, with, now, null);
  }

  /** Returns a new pair, or null if the refresh token is not good. */
  @Nullable ShopifyGrant refreshed(Secret presented, AppSecrets.One with, Instant now) {
    for (var token : refresh) {
      if (token.value.matches(presented) && token.usable(now)) {
        // Who uses the newer one has it: the older ones end. Two at a time retire each other.
        for (var parent = token.parent; parent != null; parent = parent.parent) {
          parent.retired = true;
        }
        refresh.stream().filter(t -> t.parent == token).forEach(t -> t.retired = true);
        token.firstUsedAt = token.firstUsedAt == null ? now : token.firstUsedAt;
        return pair(token.scopes, with, now, token);
      }
    }
    return null;
  }

  @Nullable Access find(Secret presented) {
    for (var token : access) {
      if (token.value.matches(presented)) {
        return token;
      }
    }
    return null;
  }

  void revoke(Secret token) {
    access.removeIf(t -> t.value.matches(token));
  }

  private ShopifyGrant pair(
      Set<String> scopes, AppSecrets.One with, Instant now, @Nullable Refresh parent) {
    var next = new Refresh(value("shprt"), scopes, now, with, parent);
    refresh.add(next);
    return new ShopifyGrant(add(scopes, now.plus(HOUR), false, with), next.value);
  }

  private Secret add(
      Set<String> scopes,
      @Nullable Instant expiresAt,
      boolean publicApp,
      AppSecrets.@Nullable One with) {
    var token = new Access(value("shpat"), scopes, expiresAt, publicApp, with);
    access.add(token);
    return token.value();
  }

  private Secret value(String kind) {
    made++;
    return Secret.of(kind + '_' + prefix + String.format(Locale.ROOT, "%024x", made));
  }
}
