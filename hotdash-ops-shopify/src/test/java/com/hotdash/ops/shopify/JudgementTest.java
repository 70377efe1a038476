package com.hotdash.ops.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.hotdash.ops.shopify.ShopifyException.Kind;
import com.hotdash.ops.shopify.Treatment.Again;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class JudgementTest {
  /** Every row of the tables in shopify.md, section 5; bodies as in its samples where there are. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "200 | {\"data\":{\"shop\":null}} | ",
        "200 | {\"data\":{\"x\":{\"userErrors\":[{\"message\":\"taken\"}]}},\"errors\":[]} | ",
        "200 | {\"extensions\":{\"search\":[]}} | ",
        "200 | {\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}]} | THROTTLED",
        "200 | {\"errors\":[{\"message\":\"Throttled\"}]} | THROTTLED",
        "200 | {\"errors\":[{\"message\":\"Query cost is 1293\",\"extensions\":{\"code\":\"MAX_COST_EXCEEDED\",\"cost\":1293,\"maxCost\":1000}}]} | MAX_COST_EXCEEDED",
        "200 | {\"data\":{\"a\":1},\"errors\":[{\"message\":\"no\",\"extensions\":{\"code\":\"ACCESS_DENIED\"}}]} | ACCESS_DENIED",
        "200 | {\"errors\":[{\"message\":\"This app is not approved to access protected customer data\"}]} | ACCESS_DENIED",
        "200 | {\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"SHOP_INACTIVE\"}}]} | SHOP_INACTIVE",
        "200 | {\"errors\":[{\"message\":\"Internal error.\",\"extensions\":{\"code\":\"INTERNAL_SERVER_ERROR\",\"requestId\":\"1b35\"}}]} | INTERNAL_ERROR",
        "200 | {\"errors\":[{\"message\":\"first 251\",\"extensions\":{\"code\":\"BAD_REQUEST\"}}]} | BAD_REQUEST",
        "200 | {\"errors\":[{\"message\":\"Timeout\"}]} | TIMED_OUT",
        "200 | {\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"TOO_MANY_PARALLEL_REQUESTS_FOR_THIS_PRODUCT\"}}]} | PRODUCT_BUSY",
        "200 | {\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"NEW_WORD\"}}]} | OTHER",
        "200 | {\"errors\":[{\"message\":\"x\",\"extensions\":{\"code\":\"NEW_WORD\"}},{\"message\":\"y\",\"extensions\":{\"code\":\"THROTTLED\"}}]} | THROTTLED",
        "200 | {\"errors\":\"[API] Invalid API key or access token (unrecognized login or wrong password)\"} | UNAUTHORIZED",
        "200 | {\"errors\":{\"query\":\"Required parameter missing or invalid\"}} | OTHER",
        "200 | {\"errors\":[7]} | OTHER",
        "200 | {} | NOT_UNDERSTOOD",
        "200 | <html>sign in</html> | NOT_UNDERSTOOD",
        "200 | [1] | NOT_UNDERSTOOD",
        "302 | moved | NOT_UNDERSTOOD",
        "400 | {\"errors\":{\"query\":\"Required parameter missing or invalid\"}} | BAD_REQUEST",
        "401 | {\"errors\":\"[API] Invalid API key or access token\"} | UNAUTHORIZED",
        "402 | {\"errors\":\"This shop's plan does not have access to this feature\"} | SHOP_FROZEN",
        "403 | {\"errors\":\"User does not have access\"} | ACCESS_DENIED",
        "403 | {\"errors\":\"[API] Non-expiring access tokens are no longer accepted for the Admin API. Start using expiring offline tokens\"} | UNAUTHORIZED",
        "403 | Non-expiring access tokens are no longer accepted for the Admin API | UNAUTHORIZED",
        "403 | {\"errors\":\"Shop marked as fraudulent\"} | SHOP_INACTIVE",
        "404 | {\"errors\":\"Not Found\"} | NOT_FOUND",
        "406 | x | BAD_REQUEST",
        "414 | x | BAD_REQUEST",
        "415 | x | BAD_REQUEST",
        "422 | x | BAD_REQUEST",
        "783 | x | BAD_REQUEST",
        "409 | x | CONFLICT",
        "423 | {\"errors\":\"This shop is unavailable\"} | SHOP_LOCKED",
        "429 | {\"errors\":\"Exceeded 4 calls per second for api client. Reduce request rates to resume uninterrupted service.\"} | REST_LIMITED",
        "429 | {\"errors\":\"Daily variant creation limit reached. Please try again later.\"} | RESOURCE_LIMITED",
        "430 | x | REJECTED_AS_ATTACK",
        "500 | {\"errors\":\"An unexpected error occurred\"} | INTERNAL_ERROR",
        "502 | x | INTERNAL_ERROR",
        "503 | x | INTERNAL_ERROR",
        "504 | x | TIMED_OUT",
        "530 | x | INTERNAL_ERROR",
        "540 | x | INTERNAL_ERROR"
      })
  void graphql_everyRow_isToldApart(int status, String body, @Nullable Kind expected) {
    assertThat(judge(status, body).refusal()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "THROTTLED, WITH_POINTS, false, false", "REST_LIMITED, WHEN_ASKED, false, false",
    "RESOURCE_LIMITED, NEVER, false, false", "MAX_COST_EXCEEDED, NEVER, false, false",
    "UNAUTHORIZED, NEVER, false, false", "ACCESS_DENIED, NEVER, false, false",
    "INTERNAL_ERROR, BACKED_OFF, true, true", "TIMED_OUT, BACKED_OFF, true, true",
    "NOT_UNDERSTOOD, NEVER, true, true", "OTHER, NEVER, true, false",
    "CONFLICT, NEVER, false, false", "PRODUCT_BUSY, BACKED_OFF, false, false"
  })
  void treatment_followsTheTable(Kind kind, Again again, boolean ran, boolean failure) {
    var treatment = Treatment.of(kind);

    assertThat(treatment.again()).isEqualTo(again);
    assertThat(treatment.ran()).isEqualTo(ran);
    assertThat(treatment.failure()).isEqualTo(failure);
    assertThat(treatment.stop()).isNull();
  }

  @ParameterizedTest
  @EnumSource(names = {"SHOP_INACTIVE", "SHOP_FROZEN", "SHOP_LOCKED", "REJECTED_AS_ATTACK"})
  void treatment_ofAStoppedShop_stopsForLong(Kind kind) {
    assertThat(Treatment.of(kind).stop()).isGreaterThanOrEqualTo(Duration.ofMinutes(10));
    assertThat(Treatment.of(kind).again()).isEqualTo(Again.NEVER);
  }

  @ParameterizedTest
  @EnumSource
  void treatment_ofEveryKind_saysWhatToDo(Kind kind) {
    assertThat(Treatment.of(kind).nextStep()).isNotBlank();
  }

  @Test
  void charge_ofTheMeasuredRefusal_isRead() {
    var judgement =
        judge(
            200,
            "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],"
                + "\"extensions\":{\"cost\":{\"requestedQueryCost\":862,\"actualQueryCost\":null,"
                + "\"throttleStatus\":{\"maximumAvailable\":4000.0,\"currentlyAvailable\":572,"
                + "\"restoreRate\":200.0}}}}");

    assertThat(judgement.charge())
        .isEqualTo(new Charge(862, null, new ThrottleStatus(4_000, 572, 200)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"requestedQueryCost\":2,\"actualQueryCost\":2} | 2",
        "{\"requestedQueryCost\":2,\"actualQueryCost\":2,\"throttleStatus\":{\"maximumAvailable\":0,\"currentlyAvailable\":1,\"restoreRate\":1}} | 2",
        "{\"requestedQueryCost\":2,\"actualQueryCost\":2,\"throttleStatus\":\"odd\"} | 2"
      })
  void charge_withoutUsableStatus_keepsTheCost(String cost, double actual) {
    var charge = judge(200, "{\"data\":{},\"extensions\":{\"cost\":" + cost + "}}").charge();

    assertThat(charge).isEqualTo(new Charge(2, actual, null));
  }

  @ParameterizedTest
  @CsvSource({"4.0, 4000", "2.0, 2000", "0.25, 250", "7, 7000", "999999, 86400000", "-1,", "x,"})
  void retryAfter_isDecimalSeconds(String header, @Nullable Long ms) {
    var judgement = judge(429, "{}", Map.of("retry-after", header));

    assertThat(judgement.retryAfter()).isEqualTo(ms == null ? null : Duration.ofMillis(ms));
  }

  @Test
  void requestId_isTheHeaders_elseTheErrors() {
    var body = "{\"errors\":[{\"message\":\"x\",\"extensions\":{\"requestId\":\"from-error\"}}]}";

    assertThat(judge(200, body).requestId()).isEqualTo("from-error");
    assertThat(judge(200, body, Map.of("x-request-id", "from-header")).requestId())
        .isEqualTo("from-header");
  }

  private static Judgement judge(int status, String body) {
    return judge(status, body, Map.of());
  }

  private static Judgement judge(int status, String body, Map<String, String> headers) {
    return Judgement.ofGraphql(status, headers::get, body.getBytes(StandardCharsets.UTF_8));
  }
}
