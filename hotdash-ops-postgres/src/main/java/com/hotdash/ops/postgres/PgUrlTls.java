package com.hotdash.ops.postgres;

/** Reads what an address asks of encryption, in the words of libpq, Prisma and the drivers. */
final class PgUrlTls {
  private final PgUrlParser parser;
  private final PgUrlParts parts;

  PgUrlTls(PgUrlParser parser, PgUrlParts parts) {
    this.parser = parser;
    this.parts = parts;
  }

  void settle() {
    var parameters = parts.parameters;
    var word = parameters.get("sslmode").orElse("");
    if (word.equalsIgnoreCase("no-verify")) {
      parts.warnings.add(
          "sslmode=no-verify is a word of node tools that libpq and JDBC refuse: require is taken"
              + " here");
      parts.tls = TlsMode.REQUIRE;
    } else if (!word.isEmpty()) {
      parts.tls =
          TlsMode.of(word)
              .orElseThrow(
                  () ->
                      parser.problem(
                          "has an sslmode that nobody knows",
                          "use disable, allow, prefer, require, verify-ca or verify-full"));
    } else if (parameters.get("ssl").filter("true"::equalsIgnoreCase).isPresent()) {
      parts.tls = TlsMode.VERIFY_FULL;
    }
    boolean strict = parameters.get("sslaccept").filter("strict"::equals).isPresent();
    if (parameters.get("sslrootcert").filter("system"::equals).isPresent()
        || (strict && parts.tls != TlsMode.DISABLE)) {
      parts.tls = TlsMode.VERIFY_FULL;
    }
    // libpq verifies the issuer under "require" as soon as it is given a root certificate.
    if (parts.tls == TlsMode.REQUIRE && parameters.has("sslrootcert")) {
      parts.tls = TlsMode.VERIFY_CA;
    }
  }
}
