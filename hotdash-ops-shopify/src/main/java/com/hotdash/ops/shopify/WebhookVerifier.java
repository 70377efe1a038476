package com.hotdash.ops.shopify;

import com.hotdash.ops.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a webhook comes from Shopify: base64 of HMAC-SHA256 with the client secret over the
 * bytes of the body as they came, before anything parses them (shopify.md, section 9).
 *
 * <p>While a secret is rotated, give it both: Shopify signs with the oldest that is not revoked,
 * and up to an hour after that was revoked (section 8). Thread-safe.
 */
public final class WebhookVerifier {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int MOST_SECRETS = 4;
  private static final int LENGTH = 32;

  private final List<SecretKeySpec> keys;

  private WebhookVerifier(List<SecretKeySpec> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Makes a verifier.
   *
   * @param secrets the client secrets that may have signed, 1 to 4; {@link
   *     WebhookDelivery#signedBy} counts in this order
   * @return the verifier
   */
  public static WebhookVerifier of(Secret... secrets) {
    if (secrets.length == 0 || secrets.length > MOST_SECRETS) {
      throw new IllegalArgumentException("a verifier takes 1 to " + MOST_SECRETS + " secrets");
    }
    var keys = new ArrayList<SecretKeySpec>();
    for (var secret : secrets) {
      keys.add(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }
    return new WebhookVerifier(keys);
  }

  /**
   * Checks a delivery. Answer 401 and parse nothing if it is not genuine. The time that this takes
   * does not depend on which secret signed, or where a signature is wrong.
   *
   * <p>The signature stands over the body alone: topic, shop and ids come from headers that it does
   * not cover, so act on what the body says.
   *
   * @param headers by name, in whatever case; those of the older family begin with {@code
   *     X-Shopify-}, those of the newer one with {@code shopify-}
   * @param body the bytes as they came
   * @return the delivery, or empty if it is not genuine
   */
  public Optional<WebhookDelivery> verify(Map<String, String> headers, byte[] body) {
    var all = new TreeMap<String, String>(String.CASE_INSENSITIVE_ORDER);
    for (var header : headers.entrySet()) {
      var before = all.put(header.getKey(), header.getValue());
      if (before != null && !before.equals(header.getValue())) {
        return Optional.empty(); // two that differ: whoever reads on might take the other one
      }
    }
    // Both families at once are nobody's delivery: which of the two would be meant?
    var prefix = family(all);
    if (prefix == null) {
      return Optional.empty();
    }
    int signer = signer(decoded(all.get(prefix + "Hmac-Sha256")), body);
    return signer < 0 ? Optional.empty() : Optional.of(delivery(all, prefix, signer));
  }

  private static @Nullable String family(Map<String, String> headers) {
    boolean older = headers.containsKey("X-Shopify-Hmac-Sha256");
    boolean newer = headers.containsKey("shopify-hmac-sha256");
    return older == newer ? null : older ? "X-Shopify-" : "shopify-";
  }

  private int signer(byte[] signature, byte[] body) {
    int signer = -1;
    for (int i = 0; i < keys.size(); i++) {
      // All are tried, so that the time tells nothing.
      if (MessageDigest.isEqual(hmac(keys.get(i), body), signature) && signer < 0) {
        signer = i;
      }
    }
    return signer;
  }

  private static byte[] decoded(@Nullable String signature) {
    if (signature == null || signature.length() > 2 * LENGTH) {
      return new byte[0];
    }
    try {
      return Base64.getDecoder().decode(signature.strip());
    } catch (IllegalArgumentException e) {
      return new byte[0]; // no base64 is no signature
    }
  }

  private static byte[] hmac(SecretKeySpec key, byte[] body) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(key);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + ALGORITHM, e);
    }
  }

  private static WebhookDelivery delivery(Map<String, String> all, String prefix, int signer) {
    return new WebhookDelivery(
        all.get(prefix + "Topic"),
        all.get(prefix + "Shop-Domain"),
        all.get(prefix + "Webhook-Id"),
        all.get(prefix + "Event-Id"),
        all.get(prefix + "API-Version"),
        time(all.get(prefix + "Triggered-At")),
        signer);
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text.strip().toUpperCase(Locale.ROOT));
    } catch (DateTimeParseException e) {
      return null; // it orders deliveries, and no more
    }
  }

  @Override
  public String toString() {
    return "WebhookVerifier[" + keys.size() + " secrets]";
  }
}
