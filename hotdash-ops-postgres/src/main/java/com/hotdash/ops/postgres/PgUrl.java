package com.hotdash.ops.postgres;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.secret.Redactor;
import com.hotdash.ops.secret.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The address of a PostgreSQL database, as {@code DATABASE_URL} holds it: {@code postgres://} or
 * {@code postgresql://}, with or without {@code jdbc:} in front, with the parameters of libpq,
 * Prisma and node-postgres. It is understood here, by our own code, because handing such an address
 * to the JDBC driver puts the password into exceptions and log lines.
 *
 * <p>Reads no environment, opens nothing, looks up nothing. Immutable and thread-safe; {@link
 * #toString} holds no secret.
 */
public final class PgUrl {
  private final String name;
  private final List<PgHost> hosts;
  private final @Nullable String database;
  private final @Nullable String user;
  private final @Nullable Secret password;
  private final PgParameters parameters;
  private final TlsMode tls;
  private final EndpointKind kind;
  private final @Nullable String projectRef;
  private final List<String> warnings;

  PgUrl(PgUrlParts parts) {
    this.name = parts.name;
    this.hosts = List.copyOf(parts.hosts);
    this.user = parts.user;
    this.database = parts.database == null ? parts.user : parts.database;
    this.password = parts.password;
    this.parameters = parts.parameters;
    this.tls = parts.tls;
    var guess = EndpointGuess.of(this);
    this.kind = guess.kind();
    this.projectRef = guess.projectRef();
    var all = new ArrayList<>(parts.warnings);
    all.addAll(PgUrlWarnings.of(this));
    this.warnings = List.copyOf(all);
  }

  /**
   * Understands an address.
   *
   * @param url the address, with its password
   * @param name the setting that holds it, such as {@code DATABASE_URL}; errors name it
   * @return the address
   * @throws ConfigurationException if it cannot be understood; the message says what is wrong and
   *     what to do, and shows no part of the address that could belong to the password
   */
  public static PgUrl parse(String url, String name) {
    return new PgUrl(new PgUrlParser(name).parse(url));
  }

  /**
   * Understands an address.
   *
   * @param url the address, with its password
   * @param name the setting that holds it, such as {@code DATABASE_URL}; errors name it
   * @return the address
   * @throws ConfigurationException if it cannot be understood; the message says what is wrong and
   *     what to do, and shows no part of the address that could belong to the password
   */
  public static PgUrl parse(Secret url, String name) {
    return parse(url.reveal(), name);
  }

  /**
   * Returns the setting that held this address.
   *
   * @return such as {@code DATABASE_URL}
   */
  public String name() {
    return name;
  }

  /**
   * Returns where the servers listen, in the order in which they are tried.
   *
   * @return one or more; {@code localhost} if the address names none
   */
  public List<PgHost> hosts() {
    return hosts;
  }

  /**
   * Returns the database. As in libpq, it is named like the user if the address names none.
   *
   * @return the database, or empty if there is no user either
   */
  public Optional<String> database() {
    return Optional.ofNullable(database);
  }

  /**
   * Returns the user.
   *
   * @return the user, decoded, or empty if drivers are left to take the operating system's
   */
  public Optional<String> user() {
    return Optional.ofNullable(user);
  }

  /**
   * Returns the password.
   *
   * @return the password, decoded, if the address holds one
   */
  public Optional<Secret> password() {
    return Optional.ofNullable(password);
  }

  /**
   * Returns the parameters, without user, password, host, port and database.
   *
   * @return names and decoded values, in order; the value of a name that may hold a secret, or that
   *     we do not know, is {@value Redactor#MASK}
   */
  public Map<String, String> parameters() {
    return parameters.masked();
  }

  /**
   * Returns what the address leads to.
   *
   * @return the kind, told from host, port and parameters
   */
  public EndpointKind kind() {
    return kind;
  }

  /**
   * Returns the Supabase project.
   *
   * @return its reference, if the address names one
   */
  public Optional<String> projectRef() {
    return Optional.ofNullable(projectRef);
  }

  /**
   * Returns what two addresses of the same database have in common, where that can be told.
   *
   * @return the Supabase project's reference, or hosts and database such as {@code
   *     db.example.com:5432/hotdash}
   */
  public String identity() {
    return projectRef != null ? projectRef : hostList() + "/" + (database == null ? "" : database);
  }

  /**
   * Returns how many connections each process of the Prisma application may open.
   *
   * @return Prisma's {@code connection_limit}; empty if it is not given, when Prisma takes twice
   *     the number of its processors plus one
   */
  public OptionalInt connectionLimit() {
    var limit = wholeNumber("connection_limit");
    return limit.isEmpty() || limit.getAsInt() == 0 ? OptionalInt.empty() : limit;
  }

  /**
   * Returns how long a query of the Prisma application waits for a connection.
   *
   * @return Prisma's {@code pool_timeout}; zero means for ever; empty if it is not given, when
   *     Prisma takes 10 s
   */
  public Optional<Duration> poolTimeout() {
    var seconds = wholeNumber("pool_timeout");
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.getAsInt()));
  }

  /**
   * Returns what looks wrong or risky in the address, none of which keeps it from being tried.
   *
   * @return clauses for a person, without secrets
   */
  public List<String> warnings() {
    return warnings;
  }

  /**
   * Returns a short fingerprint with which two people can see that they mean the same address. It
   * covers hosts, ports, database and user; not the password and not the parameters.
   *
   * @return 12 hexadecimal digits
   */
  public String digest() {
    var covered = String.join("\n", hostList(), orEmpty(database), orEmpty(user));
    try {
      var hash = MessageDigest.getInstance("SHA-256");
      var bytes = hash.digest(covered.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(bytes, 0, 6);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  /**
   * Returns the address without its secrets.
   *
   * @return such as {@code postgres://app:***@db.example.com:5432/hotdash?sslmode=require}
   */
  public String redacted() {
    var text = new StringBuilder("postgres://");
    if (user != null || password != null) {
      text.append(user == null ? "" : PercentCode.encode(user));
      text.append(password == null ? "" : ":" + Redactor.MASK).append('@');
    }
    text.append(hosts.get(0).unixSocket() ? PercentCode.encode(hostList()) : hostList());
    text.append('/').append(database == null ? "" : PercentCode.encode(database));
    var shown = parameters.masked();
    if (!shown.isEmpty()) {
      text.append(
          shown.entrySet().stream()
              .map(entry -> entry.getKey() + "=" + visible(entry.getValue()))
              .collect(Collectors.joining("&", "?", "")));
    }
    return text.toString();
  }

  /** Where it leads, for a person: {@code db.example.com:5432/hotdash as app, direct}. */
  String endpoint() {
    return hostList()
        + "/"
        + orEmpty(database)
        + (user == null ? "" : " as " + user)
        + ", "
        + kind.label();
  }

  PgParameters rawParameters() {
    return parameters;
  }

  TlsMode tls() {
    return tls;
  }

  /** Takes this address's secrets, and all that looks like one, out of any text. */
  Redactor redactor() {
    return Redactor.of(secrets()).and(Redactor.SHAPES);
  }

  List<Secret> secrets() {
    var secrets = new ArrayList<>(parameters.secrets());
    if (password != null && !passwordIsAName()) {
      secrets.add(password);
    }
    return secrets;
  }

  /** Such a password cannot be masked: it would tear the names out of every text. */
  boolean passwordIsAName() {
    return password != null
        && Stream.of(orEmpty(user), orEmpty(user).replaceFirst("\\..*", ""), orEmpty(database))
            .anyMatch(password.reveal()::equalsIgnoreCase);
  }

  OptionalInt wholeNumber(String parameter) {
    var value = parameters.get(parameter);
    return value.isPresent() && value.get().matches("\\d{1,9}")
        ? OptionalInt.of(Integer.parseInt(value.get()))
        : OptionalInt.empty();
  }

  private String hostList() {
    return hosts.stream().map(PgHost::toString).collect(Collectors.joining(","));
  }

  private static String visible(String value) {
    return value.equals(Redactor.MASK) ? value : PercentCode.encode(value);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public String toString() {
    return redacted();
  }
}
