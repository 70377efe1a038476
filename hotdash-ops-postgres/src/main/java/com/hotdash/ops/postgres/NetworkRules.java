package com.hotdash.ops.postgres;

import static com.hotdash.ops.postgres.FailureRule.words;

import com.hotdash.ops.database.FailureKind;
import java.util.List;

/** What goes wrong before a server has a say: the address, the way, encryption, other protocols. */
final class NetworkRules {
  private static final String CERTIFICATE =
      "give the right root in sslrootcert (or sslrootcert=system for a public one) and the name that"
          + " the certificate holds; do not switch verification off";

  static final List<FailureRule> ALL =
      List.of(
          words(
              "invalid sslmode value",
              FailureKind.URL_MALFORMED,
              "use disable, allow, prefer, require, verify-ca or verify-full as sslmode"
                  + " (no-verify is a word of node tools)"),
          words(
              "unable to parse url|invalid port number|no suitable driver|failed to get driver"
                  + " instance",
              FailureKind.URL_MALFORMED,
              "give the JDBC driver jdbc:postgresql://host:port/database with user and password"
                  + " apart; that text may hold the password, so rotate it if it was logged"),
          words(
              "specified targetservertype: primary",
              FailureKind.READ_ONLY,
              "the address asks for a server that takes writes, and this one is a standby: give the"
                  + " primary's host"),
          words(
              "unknownhostexception|could not translate host name|getaddrinfo|enotfound|eai_again"
                  + "|name or service not known",
              FailureKind.NAME_NOT_RESOLVED,
              "compare the host's name letter by letter, see whether the project still exists, and"
                  + " ask another resolver; db.<ref>.supabase.co has an IPv6 address only: from"
                  + " IPv4 take the pooler's host"),
          words(
              "noroutetohost|no route to host|network is unreachable|enetunreach|ehostunreach",
              FailureKind.NO_ROUTE,
              "see whether the name has an IPv6 address only and this machine IPv4 only: then use"
                  + " the pooler's host or the IPv4 add-on"),
          words(
              "connection refused|econnrefused",
              FailureKind.REFUSED,
              "compare host and port, see whether the project is paused, and whether this address is"
                  + " banned after wrong passwords (Supabase: 30 minutes; dashboard, database"
                  + " settings, network bans)"),
          words(
              "connect timed out|connection timed out|etimedout",
              FailureKind.CONNECT_TIMED_OUT,
              "packets are dropped on the way: look at firewalls, allow-lists and the address"
                  + " itself"),
          words(
              "connection attempt timed out",
              FailureKind.SILENT,
              "the login took longer than loginTimeout: the server or a proxy before it is"
                  + " overloaded or hung; look at its load before raising the limit"),
          words(
              "08001",
              "read timed out",
              FailureKind.SILENT,
              "TCP works and nobody answers: the server or a proxy before it is overloaded or"
                  + " hung; look at its load, then restart what hangs"),
          words(
              "does not support ssl",
              FailureKind.TLS_NOT_OFFERED,
              "this server has no encryption: compare host and port with the right address; only on"
                  + " a private network use sslmode=disable"),
          words(
              "could not open ssl root certificate",
              FailureKind.TLS_NOT_TRUSTED,
              "put the root certificate where sslrootcert says, or use sslrootcert=system if a"
                  + " public one signed it"),
          words(
              "pkix path|self[- ]signed certificate|unable to get local issuer"
                  + "|certificate verify failed|unable to find valid certification path",
              FailureKind.TLS_NOT_TRUSTED,
              CERTIFICATE),
          words(
              "could not be verified by hostnameverifier|hostname/ip does not match",
              FailureKind.TLS_NOT_TRUSTED,
              CERTIFICATE),
          words(
              "sslhandshakeexception|ssl error:",
              FailureKind.TLS_NOT_TRUSTED,
              "the TLS handshake failed: compare TLS versions and certificates of both sides"),
          words(
              "setting up the ssl connection|session setup failed|received invalid response to ssl",
              FailureKind.WRONG_PROTOCOL,
              "that port speaks something else than PostgreSQL, such as HTTP: compare the port"),
          words(
              "08001",
              "eofexception",
              FailureKind.CLOSED_BY_PEER,
              "the peer hung up during the login: a proxy without a server behind it, not"
                  + " PostgreSQL, or a crash; read its log"),
          words(
              "08006",
              "sockettimeoutexception|read timed out",
              FailureKind.STATEMENT_TIMEOUT,
              "our socketTimeout ran out; the statement may go on in the server: look for it, and"
                  + " set a shorter statement_timeout"),
          words(
              "eofexception|connection terminated unexpectedly|econnreset|connection reset"
                  + "|broken pipe|server closed the connection unexpectedly",
              FailureKind.CLOSED_BY_PEER,
              "the server's process died, crashed into recovery, or a proxy cut the connection:"
                  + " read the server's log; a statement under way may or may not have run"));

  private NetworkRules() {}
}
