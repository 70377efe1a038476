package com.hotdash.ops.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hotdash.ops.error.ConfigurationException;
import com.hotdash.ops.secret.Secret;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PgUrlTest {
  private static final String REF = "abcdefghijklmnopqrst";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "postgres://u:p@h:5433/d | [h:5433] | d | u | p | DIRECT",
        "postgresql://u:p@h:5433/d | [h:5433] | d | u | p | DIRECT",
        "POSTGRES://u:p@h/d | [h:5432] | d | u | p | DIRECT",
        "jdbc:postgresql://u:p@h/d | [h:5432] | d | u | p | DIRECT",
        "jdbc:postgres://u:p@h/d | [h:5432] | d | u | p | DIRECT",
        "jdbc:postgresql://h/d?user=u&password=p | [h:5432] | d | u | p | DIRECT",
        "postgres://h | [h:5432] | - | - | - | DIRECT",
        "postgres://h/ | [h:5432] | - | - | - | DIRECT",
        "postgres://u@h | [h:5432] | u | u | - | DIRECT",
        "postgres://u:@h/d | [h:5432] | d | u | - | DIRECT",
        "postgres://:p@h/d | [h:5432] | d | - | p | DIRECT",
        "postgres:///d | [localhost:5432] | d | - | - | DIRECT",
        "postgres:// | [localhost:5432] | - | - | - | DIRECT",
        "postgres://u:p@/d | [localhost:5432] | d | u | p | DIRECT",
        "postgres://u:p@:5433/d | [localhost:5433] | d | u | p | DIRECT",
        "postgres://h: | [h:5432] | - | - | - | DIRECT",
        "postgres://u:p%40q%3Ar%2Fs@h/d | [h:5432] | d | u | p@q:r/s | DIRECT",
        "postgres://u:a+b@h/d | [h:5432] | d | u | a+b | DIRECT",
        "postgres://u:a%2Bb@h/d | [h:5432] | d | u | a+b | DIRECT",
        "postgres://h/d?user=u&password=a+b | [h:5432] | d | u | a+b | DIRECT",
        "postgres://u:%C3%A9%E2%82%AC@h/d | [h:5432] | d | u | é€ | DIRECT",
        "postgres://u:p@q@h/d | [h:5432] | d | u | p@q | DIRECT",
        "postgres://u:p:q@h/d | [h:5432] | d | u | p:q | DIRECT",
        "postgres://u:p[x],y@h/d | [h:5432] | d | u | p[x],y | DIRECT",
        "postgres://us%40er:p@h/da%2Fta%20x | [h:5432] | da/ta x | us@er | p | DIRECT",
        "postgres://u:p@a:1,b,c:3/d | [a:1, b:5432, c:3] | d | u | p | DIRECT",
        "postgres://u:p@[2001:db8::1]:5433/d | [[2001:db8::1]:5433] | d | u | p | DIRECT",
        "postgres://u:p@[::1]/d | [[::1]:5432] | d | u | p | DIRECT",
        "postgres://u:p@[fe80::1%25eth0]/d | [[fe80::1%eth0]:5432] | d | u | p | DIRECT",
        "postgres://u:p@%2Fvar%2Frun/d | [/var/run:5432] | d | u | p | DIRECT",
        "postgres://u:p@/d?host=/tmp&port=5433 | [/tmp:5433] | d | u | p | DIRECT",
        "postgres://u:p@h/d?host=a,b&port=1,2 | [a:1, b:2] | d | u | p | DIRECT",
        "postgres://u:p@h/d?host=a,b&port=7 | [a:7, b:7] | d | u | p | DIRECT",
        "postgres://u:p@h/d?dbname=e | [h:5432] | e | u | p | DIRECT",
        "postgres://u:p@my_host-1.fly.internal/d | [my_host-1.fly.internal:5432] | d | u | p | DIRECT",
        "postgres://u:p@h:6432/d?pgbouncer=true | [h:6432] | d | u | p | POOLER",
        "postgres://u:p@h/d?&sslmode=require&& | [h:5432] | d | u | p | DIRECT",
        "postgres://u:p@ep-x-pooler.eu.aws.neon.tech/d | [ep-x-pooler.eu.aws.neon.tech:5432] | d | u | p | POOLER",
        "postgres://postgres:p@db.abcdefghijklmnopqrst.supabase.co/postgres | [db.abcdefghijklmnopqrst.supabase.co:5432] | postgres | postgres | p | SUPABASE_DIRECT",
        "postgres://postgres:p@db.abcdefghijklmnopqrst.supabase.co:6543/d | [db.abcdefghijklmnopqrst.supabase.co:6543] | d | postgres | p | SUPABASE_DEDICATED_POOLER",
        "postgres://postgres.ref:p@aws-0-x.pooler.supabase.com:5432/d | [aws-0-x.pooler.supabase.com:5432] | d | postgres.ref | p | SUPABASE_SESSION_POOLER",
        "postgres://postgres.ref:p@aws-0-x.pooler.supabase.com:6543/d?pgbouncer=true | [aws-0-x.pooler.supabase.com:6543] | d | postgres.ref | p | SUPABASE_TRANSACTION_POOLER"
      })
  void parse_acceptedForm_givesItsParts(
      String text, String hosts, String database, String user, String password, EndpointKind kind) {
    var url = PgUrl.parse(text, "DATABASE_URL");

    assertThat(url.hosts()).hasToString(hosts);
    assertThat(url.database().orElse(null)).isEqualTo(database);
    assertThat(url.user().orElse(null)).isEqualTo(user);
    assertThat(url.password().map(Secret::reveal).orElse(null)).isEqualTo(password);
    assertThat(url.kind()).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      quoteCharacter = '~',
      value = {
        "~ ~ | is empty",
        "mysql://u:s3cr3t@h/d | does not begin with postgres://",
        "u:s3cr3t@h/d | does not begin with postgres://",
        "postgres:u:s3cr3t@h | does not begin with postgres://",
        "prisma://x/?api_key=s3cr3t | Prisma's own proxy",
        "host=h password=s3cr3t | holds a blank",
        "host=h | a list of keywords",
        "\"postgres://u:s3cr3t@h/d\" | wrapped in quotes",
        "DATABASE_URL=postgres://u:s3cr3t@h/d | begins with its own name",
        "postgres://u:s3cr3t x@h/d | holds a blank",
        "postgres://u:s3cr3t/x@h/d | stands before an @",
        "postgres://u:x@s3cr3t/y@h/d | stands before an @",
        "postgres://u:s3cr3t?x@h/d | stands before an @",
        "postgres://u:s3cr3t#x@h/d | stands before an @",
        "postgres://u:p@h/d#s3cr3t | a raw #",
        "postgres://u:s3cr3t%zz@h/d | broken percent-encoding in the password",
        "postgres://u:s3cr3t%@h/d | broken percent-encoding in the password",
        "postgres://u:s3cr3t%4@h/d | broken percent-encoding in the password",
        "postgres://u:s3cr3t%ff@h/d | broken percent-encoding in the password",
        "postgres://u:s3cr3t%00@h/d | broken percent-encoding in the password",
        "postgres://u%zz:s3cr3t@h/d | broken percent-encoding in the user",
        "postgres://h/d%zz?password=s3cr3t | broken percent-encoding in the database",
        "postgres://h/d?password=s3cr3t%zz | broken percent-encoding in the parameter password",
        "postgres://u:s3cr3t/d | no port from 1 to 65535",
        "postgres://u:p@h:s3cr3t/d | no port from 1 to 65535",
        "postgres://u:p@h:99999/d | no port from 1 to 65535",
        "postgres://u:p@h:0/d | no port from 1 to 65535",
        "postgres://u:s3cr3th:5432/d | more than one colon",
        "postgres://u:p@2001:db8::1/d | more than one colon",
        "postgres://u:p@[2001:db8::1/d | no closing bracket",
        "postgres://u:p@[s3cr3t]/d | no IPv6 address",
        "postgres://u:p@s3cr3t!$/d | characters that no host name has",
        "postgres://u:p@h/d/s3cr3t | a second raw /",
        "postgres://u:p@h/d?s3cr3t | has no =",
        "postgres://u:p@h/d?s3cr3t!=1 | a name that no parameter has",
        "postgres://u:p@h/d?sslmode=s3cr3t | an sslmode that nobody knows",
        "postgres://u:p@h/d?host=a,b&port=1,2,3 | 2 hosts and 3 ports"
      })
  void parse_refusedForm_saysWhatIsWrongAndNamesTheSetting(String text, String message) {
    assertThatThrownBy(() -> PgUrl.parse(text, "DATABASE_URL"))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("postgres url.parse: DATABASE_URL")
        .hasMessageContaining(message)
        .hasMessageContaining("Next: ")
        .message()
        .doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "postgres://postgres:p@aws-0-x.pooler.supabase.com:5432/d | user has no project reference",
        "postgres://postgres.r:p@aws-0-x.pooler.supabase.com:6543/d | pgbouncer=true is missing",
        "postgres://u:p@h:6432/d | pgbouncer=true is missing",
        "postgres://u:p@h/d?channel_binding=require | most other drivers ignore it",
        "postgres://u:p@h/d?pgbouncer=true&channel_binding=require | the login will fail",
        "postgres://u:p@h/d?pgbouncer=true&options=-c%20a=b | options is refused by PgBouncer",
        "postgres://u:p@%2Ftmp/d | Unix socket",
        "postgres://u:p@/d | no host is given",
        "postgres://h/d | no user is given",
        "postgres://u:p@q@h/d | a raw @",
        "postgres://u:p@h/d?sslmode=no-verify | require is taken",
        "postgres://u:p@h/d?whatever=1 | whatever is not known",
        "postgres://u:p@h/d?schema=a&schema=b | more than once",
        "postgres://u:p@h/d?connection_limit=many | no whole number",
        "jdbc:postgresql://h/d?password=a+b | takes a + in a parameter for a blank",
        "postgres://postgres:p@db.abcdefghijklmnopqrst.supabase.co/d | IPv6 address only"
      })
  void warnings_riskyAddress_sayWhy(String text, String warning) {
    var url = PgUrl.parse(text, "DATABASE_URL");

    assertThat(String.join("\n", url.warnings())).contains(warning);
  }

  @Test
  void warnings_ordinaryAddresses_areNone() {
    assertThat(PgUrl.parse("postgres://u:p@h:5432/d?sslmode=require", "X").warnings()).isEmpty();
    assertThat(
            PgUrl.parse(
                    "postgres://postgres."
                        + REF
                        + ":p@aws-0-eu.pooler.supabase.com:6543/postgres?pgbouncer=true"
                        + "&connection_limit=1",
                    "X")
                .warnings())
        .isEmpty();
  }

  @Test
  void redacted_secretsEverywhere_showsNone() {
    var url =
        PgUrl.parse(
            "postgres://app:hunter2@h/d?sslpassword=hunter3&mystery=hunter4&sslmode=require", "X");

    assertThat(url)
        .hasToString("postgres://app:***@h:5432/d?sslpassword=***&mystery=***&sslmode=require");
    assertThat(url.parameters())
        .containsEntry("mystery", "***")
        .containsEntry("sslmode", "require");
  }

  @Test
  void identity_poolerAndDirectOfOneProject_isTheSame() {
    var pooled =
        PgUrl.parse("postgres://postgres." + REF + ":p@aws-0-eu.pooler.supabase.com:6543/p", "X");
    var direct = PgUrl.parse("postgres://postgres:p@db." + REF + ".supabase.co:5432/p", "Y");
    var routed =
        PgUrl.parse(
            "postgres://me:p@aws-0-eu.pooler.supabase.com/p?options=reference%3D" + REF, "Z");

    assertThat(pooled.identity()).isEqualTo(REF).isEqualTo(direct.identity());
    assertThat(routed.projectRef()).contains(REF);
    assertThat(PgUrl.parse("postgres://u@h:1/d", "X").identity()).isEqualTo("h:1/d");
  }

  @Test
  void prismaLimits_given_areRead() {
    var url = PgUrl.parse("postgres://u@h/d?connection_limit=5&pool_timeout=0", "X");

    assertThat(url.connectionLimit()).hasValue(5);
    assertThat(url.poolTimeout()).contains(Duration.ZERO);
    assertThat(PgUrl.parse("postgres://u@h/d", "X").connectionLimit()).isEmpty();
  }

  @Test
  void digest_passwordDiffers_staysTheSame() {
    var one = PgUrl.parse("postgres://u:one@h/d?sslmode=require", "X").digest();

    assertThat(PgUrl.parse("postgres://u:two@h:5432/d", "Y").digest()).isEqualTo(one);
    assertThat(PgUrl.parse("postgres://u:one@h:5433/d", "X").digest()).isNotEqualTo(one);
    assertThat(one).matches("[0-9a-f]{12}");
  }

  @Test
  void parse_lineBreakAround_isLeftOutWithAWarning() {
    var url = PgUrl.parse("postgres://u:p@h/d\n", "X");

    assertThat(url.database()).contains("d");
    assertThat(url.warnings()).anyMatch(warning -> warning.contains("line break"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgres://hotdash:HotDash@db.example.com/shop",
        "postgres://app:hotdash@db.example.com/hotdash",
        "postgres://postgres.abcdefghijklmnopqrst:postgres@aws-0-eu-central-1.pooler.supabase.com:5432/shop",
      })
  void secrets_passwordIsAName_isLeftOutAndWarnedOf(String address) {
    var url = PgUrl.parse(address, "DATABASE_URL");

    assertThat(url.secrets()).isEmpty();
    assertThat(url.warnings()).anyMatch(each -> each.contains("role's or database's name"));
    assertThat(PgUrl.parse("postgres://app:canary-7421@h/shop", "DATABASE_URL").secrets())
        .hasSize(1);
  }
}
