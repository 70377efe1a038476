package com.hotdash.ops.procedure;

import com.hotdash.ops.logs.Signature;
import java.time.Duration;
import java.util.List;

/** What secrets are for, and how it sounds when one is refused. */
public enum SecretUse {
  /** To log in to the database. */
  DATABASE("the database", Signature.DATABASE_AUTH, List.of("DATABASE_URL", "DIRECT_URL"), true),
  /** To call the shop's interface. */
  SHOP(
      "the shop's interface",
      Signature.SHOP_AUTH,
      List.of("SHOPIFY_API_SECRET", "SHOPIFY_API_KEY"),
      true),
  /** To know users again. People's own sessions end every day, too. */
  SESSION(
      "sessions",
      Signature.SESSION_AUTH,
      List.of("SESSION_SECRET", "SUPABASE_SERVICE_KEY", "SUPABASE_ANON_KEY", "SHOPIFY_API_SECRET"),
      false);

  private final String what;
  private final Signature refused;
  private final boolean always;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of, which nobody can change
  private final List<String> secrets;

  SecretUse(String what, Signature refused, List<String> secrets, boolean always) {
    this.what = what;
    this.refused = refused;
    this.secrets = secrets;
    this.always = always;
  }

  /** For people, such as {@code the database}. */
  String what() {
    return what;
  }

  /** What a refusal looks like in a log. */
  Signature refused() {
    return refused;
  }

  /** The secrets that it rests on, the likeliest first. */
  List<String> secrets() {
    return secrets;
  }

  /**
   * How long after a secret has come to all machines refusals are what its rotation does: what was
   * signed with the former one ends. Shopify's session tokens live one minute, and are fetched anew
   * by the page (its documentation, "Session tokens in detail"); our own sessions end as their
   * people come back, which is a guess of ours.
   */
  static Duration ends(String secret) {
    return switch (secret) {
      case "SESSION_SECRET" -> Duration.ofMinutes(15);
      case "SHOPIFY_API_SECRET" -> Duration.ofMinutes(5);
      default -> Duration.ZERO;
    };
  }

  /** Whether a refusal is a trouble also if no secret was changed. */
  boolean always() {
    return always;
  }
}
