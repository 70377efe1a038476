package com.hotdash.ops.postgres;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Tells from an address alone what it leads to. */
record EndpointGuess(EndpointKind kind, @Nullable String projectRef) {
  static final int SUPABASE_TRANSACTION_PORT = 6543;

  private static final Pattern PROJECT_HOST =
      Pattern.compile("db\\.([a-z0-9]+)\\.supabase\\.(?:co|com|net|red)");
  private static final Pattern REFERENCE = Pattern.compile("(?:^|[\\s=])reference=([a-z0-9]+)");

  static EndpointGuess of(PgUrl url) {
    var first = url.hosts().get(0);
    var host = first.name().toLowerCase(Locale.ROOT);
    boolean transactionPort = first.port() == SUPABASE_TRANSACTION_PORT;
    var project = PROJECT_HOST.matcher(host);
    if (project.matches()) {
      return new EndpointGuess(
          transactionPort ? EndpointKind.SUPABASE_DEDICATED_POOLER : EndpointKind.SUPABASE_DIRECT,
          project.group(1));
    }
    if (sharedPooler(host)) {
      return new EndpointGuess(
          transactionPort
              ? EndpointKind.SUPABASE_TRANSACTION_POOLER
              : EndpointKind.SUPABASE_SESSION_POOLER,
          referenceOf(url));
    }
    boolean pooler =
        saysPgBouncer(url)
            || (host.endsWith(".neon.tech") && host.split("\\.", 2)[0].endsWith("-pooler"));
    return new EndpointGuess(pooler ? EndpointKind.POOLER : EndpointKind.DIRECT, null);
  }

  static boolean saysPgBouncer(PgUrl url) {
    return url.rawParameters().get("pgbouncer").filter("true"::equalsIgnoreCase).isPresent();
  }

  private static boolean sharedPooler(String host) {
    return host.endsWith(".pooler.supabase.com");
  }

  /** The pooler takes the project from the user's ending, or from an option of that name. */
  private static @Nullable String referenceOf(PgUrl url) {
    var user = url.user().orElse("");
    int dot = user.lastIndexOf('.');
    if (dot > 0 && dot < user.length() - 1) {
      return user.substring(dot + 1);
    }
    var option = REFERENCE.matcher(url.rawParameters().get("options").orElse(""));
    return option.find() ? option.group(1) : null;
  }
}
