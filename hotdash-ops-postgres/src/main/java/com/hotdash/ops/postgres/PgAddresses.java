package com.hotdash.ops.postgres;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.error.Fault;
import com.hotdash.ops.evidence.Estate;
import com.hotdash.ops.secret.Secret;
import com.hotdash.ops.time.Time;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The addresses of one database, the one that readings prefer first, and the ways over them. */
final class PgAddresses {
  private final List<PgAddress> preferred;
  private final PgProbe prober;
  private final Time time;
  private final @Nullable PgGuardian guardian;

  PgAddresses(List<PgAddress> preferred, PgProbe prober, Time time, @Nullable PgGuardian guardian) {
    this.preferred = List.copyOf(preferred);
    this.prober = prober;
    this.time = time;
    this.guardian = guardian;
  }

  List<PgAddress> all() {
    return preferred;
  }

  PgEntrance entrance() {
    return new PgEntrance(preferred, prober, time);
  }

  /** A way for a look, over the guardian's connection if there is one. */
  PgSight sight() {
    return new PgSight(entrance(), time, guardian);
  }

  /** A way for what keeps its connection: the guardian's is not for that. */
  PgSight lastingSight() {
    return new PgSight(entrance(), time);
  }

  /** Of the same address that changes go over, if there is one; for looking, any will do. */
  PgSight sessionSight() {
    var able = keepingSession();
    return new PgSight(new PgEntrance(able.isEmpty() ? preferred : able, prober, time), time);
  }

  /**
   * Sees that some address keeps a session.
   *
   * @throws ConfigurationException if none does, or one is not understood
   */
  void requireSession(String operation, String why) {
    if (preferred.stream().map(PgAddresses::parsed).noneMatch(url -> url.kind().keepsSession())) {
      throw new ConfigurationException(
          Fault.of("postgres", operation, why)
              .withNextStep("set DIRECT_URL to a direct or session address"));
    }
  }

  boolean noneKeepsSession() {
    return keepingSession().isEmpty();
  }

  /** Addresses at which settings, locks and builds outlive a transaction. */
  private List<PgAddress> keepingSession() {
    return preferred.stream().filter(PgAddresses::keepsSession).toList();
  }

  private static boolean keepsSession(PgAddress address) {
    try {
      return parsed(address).kind().keepsSession();
    } catch (ConfigurationException e) {
      // What is wrong with it is a finding, made when somebody looks.
      return false;
    }
  }

  /** Why no address keeps a session. */
  String leadingToPoolers() {
    return preferred.stream()
        .map(address -> address.name() + " leads to a transaction pooler")
        .collect(Collectors.joining(", "));
  }

  /** The address that the application uses. */
  PgUrl application() {
    return parsed(last());
  }

  /** Which database it is, for a person. */
  Estate.Part identity() {
    var address = last();
    String identity;
    try {
      identity = parsed(address).identity();
    } catch (ConfigurationException e) {
      // Why it can't be understood comes with the connectivity.
      identity = address.name() + " is not understood";
    }
    return new Estate.Part("database", identity, null);
  }

  /** Each address as a whole, which nobody needs to see in one piece, and the secrets in it. */
  List<Secret> secrets() {
    return preferred.stream()
        .flatMap(each -> Stream.concat(Stream.of(each.url()), secretsIn(each).stream()))
        .toList();
  }

  private static List<Secret> secretsIn(PgAddress address) {
    try {
      return parsed(address).secrets();
    } catch (ConfigurationException e) {
      // What is wrong with it is a finding, made when somebody looks.
      return List.of();
    }
  }

  private PgAddress last() {
    return preferred.get(preferred.size() - 1);
  }

  private static PgUrl parsed(PgAddress address) {
    return PgUrl.parse(address.url(), address.name());
  }
}
