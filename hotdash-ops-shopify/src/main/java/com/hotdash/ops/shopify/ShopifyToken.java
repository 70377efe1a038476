package com.hotdash.ops.shopify;

import com.hotdash.ops.secret.Secret;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What Shopify gave for a grant. Store both tokens in one act: a refresh token that was used and
 * not stored costs the merchant's consent.
 *
 * @param accessToken for calls
 * @param expiresAt until when it is good, or {@code null} if it does not expire
 * @param refreshToken for the next pair, or {@code null} if there is none
 * @param refreshExpiresAt until when that is good, or {@code null}
 * @param scopes what the token may do, as the answer says; compare with what is needed after each
 *     change
 */
public record ShopifyToken(
    Secret accessToken,
    @Nullable Instant expiresAt,
    @Nullable Secret refreshToken,
    @Nullable Instant refreshExpiresAt,
    Set<String> scopes) {
  /** Copies the scopes, in the order of their names. */
  public ShopifyToken {
    scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
  }

  @Override
  public String toString() {
    return "ShopifyToken[until "
        + (expiresAt == null ? "revoked" : expiresAt)
        + (refreshToken == null ? "" : ", with a refresh token until " + refreshExpiresAt)
        + ", "
        + String.join(",", scopes)
        + "]";
  }
}
