package com.hotdash.ops.postgres;

import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;

/**
 * What to hand to the JDBC driver for one login at one host. User and password travel in the
 * properties only: in the URL the driver would print them.
 */
final class PgConnectSettings {
  /** As it appears in {@code pg_stat_activity}, so that a person sees who is looking. */
  static final String APPLICATION_NAME = "hotdash-ops";

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration LOGIN_LIMIT = Duration.ofSeconds(5);
  private static final Duration SOCKET_LIMIT = Duration.ofSeconds(10);

  private static final Pattern ROUTING = Pattern.compile("(?:-c\\s*)?reference=[a-z0-9]+");

  private static final Map<String, String> SERVER_TYPES =
      Map.of(
          "any", "any",
          "read-write", "primary",
          "primary", "primary",
          "read-only", "secondary",
          "standby", "secondary",
          "prefer-standby", "preferSecondary");

  private final String url;
  private final Properties properties;

  private PgConnectSettings(String url, Properties properties) {
    this.url = url;
    this.properties = properties;
  }

  /**
   * Makes the settings.
   *
   * @param url the address
   * @param host the one host of it to log in to
   * @param tlsOffered whether that host was seen to offer encryption
   * @param remaining what is left of the deadline; every limit of the driver stays within it,
   *     rounded up to its whole seconds
   */
  static PgConnectSettings of(PgUrl url, PgHost host, boolean tlsOffered, Duration remaining) {
    var properties = new Properties();
    url.user().ifPresent(user -> properties.setProperty("user", user));
    url.password().map(Secret::reveal).ifPresent(pw -> properties.setProperty("password", pw));

    properties.setProperty("ApplicationName", APPLICATION_NAME);
    properties.setProperty("connectTimeout", seconds(connectLimit(url), remaining));
    properties.setProperty("loginTimeout", seconds(loginLimit(url), remaining));
    properties.setProperty("socketTimeout", seconds(SOCKET_LIMIT, remaining));
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("prepareThreshold", "0");
    // Sends the name at start instead of by SET, which would leak through a transaction pooler.
    properties.setProperty("assumeMinServerVersion", "12");
    properties.setProperty("gssEncMode", "disable");

    tls(url, tlsOffered, properties);
    copy(url, "channel_binding", "channelBinding", properties);
    copy(url, "require_auth", "requireAuth", properties);
    copy(url, "gssencmode", "gssEncMode", properties);
    url.rawParameters()
        .get("target_session_attrs")
        .map(word -> SERVER_TYPES.get(word.toLowerCase(Locale.ROOT)))
        .ifPresent(type -> properties.setProperty("targetServerType", type));
    session(url, properties);

    return new PgConnectSettings(jdbcUrl(url, host), properties);
  }

  private static void tls(PgUrl url, boolean offered, Properties properties) {
    var parameters = url.rawParameters();
    properties.setProperty("sslmode", url.tls().settled(offered).word());
    copy(url, "sslnegotiation", "sslNegotiation", properties);
    boolean prisma = parameters.has("sslaccept") || parameters.has("sslidentity");
    var root =
        parameters.has("sslrootcert") || !prisma
            ? parameters.get("sslrootcert")
            : parameters.get("sslcert");
    if (root.filter("system"::equals).isPresent()
        || (root.isEmpty() && parameters.get("sslaccept").filter("strict"::equals).isPresent())) {
      properties.setProperty("sslfactory", "org.postgresql.ssl.DefaultJavaSSLFactory");
    } else {
      root.ifPresent(path -> properties.setProperty("sslrootcert", path));
    }
    if (prisma) {
      copy(url, "sslidentity", "sslkey", properties);
    } else {
      copy(url, "sslcert", "sslcert", properties);
      copy(url, "sslkey", "sslkey", properties);
    }
    copy(url, "sslpassword", "sslpassword", properties);
  }

  private static void session(PgUrl url, Properties properties) {
    if (passes(url, "options")) {
      copy(url, "options", "options", properties);
    }
    var schema = url.rawParameters().get("schema").or(() -> currentSchema(url));
    if (!url.kind().pooled()) {
      schema.ifPresent(name -> properties.setProperty("currentSchema", name));
    }
  }

  private static Optional<String> currentSchema(PgUrl url) {
    return url.rawParameters().get("currentSchema");
  }

  /** Whether a startup parameter gets through: poolers refuse all but their own routing word. */
  static boolean passes(PgUrl url, String name) {
    return !url.kind().pooled()
        || (name.equals("options")
            && url.rawParameters()
                .get(name)
                .filter(options -> ROUTING.matcher(options.strip()).matches())
                .isPresent());
  }

  private static void copy(PgUrl url, String from, String to, Properties properties) {
    url.rawParameters().get(from).ifPresent(value -> properties.setProperty(to, value));
  }

  private static String jdbcUrl(PgUrl url, PgHost host) {
    return "jdbc:postgresql://"
        + host
        + "/"
        + url.database().map(PercentCode::encode).orElse("postgres");
  }

  /** How long opening a TCP connection may take: what the address says, else 3 s. */
  static Duration connectLimit(PgUrl url) {
    return given(url).orElse(CONNECT_LIMIT);
  }

  /** How long a login may take: what the address says, else 5 s. */
  static Duration loginLimit(PgUrl url) {
    return given(url).orElse(LOGIN_LIMIT);
  }

  /** Zero means for ever in libpq and Prisma; nothing here waits for ever. */
  private static Optional<Duration> given(PgUrl url) {
    int seconds = url.wholeNumber("connect_timeout").orElse(0);
    return seconds == 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
  }

  private static String seconds(Duration limit, Duration remaining) {
    long millis = Math.min(limit.toMillis(), remaining.toMillis());
    return String.valueOf(Math.max(1, (millis + 999) / 1000));
  }

  /** The JDBC URL, without user and password. */
  String url() {
    return url;
  }

  /** A copy of the driver's properties; they hold the password. */
  Properties properties() {
    var copy = new Properties();
    copy.putAll(properties);
    return copy;
  }

  @Override
  public String toString() {
    return url;
  }
}
