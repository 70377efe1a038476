package com.hotdash.ops.procedure;

import com.hotdash.ops.platform.SecretDigest;
import java.util.List;

/** The secrets without which the application does not work. */
final class RequiredSecrets {
  /** The ten that the application's own set-up stores (facts on HotDash, "Secrets"). */
  static final List<String> NAMES =
      List.of(
          "DATABASE_URL",
          "DIRECT_URL",
          "SHOPIFY_API_KEY",
          "SHOPIFY_API_SECRET",
          "SHOPIFY_APP_URL",
          "SCOPES",
          "SUPABASE_URL",
          "SUPABASE_ANON_KEY",
          "SUPABASE_SERVICE_KEY",
          "SESSION_SECRET");

  private RequiredSecrets() {}

  static List<String> missing(List<String> required, List<SecretDigest> stored) {
    var names = stored.stream().map(SecretDigest::name).toList();
    return required.stream().filter(each -> !names.contains(each)).toList();
  }
}
