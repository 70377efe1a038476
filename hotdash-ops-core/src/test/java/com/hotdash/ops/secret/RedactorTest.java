package com.hotdash.ops.secret;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private static final String PASSWORD = "p@ss:w/rd+ü%1";

  private final Redactor redactor = Redactor.of(List.of(Secret.of(PASSWORD)));

  @ParameterizedTest
  @ValueSource(
      strings = {
        PASSWORD,
        "p%40ss%3Aw%2Frd%2B%C3%BC%251",
        "p%40ss%3aw%2frd%2b%c3%bc%251",
        "p@ss:w%2Frd+%C3%BC%251",
        "p@ss:w\\/rd+ü%1",
      })
  void redact_knownSecretInAnyEncoding_isMasked(String form) {
    assertThat(redactor.redact("before " + form + " after")).isEqualTo("before *** after");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Ab c-d:E/7",
        "Ab+c-d%3AE%2F7",
        "Ab%20c-d%3AE%2F7",
        "Ab%20c-d%3aE%2f7",
        "Ab%20c%2Dd%3AE%2F7",
        "Ab%20c%2dd%3aE%2f7",
        "ab%20c-d%3ae%2f7",
      })
  void redact_eachEncoding_isKnownByItself(String form) {
    var mixed = Redactor.of(List.of(Secret.of("Ab c-d:E/7")));

    assertThat(mixed.redact("<" + form + ">")).isEqualTo("<***>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://user:canary1@h/db",
        "postgresql://user:can@ary1:x@h:5432/db",
        "Authorization: Bearer canary1canary1",
        "FlyV1 fm2_lJPECAAAcanary1",
        "shpat_0123456789canary1",
        "ghp_0123456789012345canary1",
        "?password=canary1&sslmode=require",
        "{\"password\":\"canary1\"}",
        "secret=\"can ary1\"",
        "password: 'can,ary1;ary1&ary1'",
        "{\"token\":\"can\\\"ary1\"}",
        "password=\"canary1 without an end",
        "eyJhbGciOi1.eyJjYW5hcnkx.canary1abc",
        "password=$canary1",
        "token: $CAN_ary1",
        "token: $CAN_ARYary1",
      })
  void redact_shapeOfACredential_isMasked(String text) {
    assertThat(Redactor.SHAPES.redact(text)).doesNotContain("ary1").contains("***");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://db.example.com:5432/hotdash?sslmode=require",
        "https://status.supabase.com/api/v2/summary.json",
        "28P01 password authentication failed for user \"app\"",
        "order #1500 took 5001ms",
        "curl -H \"X-Shopify-Access-Token: $SHOPIFY_ADMIN_TOKEN\" -d x",
        "PGPASSWORD=${DB_OPS_PASSWORD} psql",
      })
  void redact_plainText_staysAsItIs(String text) {
    assertThat(Redactor.SHAPES.wouldAlter(text)).isFalse();
  }

  @Test
  void cause_chainWithASecret_printsWithoutIt() {
    var deep = new IllegalStateException("cannot parse " + PASSWORD);
    var shallow = new IllegalArgumentException("bad url", deep);
    shallow.addSuppressed(new IllegalStateException(PASSWORD));

    var printed = new StringWriter();
    requireNonNull(redactor.cause(shallow)).printStackTrace(new PrintWriter(printed));

    assertThat(printed.toString())
        .doesNotContain(PASSWORD)
        .contains("bad url", "IllegalStateException", "RedactorTest");
  }

  @Test
  void cause_chainWithoutASecret_isLeftAlone() {
    var cause = new IllegalStateException("disk full");

    assertThat(redactor.cause(cause)).isSameAs(cause);
  }

  @Test
  void secret_printed_showsNothing() {
    assertThat(Secret.of(PASSWORD)).hasToString("Secret[redacted]");
    assertThat(redactor).hasToString("Redactor[1 secrets]");
  }
}
