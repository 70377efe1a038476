package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PgConnectSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "sslmode=verify-ca&sslrootcert=/r, sslmode, verify-ca",
    "sslmode=verify-full, sslmode, verify-full",
    "sslmode=REQUIRE, sslmode, require",
    "sslmode=require&sslrootcert=/r, sslmode, verify-ca",
    "sslmode=no-verify, sslmode, require",
    "sslmode=disable, sslmode, disable",
    "sslmode=prefer, sslmode, require",
    "sslmode=allow, sslmode, require",
    "application_name=x, ApplicationName, hotdash-ops",
    "sslrootcert=system, sslfactory, org.postgresql.ssl.DefaultJavaSSLFactory",
    "sslrootcert=system, sslmode, verify-full",
    "sslaccept=strict, sslmode, verify-full",
    "sslaccept=strict&sslcert=/ca, sslrootcert, /ca",
    "ssl=true, sslmode, verify-full",
    "sslcert=/c&sslkey=/k, sslkey, /k",
    "sslpassword=pw, sslpassword, pw",
    "sslnegotiation=direct, sslNegotiation, direct",
    "channel_binding=require, channelBinding, require",
    "require_auth=scram-sha-256, requireAuth, scram-sha-256",
    "target_session_attrs=read-write, targetServerType, primary",
    "target_session_attrs=prefer-standby, targetServerType, preferSecondary",
    "options=-c%20geqo%3Doff, options, -c geqo=off",
    "schema=shop, currentSchema, shop",
    "gssencmode=prefer, gssEncMode, prefer",
    "x=1, prepareThreshold, 0",
    "x=1, tcpKeepAlive, true",
    "x=1, connectTimeout, 3",
    "x=1, loginTimeout, 5",
    "x=1, socketTimeout, 7",
    "connect_timeout=30, loginTimeout, 7",
    "connect_timeout=0, loginTimeout, 5"
  })
  void of_parameter_isTranslated(String query, String property, String value) {
    var url = PgUrl.parse("postgres://u:p@h/d?" + query, "X");

    var settings = PgConnectSettings.of(url, url.hosts().get(0), true, Duration.ofMillis(6500));

    assertThat(settings.properties()).containsEntry(property, value);
  }

  @Test
  void of_noEncryptionOffered_disablesItOnlyWhereThatIsAllowed() {
    assertThat(sslMode("")).isEqualTo("disable");
    assertThat(sslMode("sslmode=require")).isEqualTo("require");
    assertThat(sslMode("sslmode=verify-full")).isEqualTo("verify-full");
  }

  @Test
  void of_pooler_getsNoStartupParameters() {
    var url = PgUrl.parse("postgres://u@h/d?pgbouncer=true&schema=s&options=-c%20a%3Db", "X");

    var settings = PgConnectSettings.of(url, url.hosts().get(0), true, Duration.ofSeconds(9));

    assertThat(settings.properties()).doesNotContainKeys("options", "currentSchema");
  }

  @Test
  void of_supabaseRouting_keepsTheOptionThatNamesTheProject() {
    var url = PgUrl.parse("postgres://me@a.pooler.supabase.com/d?options=reference%3Dabc", "X");

    var settings = PgConnectSettings.of(url, url.hosts().get(0), true, Duration.ofSeconds(9));

    assertThat(settings.properties()).containsEntry("options", "reference=abc");
  }

  @Test
  void url_userAndPassword_areInThePropertiesOnly() {
    var url = PgUrl.parse("postgres://user:hunter2@[::1]:5433/a%2Bb%20c", "X");

    var settings = PgConnectSettings.of(url, url.hosts().get(0), false, Duration.ofMillis(1));

    assertThat(settings).hasToString("jdbc:postgresql://[::1]:5433/a%2Bb%20c");
    assertThat(settings.properties())
        .containsEntry("user", "user")
        .containsEntry("password", "hunter2")
        .containsEntry("socketTimeout", "1");
  }

  private static Object sslMode(String query) {
    var url = PgUrl.parse("postgres://u@h/d?" + query, "X");
    return PgConnectSettings.of(url, url.hosts().get(0), false, Duration.ofSeconds(1))
        .properties()
        .getProperty("sslmode");
  }
}
