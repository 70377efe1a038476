package com.hotdash.ops.postgres;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.secret.Secret;
import java.util.Optional;

/** Supabase's own status page, and which addresses make it worth reading. */
final class SupabaseStatus {
  static final String NAME = "Supabase";
  static final String ADDRESS = "https://status.supabase.com";

  private SupabaseStatus() {}

  /** Whether an address leads to Supabase. One that cannot be understood leads nowhere. */
  static boolean concerns(Optional<Secret> url) {
    return url.filter(SupabaseStatus::leadsThere).isPresent();
  }

  private static boolean leadsThere(Secret url) {
    try {
      return PgUrl.parse(url, "the address").kind().supabase();
    } catch (ConfigurationException e) {
      return false; // what is wrong with the address is the probe's to tell
    }
  }
}
